package alert

import (
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"
)

// hosts iterates over the hosts that a text names: those of its URLs, those behind
// user@, and the words behind commands that speak to one. Any word that could be a
// domain is among them if asked for: good for a list of what is denied, whereas in a
// list of what is allowed no file of a command is.
func hosts(text string, words bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		text = unescape(text, ofJSON)
		if isHost(text) {
			yield(text)
			return
		}
		if !quoted(text, yield) || !commands(text, words, yield) {
			return
		}
		// An address within an address is escaped, and an escape within a name, where it
		// means nothing, can hide where the name ends.
		if plain := unescape(text, ofURLs); plain != text {
			commands(plain, words, yield)
		}
	}
}

// quoted yields the hosts of texts in quotation marks that are URLs as a whole. Clients
// pass over what stands there by mistake: tabs, ends of lines, slashes.
func quoted(text string, yield func(string) bool) bool {
	for piece := range strings.SplitSeq(text, `"`) {
		piece = strings.TrimSpace(noise.Replace(piece))
		if host := webHost(piece); host != "" && !strings.Contains(host, " ") && !yield(host) {
			return false
		}
	}
	return true
}

var noise = strings.NewReplacer("\t", "", "\n", "", "\r", "")

// commands yields the hosts of a text's words.
func commands(text string, words bool, yield func(string) bool) bool {
	for command := range strings.FieldsFuncSeq(text, isSeparator) {
		speaker, before := "", ""
		for word := range strings.FieldsFuncSeq(command, isBreak) {
			host, sure := hostOf(strings.Trim(word, "$."))
			if speaker != "" && host == "" {
				host = oddHost(word)
			}
			meant := sure || words || speaker != "" && !isFile(speaker, before)
			if host != "" && meant && !yield(host) {
				return false
			}
			if name := commandName(word); slices.Contains(speakers, name) {
				speaker = name
			}
			before = word
		}
	}
	return true
}

// commandName returns what a command is called on any system.
func commandName(word string) string {
	return strings.TrimSuffix(strings.ToLower(path.Base(word)), ".exe")
}

// speakers are commands whose words are hosts, and an option of openssl's that is
// followed by one.
var speakers = []string{
	"curl", "wget", "ssh", "scp", "sftp", "ftp", "lftp", "telnet", "nc", "ncat", "netcat", "nmap", "ping", "dig", "nslookup", "host", "rsync",
	"http", "https", "xh", "aria2c", "iwr", "irm", "invoke-webrequest", "invoke-restmethod", "-connect",
}

// isFile reports whether what follows a word can only be a file.
func isFile(speaker, before string) bool {
	return speaker == "curl" && (before == "-o" || before == "--output")
}

// oddHost returns the host of a word that is an address in numbers.
func oddHost(word string) string {
	if host := authority(word); isOddAddress(host) {
		return host
	}
	return ""
}

// devices are the files through which a shell speaks to a host.
var devices = []string{"/dev/tcp/", "/dev/udp/"}

// hostOf returns the host that a word names. It is sure where the word says that it is
// an address, and does not only look like one.
func hostOf(word string) (host string, sure bool) {
	if host := webHost(word); host != "" {
		return host, true
	}
	if _, rest, ok := strings.Cut(word, "://"); ok {
		return authority(rest), true
	}
	for _, device := range devices {
		if rest, ok := strings.CutPrefix(word, device); ok {
			return authority(rest), true
		}
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

// web is how a URL of the web begins. However many slashes there are, its host follows.
var web = regexp.MustCompile(`(?i)^(?:https?|wss?|ftp):([/\\]*)`)

// webHost returns the host of a URL of the web, "" of anything else. Without slashes it
// must look like one.
func webHost(s string) string {
	m := web.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	rest := s[len(m[0]):]
	if i := strings.IndexByte(rest, '\\'); i >= 0 && !strings.Contains(rest, "@") {
		rest = rest[:i]
	}
	host := unescape(authority(rest), ofURLs)
	if m[1] == "" {
		return hostIf(host)
	}
	return host
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
