package hosts

import (
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Of iterates over the hosts that a text names: those of its URLs, those after user@, and
// the arguments of network commands. With anyWord, every word that could be a domain is
// one of them. That fits a list of denied domains; for a list of allowed ones, file names
// in commands would be hosts.
func Of(text string, anyWord bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		text = unescape(text, jsonEscape)
		if isHost(text) {
			yield(text)
			return
		}
		if !hostsOfQuoted(text, yield) || !hostsOfCommands(text, anyWord, yield) {
			return
		}
		// A URL in the query of another is escaped, and an escape in a host can hide its end.
		if plain := unescape(text, urlEscape); plain != text {
			hostsOfCommands(plain, anyWord, yield)
		}
	}
}

// hostsOfQuoted yields the hosts of URLs in quotation marks. Clients ignore tabs, line
// breaks and surplus slashes in them.
func hostsOfQuoted(text string, yield func(string) bool) bool {
	for piece := range strings.SplitSeq(text, `"`) {
		piece = strings.TrimSpace(ignored.Replace(piece))
		if host := urlHost(piece); host != "" && !strings.Contains(host, " ") && !yield(host) {
			return false
		}
	}
	return true
}

var ignored = strings.NewReplacer("\t", "", "\n", "", "\r", "")

// hostsOfCommands yields the hosts of the words of commands.
func hostsOfCommands(text string, anyWord bool, yield func(string) bool) bool {
	for command := range strings.FieldsFuncSeq(text, endsCommand) {
		client, before := "", ""
		for word := range strings.FieldsFuncSeq(command, endsWord) {
			host, certain := hostOf(strings.Trim(word, "$."))
			if client != "" && host == "" {
				if number := authority(word); isNumericAddress(number) {
					host = number
				}
			}
			accepted := certain || anyWord || client != "" && !isFile(client, before)
			if host != "" && accepted && !yield(host) {
				return false
			}
			if name := commandName(word); slices.Contains(networkCommands, name) {
				client = name
			}
			before = word
		}
	}
	return true
}

// commandName returns the name of a command without its folder and ".exe".
func commandName(word string) string {
	return strings.TrimSuffix(strings.ToLower(path.Base(word)), ".exe")
}

// networkCommands are commands whose arguments are hosts, and an option of openssl that a
// host follows.
var networkCommands = []string{
	"curl", "wget", "ssh", "scp", "sftp", "ftp", "lftp", "telnet", "nc", "ncat", "netcat", "nmap", "ping", "dig", "nslookup", "host", "rsync",
	"http", "https", "xh", "aria2c", "iwr", "irm", "invoke-webrequest", "invoke-restmethod", "-connect",
}

// isFile reports whether the argument after a word can only be a file.
func isFile(command, before string) bool {
	return command == "curl" && (before == "-o" || before == "--output")
}

// devices are the files through which a shell connects to a host.
var devices = []string{"/dev/tcp/", "/dev/udp/"}

// hostOf returns the host that a word names. It is certain if the form of the word marks it
// as an address.
func hostOf(word string) (host string, certain bool) {
	if host := urlHost(word); host != "" {
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
		return hostOrNone(authority(rest)), false
	}
	if _, rest, ok := strings.Cut(word, "@"); ok {
		host := hostOrNone(authority(rest))
		return host, host != ""
	}
	return hostOrNone(authority(word)), false
}

// urlStart is the start of a URL. The host follows, after any number of slashes.
var urlStart = regexp.MustCompile(`(?i)^(?:https?|wss?|ftp):([/\\]*)`)

// urlHost returns the host of a URL, "" for other texts. Without slashes, the host must
// have the form of a domain.
func urlHost(s string) string {
	m := urlStart.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	rest := s[len(m[0]):]
	if i := strings.IndexByte(rest, '\\'); i >= 0 && !strings.Contains(rest, "@") {
		rest = rest[:i]
	}
	host := unescape(authority(rest), urlEscape)
	if m[1] == "" {
		return hostOrNone(host)
	}
	return host
}

// authority returns the host in the text after the slashes of a URL.
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
