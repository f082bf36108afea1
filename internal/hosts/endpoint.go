package hosts

import (
	"regexp"
	"strconv"
	"strings"
)

// An Endpoint is a host and the port that is named with it, or that the scheme of its URL
// has. The port is 0 if it is unknown.
type Endpoint struct {
	Host string
	Port uint16
	// Written is the host as a text writes it, where Host is its normal form.
	Written string
	// Mail is set if the text can be an e-mail address: user@host without a scheme, a path
	// or a network command.
	Mail bool
}

// devices are the files through which a shell connects to a host: the port is the next
// element of the path.
var devices = []string{"/dev/tcp/", "/dev/udp/"}

// endpointOf returns the endpoint that a word names. It is certain if the form of the word
// marks it as an address.
func endpointOf(word string) (e Endpoint, certain bool) {
	if e := urlEndpoint(word); e.Host != "" {
		return e, true
	}
	if _, rest, ok := strings.Cut(word, "://"); ok {
		return authority(rest), true
	}
	for _, device := range devices {
		if rest, ok := strings.CutPrefix(word, device); ok {
			e := authority(rest)
			_, rest, _ = strings.Cut(rest, "/")
			port, _, _ := strings.Cut(rest, "/")
			e.Port = portOf(port)
			return e, true
		}
	}
	if rest, ok := strings.CutPrefix(word, "//"); ok {
		return hostOrNone(authority(rest)), false
	}
	if user, rest, ok := strings.Cut(word, "@"); ok {
		e := hostOrNone(authority(rest))
		e.Mail = e.Host != "" && user != "" && !strings.ContainsAny(rest, ":/")
		return e, e.Host != ""
	}
	return hostOrNone(authority(word)), false
}

// urlStart is the start of a URL. The host follows, after any number of slashes.
var urlStart = regexp.MustCompile(`(?i)^(https?|wss?|ftp):([/\\]*)`)

// schemePorts are the ports of URLs without one.
var schemePorts = map[string]uint16{"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}

// urlEndpoint returns the endpoint of a URL, none for other texts. Without slashes, the
// host must have the form of a domain.
func urlEndpoint(s string) Endpoint {
	m := urlStart.FindStringSubmatch(s)
	if m == nil {
		return Endpoint{}
	}
	rest := s[len(m[0]):]
	if i := strings.IndexByte(rest, '\\'); i >= 0 && !strings.Contains(rest, "@") {
		rest = rest[:i]
	}
	e := authority(rest)
	if e.Port == 0 {
		e.Port = schemePorts[strings.ToLower(m[1])]
	}
	e.Host = unescape(e.Host, urlEscape)
	if m[2] == "" {
		return hostOrNone(e)
	}
	return e
}

// authority returns the endpoint in the text after the slashes of a URL.
func authority(s string) Endpoint {
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s = s[:i]
	}
	s = s[strings.LastIndex(s, "@")+1:]
	host, rest, _ := strings.Cut(s, ":")
	if strings.HasPrefix(s, "[") {
		host, rest, _ = strings.Cut(s[1:], "]")
		rest = strings.TrimPrefix(rest, ":")
	}
	return Endpoint{Host: host, Port: portOf(rest)}
}

// portOf returns the port of a text, 0 if it has none.
func portOf(s string) uint16 {
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		return 0
	}
	return uint16(n)
}

// hostOrNone returns an endpoint whose host could be one, and none for others.
func hostOrNone(e Endpoint) Endpoint {
	if isHost(e.Host) {
		return e
	}
	return Endpoint{}
}
