package alert

import (
	"iter"
	"net/netip"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// folding is how browsers read a domain: lower case, full-width letters and dots made
// plain, other scripts as punycode.
var folding = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// fold returns a domain in the form in which two that are the same are equal.
func fold(domain string) string {
	if ascii, err := folding.ToASCII(domain); err == nil {
		domain = ascii
	}
	return strings.TrimSuffix(strings.ToLower(domain), ".")
}

// foldEntry folds an entry of a list. It may be written *.example.com.
func foldEntry(entry string) (string, bool) {
	domain := fold(strings.TrimPrefix(strings.TrimSpace(entry), "*."))
	return domain, domain != "" && !strings.ContainsFunc(domain, func(r rune) bool { return !isHostRune(r) && r != ':' })
}

// covers reports whether a domain, or one that it is below, is in a list.
func covers(listed map[string]bool, domain string) bool {
	domain = fold(domain)
	if _, err := netip.ParseAddr(domain); err == nil {
		return listed[domain]
	}
	for {
		if listed[domain] {
			return true
		}
		_, parent, ok := strings.Cut(domain, ".")
		if !ok {
			return false
		}
		domain = parent
	}
}

// hosts iterates over the hosts that a text names: those of its URLs, those behind
// user@, and the words behind commands that speak to one. Any word that could be a
// domain is among them if asked for: good for a list of what is denied, whereas in a
// list of what is allowed no file of a command is.
func hosts(text string, words bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		text = unescape(text)
		if isHost(text) {
			yield(text)
			return
		}
		for command := range strings.FieldsFuncSeq(text, isSeparator) {
			speaks := false
			for word := range strings.FieldsFuncSeq(command, isBreak) {
				host, sure := hostOf(strings.Trim(word, "$."))
				if host != "" && (sure || words || speaks) && !yield(host) {
					return
				}
				speaks = speaks || slices.Contains(speakers, path.Base(word))
			}
		}
	}
}

// speakers are commands whose words are hosts.
var speakers = []string{
	"curl", "wget", "ssh", "scp", "sftp", "ftp", "telnet", "nc", "ncat", "netcat", "ping", "dig", "nslookup", "host", "rsync", "http", "https", "xh",
}

// isSeparator reports whether a character ends a command. It can stand in a URL too:
// what follows it is then looked at by itself, and a user@ in front of a host is known.
func isSeparator(r rune) bool { return strings.ContainsRune(";|&\n\r", r) }

// isBreak reports whether a character ends a word.
func isBreak(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\"'`<>(){},\\=", r)
}

// hostOf returns the host that a word names. It is sure where the word says that it is
// an address, and does not only look like one.
func hostOf(word string) (host string, sure bool) {
	if _, rest, ok := strings.Cut(word, "://"); ok {
		return authority(rest), true
	}
	if rest, ok := strings.CutPrefix(word, "//"); ok {
		return hostIf(authority(rest)), false
	}
	if _, rest, ok := strings.Cut(word, "@"); ok {
		host := hostIf(authority(rest))
		return host, host != ""
	}
	return hostIf(authority(word)), false
}

// authority returns the host of what follows the slashes of a URL.
func authority(s string) string {
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s = s[:i]
	}
	s = s[strings.LastIndex(s, "@")+1:]
	if strings.HasPrefix(s, "[") {
		host, _, _ := strings.Cut(s[1:], "]")
		return host
	}
	host, _, _ := strings.Cut(s, ":")
	return host
}

func hostIf(s string) string {
	if isHost(s) {
		return s
	}
	return ""
}

// isHost reports whether a text could be a domain or an address: labels with dots
// between, the last one of two letters at least.
func isHost(s string) bool {
	if len(s) < 4 || len(s) > 1024 || strings.ContainsFunc(s, func(r rune) bool { return !isHostRune(r) }) {
		return false
	}
	if _, err := netip.ParseAddr(s); err == nil {
		return true
	}
	top := strings.TrimRight(fold(s), ".")
	dot := strings.LastIndexByte(top, '.')
	return dot > 0 && len(top)-dot > 2 && !strings.ContainsAny(top[dot+1:dot+2], "0123456789-_")
}

func isHostRune(r rune) bool {
	return r == '.' || r == '-' || r == '_' || r == '。' || r == '．' || r == '｡' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// unescape undoes what JSON and URLs write in place of a character. What is no escape
// stays.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\%`) {
		return s
	}
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, `\%`)
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		text, n := escape(s[i:])
		b.WriteString(text)
		s = s[i+n:]
	}
	return b.String() + s
}

// escapes are the short ones of JSON.
var escapes = map[byte]string{'n': "\n", 'r': "\n", 't': " ", '/': "/", '"': `"`, '\\': `\`}

// escape returns what the escape at the beginning of a text means, and its length.
func escape(s string) (text string, n int) {
	if len(s) < 2 {
		return s, len(s)
	}
	if short, ok := escapes[s[1]]; ok && s[0] == '\\' {
		return short, 2
	}
	digits, base := 2, 1
	if s[0] == '\\' {
		if s[1] != 'u' {
			return s[:1], 1
		}
		digits, base = 4, 2
	}
	if len(s) < base+digits {
		return s[:1], 1
	}
	code, err := strconv.ParseUint(s[base:base+digits], 16, 32)
	if err != nil || s[0] == '%' && code >= utf8.RuneSelf {
		return s[:1], 1
	}
	return string(rune(code)), base + digits
}
