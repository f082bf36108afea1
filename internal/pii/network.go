package pii

// This file holds the detectors of credentials in URLs and of IP addresses.

import (
	"net/netip"
	"strings"
)

const (
	schemeMax   = 20
	userInfoMax = 512
)

// url detects the password or the token before the host of a URL whose "://" is at i. The host is no part of the finding.
func (w *walk) url(i int) int {
	t := w.text
	if !strings.HasPrefix(t[i:], "://") || runStart(t, i, i-schemeMax, alnum) == i {
		return 0
	}
	start := i + len("://")
	at := w.userInfo(start)
	if at < 0 {
		return start
	}
	user, password, found := strings.Cut(t[start:at], ":")
	secret := isSecretUser(user, found)
	if secret {
		w.addSpan(urlCredential, rankStructural, start, start+len(user))
	}
	if found || secret || user == "git" {
		w.userInfoAt = at // else it is an address: https://jane@example.com
	}
	if found && password != "" && !isTemplate(password) {
		w.addSpan(urlCredential, rankStructural, at-len(password), at)
	}
	return start
}

// userInfo returns the offset of the @ that ends the user information of the authority
// at start, -1 if it has none. A password may contain an @ itself, and other bytes that
// must be escaped. Before a password, and after a port, the authority ends as in
// RFC 3986.
func (w *walk) userInfo(start int) int {
	at := -1
	password := -1 // where it starts
	for i := start; i < min(len(w.text), start+userInfoMax); i++ {
		switch c := w.text[i]; c {
		case '@':
			at = i
		case ':':
			if password < 0 {
				password = i + 1
			}
		case '#', '|', '(', ')', '<', '>', '&', '=', '{', '}', '^', '[', ']':
			isPort := password >= 0 && password < i && runEnd(w.text, password, i, digit) == i
			if password < 0 && c != '=' || isPort {
				return at
			}
		case '/', '?', ' ', '\t', '\n', '\r', '"', '\'', '`', '\\', ',', ';':
			return at
		default:
			if password < 0 && is(c, foreign) {
				return at
			}
		}
	}
	return at
}

// isSecretUser reports whether the user of a URL is a token, or with a password one half of a key.
func isSecretUser(user string, hasPassword bool) bool {
	s := shapeOf(user)
	return len(user) >= 16 && !isPlaceholder(user) && s.random() ||
		hasPassword && len(user) >= 8 && !s.notHex && s.other == 0 && s.digit >= 2 && s.lower+s.upper >= 2
}

// dsnMax bounds the user and the password of a data source that is no URL.
const dsnMax = 96

// dataSource detects the password before the @ at i of a data source that is no URL.
func (w *walk) dataSource(i int) {
	t := w.text
	start := i - dsnMax
	switch rest := t[i+1:]; {
	case strings.HasPrefix(rest, "tcp("), strings.HasPrefix(rest, "unix("):
		// user:password@tcp(host), the form of Go's drivers for MySQL.
		w.credential(runStart(t, i, start, anyKey|oddKey|colon|tilde), i, ":")
	case strings.HasPrefix(rest, "//"):
		// jdbc:oracle:thin:user/password@//host
		if from := runStart(t, i, start, anyKey|tilde); w.previous(from) == ':' {
			w.credential(from, i, "/")
		}
	}
}

// credential adds the password of a user, a separator and a password in [start, end).
func (w *walk) credential(start, end int, part string) {
	user, password, found := strings.Cut(w.text[start:end], part)
	if found && user != "" && password != "" && !isTemplate(password) && !strings.ContainsAny(password, " \t\n\"'") {
		w.addSpan(urlCredential, rankStructural, end-len(password), end)
	}
}

// ipv4 detects four numbers up to 255 with dots between them. A port, a path or
// the length of a prefix may follow and is no part of the finding. Five numbers are a version.
func (w *walk) ipv4(start int) int {
	t := w.text
	var octets [4]int
	i := start
	for k := range octets {
		end := runEnd(t, i, i+4, digit)
		if end == i || end-i > 3 || k < 3 && w.next(end) != '.' {
			return 0
		}
		for _, c := range []byte(t[i:end]) {
			octets[k] = octets[k]*10 + int(c-'0')
		}
		if octets[k] > 255 {
			return 0
		}
		i = end + 1
	}
	end := i - 1
	if w.continues(end, '.', 0) || w.next(end) == '-' && is(w.next(end+1), letter) || !w.maybeAddress(start, octets) {
		return 0
	}
	if octets[0] == 127 || octets[0] == 255 || octets == [4]int{} {
		return end
	}
	return w.addSpan(ipAddress, rankStructural, start, end)
}

// maybeAddress reports whether four octets are no version, given the text before them.
func (w *walk) maybeAddress(start int, octets [4]int) bool {
	large := octets[0] >= 10 && (octets[1] >= 32 || octets[2] >= 32 || octets[3] >= 32 || octets[0] == 10)
	switch before := w.previous(start); {
	case is(before, alnum) || before == '.' || before == '_':
		return false
	case before == '-' && is(w.previous(start-1), letter), before == '@', before == '/' && w.followsProduct(start-1):
		return large
	}
	if isFourth(w.text[:start]) {
		return true
	}
	private := octets[0] == 192 && octets[1] == 168 || octets[0] == 172 && octets[1]>>4 == 1
	if w.hasTopicBefore(versionTopic, start, len(" number: ")) || w.versionEnd > 0 && start-w.versionEnd < versionsApart && !private {
		w.versionEnd = start
		return false
	}
	return large || w.keyTopics()&versionTopic == 0
}

// followsProduct reports whether a name with a capital precedes the slash at i, as
// before a version: Kestrel/8.0.11.4.
func (w *walk) followsProduct(i int) bool {
	start := runStart(w.text, i, i-productMax, alnum)
	return i-start > 1 && is(w.text[start], upper) && w.previous(start) != '/'
}

// productMax bounds the name of a product.
const productMax = 32

// versionsApart is the distance within which four numbers after a version are another version.
const versionsApart = 60

// isFourth reports whether a text ends with the name of the protocol: IPv4, v4=.
func isFourth(before string) bool {
	before = strings.TrimRight(before[max(0, len(before)-8):], ` :="'`)
	return strings.HasSuffix(before, "v4") || strings.HasSuffix(before, "V4")
}

// ipv6Max bounds the text of an address, its zone included.
const ipv6Max = 64

// ipv6 detects an address whose first colon is at i. net/netip parses it.
func (w *walk) ipv6(i int) int {
	t := w.text
	if i < w.colonsEnd || i+1 >= len(t) || !is(t[i+1], hexa|colon) {
		return 0
	}
	start := runStart(t, i, i-5, hexa)
	if p := w.previous(start); i-start > 4 || is(p, alnum) || p == '_' || p == ':' || p == '.' {
		return 0
	}
	end := runEnd(t, i, start+ipv6Max, hexa|colon|dot)
	w.colonsEnd = end
	for end > i && (t[end-1] == '.' || t[end-1] == ':' && t[end-2] != ':') {
		end--
	}
	addr, err := netip.ParseAddr(t[start:end])
	if err != nil || is(w.next(end), alnum) || w.next(end) == '_' || !isPlausibleIPv6(addr, t[start:end]) {
		return 0
	}
	if w.next(end) == '%' {
		if zone := runEnd(t, end+1, end+1+16, alnum); zone > end+1 {
			end = zone
		}
	}
	return w.addSpan(ipAddress, rankStructural, start, end)
}

// isPlausibleIPv6 reports whether an address identifies a host, and is not the slice of a
// list, the name of a scope, or the bytes of an identifier.
func isPlausibleIPv6(addr netip.Addr, text string) bool {
	if addr.IsUnspecified() || addr.Unmap().IsLoopback() {
		return false
	}
	digits, groups, longest := 0, 0, 0
	for i := 0; i < len(text); {
		end := runEnd(text, i, len(text), hexa)
		if end > i {
			groups++
			longest = max(longest, end-i)
		}
		for ; i < end; i++ {
			if is(text[i], digit) {
				digits++
			}
		}
		i++
	}
	return longest > 2 && digits > 0 && (groups > 2 || len(text) >= 6 && text[0] != ':')
}
