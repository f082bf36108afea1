package pii

// This file holds the detectors of credentials in URLs and of IP addresses.

import (
	"net/netip"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/secret"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

const (
	schemeMax   = 20
	userInfoMax = 512
)

// url detects the password or the token before the host of a URL whose "://" is at i. The host is no part of the finding.
func (w *walk) url(i int) int {
	t := w.Text
	if !strings.HasPrefix(t[i:], "://") || text.RunStart(t, i, i-schemeMax, text.Alnum) == i {
		return 0
	}
	start := i + len("://")
	at := w.userInfo(start)
	if at < 0 {
		return start
	}
	user, password, found := strings.Cut(t[start:at], ":")
	isSecret := isSecretUser(user, found)
	if isSecret {
		w.addSpan(span.URLCredential, span.Structural, start, start+len(user))
	}
	if found || isSecret || user == "git" {
		w.userInfoAt = at // else it is an address: https://jane@example.com
	}
	if found && password != "" && !secret.IsTemplate(password) {
		w.addSpan(span.URLCredential, span.Structural, at-len(password), at)
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
	for i := start; i < min(len(w.Text), start+userInfoMax); i++ {
		switch c := w.Text[i]; c {
		case '@':
			at = i
		case ':':
			if password < 0 {
				password = i + 1
			}
		case '#', '|', '(', ')', '<', '>', '&', '=', '{', '}', '^', '[', ']':
			isPort := password >= 0 && password < i && text.RunEnd(w.Text, password, i, text.Digit) == i
			if password < 0 && c != '=' || isPort {
				return at
			}
		case '/', '?', ' ', '\t', '\n', '\r', '"', '\'', '`', '\\', ',', ';':
			return at
		default:
			if password < 0 && text.Is(c, text.Foreign) {
				return at
			}
		}
	}
	return at
}

// isSecretUser reports whether the user of a URL is a token, or with a password one half of a key.
func isSecretUser(user string, hasPassword bool) bool {
	s := text.ShapeOf(user)
	return len(user) >= 16 && !secret.IsPlaceholder(user) && s.Random() ||
		hasPassword && len(user) >= 8 && !s.NotHex && s.Other == 0 && s.Digit >= 2 && s.Lower+s.Upper >= 2
}

// dsnMax bounds the user and the password of a data source that is no URL.
const dsnMax = 96

// dataSource detects the password before the @ at i of a data source that is no URL.
func (w *walk) dataSource(i int) {
	t := w.Text
	start := i - dsnMax
	switch rest := t[i+1:]; {
	case strings.HasPrefix(rest, "tcp("), strings.HasPrefix(rest, "unix("):
		// user:password@tcp(host), the form of Go's drivers for MySQL.
		w.credential(text.RunStart(t, i, start, text.KeyChars|text.Dot|text.Base64x|text.OddKey|text.Colon|text.Tilde), i, ":")
	case strings.HasPrefix(rest, "//"):
		// jdbc:oracle:thin:user/password@//host
		if from := text.RunStart(t, i, start, text.KeyChars|text.Dot|text.Base64x|text.Tilde); w.Previous(from) == ':' {
			w.credential(from, i, "/")
		}
	}
}

// credential adds the password of a user, a separator and a password in [start, end).
func (w *walk) credential(start, end int, part string) {
	user, password, found := strings.Cut(w.Text[start:end], part)
	if found && user != "" && password != "" && !secret.IsTemplate(password) && !strings.ContainsAny(password, " \t\n\"'") {
		w.addSpan(span.URLCredential, span.Structural, end-len(password), end)
	}
}

// ipv4 detects four numbers up to 255 with dots between them. A port, a path or
// the length of a prefix may follow and is no part of the finding. Five numbers are a version.
func (w *walk) ipv4(start int) int {
	t := w.Text
	var octets [4]int
	i := start
	for k := range octets {
		end := text.RunEnd(t, i, i+4, text.Digit)
		if end == i || end-i > 3 || k < 3 && w.Next(end) != '.' {
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
	if w.continues(end, '.', 0) || w.Next(end) == '-' && text.Is(w.Next(end+1), text.Letter) || !w.maybeAddress(start, octets) {
		return 0
	}
	if octets[0] == 127 || octets[0] == 255 || octets == [4]int{} {
		return end
	}
	return w.addSpan(span.IPAddress, span.Structural, start, end)
}

// maybeAddress reports whether four octets are no version, given the text before them.
func (w *walk) maybeAddress(start int, octets [4]int) bool {
	large := octets[0] >= 10 && (octets[1] >= 32 || octets[2] >= 32 || octets[3] >= 32 || octets[0] == 10)
	switch before := w.Previous(start); {
	case text.Is(before, text.Alnum) || before == '.' || before == '_':
		return false
	case before == '-' && text.Is(w.Previous(start-1), text.Letter), before == '@', before == '/' && w.followsProduct(start-1):
		return large
	}
	if isFourth(w.Text[:start]) {
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
	start := text.RunStart(w.Text, i, i-productMax, text.Alnum)
	return i-start > 1 && text.Is(w.Text[start], text.Upper) && w.Previous(start) != '/'
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
	t := w.Text
	if i < w.colonsEnd || i+1 >= len(t) || !text.Is(t[i+1], text.Hexa|text.Colon) {
		return 0
	}
	start := text.RunStart(t, i, i-5, text.Hexa)
	if p := w.Previous(start); i-start > 4 || text.Is(p, text.Alnum) || p == '_' || p == ':' || p == '.' {
		return 0
	}
	end := text.RunEnd(t, i, start+ipv6Max, text.Hexa|text.Colon|text.Dot)
	w.colonsEnd = end
	for end > i && (t[end-1] == '.' || t[end-1] == ':' && t[end-2] != ':') {
		end--
	}
	addr, err := netip.ParseAddr(t[start:end])
	if err != nil || text.Is(w.Next(end), text.Alnum) || w.Next(end) == '_' || !isPlausibleIPv6(addr, t[start:end]) {
		return 0
	}
	if w.Next(end) == '%' {
		if zone := text.RunEnd(t, end+1, end+1+16, text.Alnum); zone > end+1 {
			end = zone
		}
	}
	return w.addSpan(span.IPAddress, span.Structural, start, end)
}

// isPlausibleIPv6 reports whether an address identifies a host, and is not the slice of a
// list, the name of a scope, or the bytes of an identifier.
func isPlausibleIPv6(addr netip.Addr, in string) bool {
	if addr.IsUnspecified() || addr.Unmap().IsLoopback() {
		return false
	}
	digits, groups, longest := 0, 0, 0
	for i := 0; i < len(in); {
		end := text.RunEnd(in, i, len(in), text.Hexa)
		if end > i {
			groups++
			longest = max(longest, end-i)
		}
		for ; i < end; i++ {
			if text.Is(in[i], text.Digit) {
				digits++
			}
		}
		i++
	}
	return longest > 2 && digits > 0 && (groups > 2 || len(in) >= 6 && in[0] != ':')
}
