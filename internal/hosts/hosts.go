package hosts

import (
	"iter"
	"path"
	"slices"
	"strings"
)

// Of iterates over the hosts that a text names: those of its URLs, those after user@, and
// the arguments of network commands. With anyWord, every word that could be a domain is
// one of them. That fits a list of denied domains; for a list of allowed ones, file names
// in commands would be hosts.
func Of(text string, anyWord bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		for e := range EndpointsOf(text, anyWord) {
			if !yield(e.Host) {
				return
			}
		}
	}
}

// EndpointsOf iterates over the hosts that a text names, as [Of], with their ports.
func EndpointsOf(text string, anyWord bool) iter.Seq[Endpoint] {
	return func(yield func(Endpoint) bool) {
		text = unescape(text, jsonEscape)
		if isHost(text) {
			yield(Endpoint{Host: text})
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
func hostsOfQuoted(text string, yield func(Endpoint) bool) bool {
	for piece := range strings.SplitSeq(text, `"`) {
		piece = strings.TrimSpace(ignored.Replace(piece))
		if e := urlEndpoint(piece); e.Host != "" && !strings.Contains(e.Host, " ") && !yield(e) {
			return false
		}
	}
	return true
}

var ignored = strings.NewReplacer("\t", "", "\n", "", "\r", "")

// hostsOfCommands yields the hosts of the words of commands.
func hostsOfCommands(text string, anyWord bool, yield func(Endpoint) bool) bool {
	for command := range strings.FieldsFuncSeq(text, endsCommand) {
		client, before := "", ""
		for word := range strings.FieldsFuncSeq(command, endsWord) {
			e, certain := endpointOf(strings.Trim(word, "$."))
			if client != "" && e.Host == "" {
				if number := authority(word); isNumericAddress(number.Host) {
					e = number
				}
			}
			e.Mail = e.Mail && client == ""
			accepted := certain || anyWord || client != "" && !isOutput(client, before)
			if isData(client, before, word) {
				accepted = false
			}
			if e.Host != "" && accepted && !yield(e) {
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

// isOutput reports whether the argument after a word can only be the file that is written.
func isOutput(command, before string) bool {
	return command == "curl" && (before == "-o" || before == "--output")
}

// dataOptions are the options of curl after which @name is a file that is sent.
var dataOptions = []string{"-d", "--data", "--data-ascii", "--data-binary", "--data-raw", "--data-urlencode", "--json", "-H", "--header"}

// isData reports whether a word after another can only be a file that is sent.
func isData(command, before, word string) bool {
	return command == "curl" && strings.HasPrefix(word, "@") && slices.Contains(dataOptions, before)
}
