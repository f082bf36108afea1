package detect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	localMax  = 64
	domainMax = 255
)

// Email detects the e-mail address around the @ at i.
func Email(r *Reader, i int) (found span.Span, ok bool) {
	if i == r.userInfoAt {
		return found, false
	}
	t := r.Text
	start, end := localPartStart(r, i), domainEnd(r, i+1)
	if start == i && end > 0 {
		start = quotedLocalPart(r, i)
	}
	if start == i || end == 0 {
		return found, false
	}
	name, domain := t[start:i], t[i+1:end]
	switch {
	case text.ContainsFold(algorithmDomains, domain) && (strings.Contains(name, "-") || name == "zlib"):
		return skip(start, end) // aes256-gcm@openssh.com
	case name == "git", strings.HasSuffix(name, ".git"), isNoReply(name):
		return skip(start, end) // git@host:path
	case isServiceAddress(r, name, domain, start, end):
		return skip(start, end)
	case r.Previous(start) == '$' && text.RunEnd(name, 0, len(name), text.Upper|text.Joiner) == len(name),
		strings.HasPrefix(name, "org-") && text.EqualFold(domain, "github.com") && r.Next(end) == ':':
		return skip(start, end) // $USER@host, org-123@github.com:path
	case isCodeName(r, name, domain, start, end):
		return skip(start, end) // this@Activity.finish
	}
	return accept(span.Email, span.Structural, start, end)
}

// isNoReply reports whether a mailbox receives no mail: noreply, do-not-reply, no_reply+ci.
func isNoReply(name string) bool {
	name, _, _ = strings.Cut(name, "+")
	var letters [10]byte
	n := 0
	for i := range len(name) {
		switch c := name[i]; {
		case c == '-' || c == '_' || c == '.':
		case n == len(letters):
			return false
		default:
			letters[n] = text.ToLower(c)
			n++
		}
	}
	word := string(letters[:n])
	return word == "noreply" || word == "donotreply" || word == "dontreply"
}

// algorithmDomains are the domains in the names of SSH's algorithms.
var algorithmDomains = []string{"openssh.com", "libssh.org", "lysator.liu.se", "ssh.com"}

// localPartStart returns where the part before the @ at i starts, i if there is none.
func localPartStart(r *Reader, i int) int {
	t := r.Text
	start := i
	for start > 0 {
		n := 0
		switch c := t[start-1]; {
		case text.Is(c, text.Alnum|text.Mailbox), c == '\'' && isNameApostrophe(r, start-1):
			n = 1
		case text.Is(c, text.Foreign):
			n = foreignLetterBefore(t, start)
		}
		if n == 0 || i-start+n > localMax { // the end of a long one is enough: dots and lines precede addresses
			break
		}
		start -= n
	}
	if start > 0 && t[start-1] == '\\' && start < i && text.IsEscape[t[start]] {
		start++
	}
	for start < i && text.Is(t[start], text.Mailbox) && t[start] != '_' && t[start] != '+' {
		start++
	}
	if start < i && (t[i-1] == '.' || text.RunEnd(t, start, i, text.Mailbox) == i) {
		return i
	}
	return start
}

// quotedLocalPart returns where the part in quotes before the @ at i starts, i if there is none: "Doe, Kim"@.
func quotedLocalPart(r *Reader, i int) int {
	t := r.Text
	if r.Previous(i) != '"' {
		return i
	}
	from := max(0, i-1-localMax)
	n := strings.LastIndexByte(t[from:i-1], '"')
	if n < 0 || n+2 > i-1-from || strings.ContainsAny(t[from+n:i-1], "\n\t{}[]=\\:;") {
		return i
	}
	if c := r.Previous(from + n); c != 0 && strings.IndexByte(" <,(:\n", c) < 0 {
		return i
	}
	return from + n
}

// isNameApostrophe reports whether the byte at i is an apostrophe within a name, as in o'neill.
func isNameApostrophe(r *Reader, i int) bool {
	t := r.Text
	if i == 0 || i+1 >= len(t) || !text.Is(t[i-1], text.Letter) || !text.Is(t[i+1], text.Letter) {
		return false
	}
	// A single letter before a quote is rather the prefix of a string: b'…', f'…'.
	before := text.ToLower(t[i-1])
	return i > 1 && text.Is(t[i-2], text.Alnum|text.Mailbox) || before == 'o' || before == 'd'
}

// domainEnd returns where the domain that starts at i ends, 0 if there is none: at
// least two labels, the last of letters and at least two of them.
func domainEnd(r *Reader, i int) int {
	t := r.Text
	end := i
	label := i  // where the label starts
	last := 0   // where the last good domain ends
	before := i // where its last label starts
	for labels := 1; end < len(t) && end-i < domainMax; labels++ {
		end = lettersEnd(t, label, i+domainMax)
		for end < i+domainMax && end+1 < len(t) && t[end] == '-' && text.Is(t[end+1], text.Alnum|text.Foreign|text.Joiner) {
			end = lettersEnd(t, end+1, i+domainMax)
		}
		if end == label {
			break
		}
		if labels > 1 {
			switch stop := topLevelEnd(r, label, end); {
			case stop > last:
				last, before = stop, label
			case last > 0 && text.ContainsFold(notTopLevelDomains, t[label:end]) && !isKnownTopLevelDomain(t[before:last]):
				last = 0 // a file: main.bundle.js
			}
		}
		if r.Next(end) != '.' {
			break
		}
		label = end + 1
	}
	if last == 0 {
		return 0
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(t[i:last], "v"), ".")
	if text.RunEnd(first, 0, len(first), text.Digit) == len(first) && first != "" && text.Is(rest[0], text.Digit) {
		return 0 // a version, such as v1.2.3-beta.rc
	}
	return last
}

// topLevelEnd returns where the label [start, end) ends as the last of a domain, 0
// if it cannot be that. A file can be named after an address: an underscore or a
// dash may follow where there is no doubt about the label.
func topLevelEnd(r *Reader, start, end int) int {
	label := r.Text[start:end]
	if text.ContainsFold(notTopLevelDomains, label) {
		return 0
	}
	first, _, dashed := strings.Cut(label, "-")
	if (dashed || r.Next(end) == '_') && IsCommonTopLevelDomain(first) {
		return start + len(first)
	}
	isLabel := len(label) >= 2 && len(label) <= 63 &&
		(text.RunEnd(label, 0, len(label), text.Letter|text.Foreign) == len(label) || text.HasFold(label, 0, "xn--"))
	if !isLabel || text.Is(r.Next(end), text.Alnum) || r.Next(end) == '_' {
		return 0
	}
	return end
}

// IsCommonTopLevelDomain reports whether a label is one of the most common top-level domains.
func IsCommonTopLevelDomain(label string) bool {
	return text.ContainsFold(commonTopLevelDomains, label)
}

// commonTopLevelDomains are top-level domains that are accepted before any byte.
var commonTopLevelDomains = []string{"com", "org", "net", "edu", "gov", "io", "de", "fr", "uk", "eu", "ch", "nl", "ca", "au", "jp", "in"}

// foreignLetterBefore returns the size of the letter or digit that is not ASCII and ends at i, 0 if there is none.
func foreignLetterBefore(in string, i int) int {
	r, size := utf8.DecodeLastRuneInString(in[:i])
	if !isForeignLetter(r) {
		return 0
	}
	return size
}

// lettersEnd returns the end of the run of letters and digits, of any script, from i on.
func lettersEnd(in string, i, limit int) int {
	for i < min(limit, len(in)) {
		size := 1
		if c := in[i]; text.Is(c, text.Foreign) {
			var r rune
			if r, size = utf8.DecodeRuneInString(in[i:]); !isForeignLetter(r) {
				return i
			}
		} else if !text.Is(c, text.Alnum) {
			return i
		}
		i += size
	}
	return i
}

// isForeignLetter reports whether a rune that is not ASCII can be part of a name;
// an invisible one can, so that no half of an address stays.
func isForeignLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.Is(unicode.Cf, r)
}

// notTopLevelDomains are endings of files and units that follow an @ now and then: icon@2x.png, getty@tty1.service.
var notTopLevelDomains = []string{
	"png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "heic", "heif", "tiff", "tif", "bmp", "ico", "psd",
	"js", "jsx", "tsx", "mjs", "cjs", "json", "yaml", "yml", "toml", "xml", "ini", "conf", "txt", "csv", "html", "css", "scss", "vue",
	"pdf", "docx", "xlsx", "pptx", "ttf", "otf", "woff", "webm", "exe", "dll", "jar", "war", "tgz", "gz", "xz", "whl", "deb", "rpm", "apk", "dmg",
	"service", "socket", "timer", "mount", "automount", "slice", "scope", "target", "path", "device", "swap",
	"go", "ts", "kt", "rb", "cpp", "java", "php", "lua", "dart",
}
