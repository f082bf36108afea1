package hosts

import (
	"net/netip"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// profile folds domains as browsers do: lower case, full-width letters and dots as ASCII,
// other scripts as punycode.
var profile = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// fold returns the normal form of a domain.
func fold(domain string) string {
	if ascii, err := profile.ToASCII(domain); err == nil {
		domain = ascii
	}
	return strings.TrimSuffix(strings.ToLower(domain), ".")
}

// A Set is a set of domains and IP addresses in their normal form.
type Set map[string]bool

// Insert adds a domain, which may be written *.example.com or .example.com, or an IP
// address. It returns false for a text that is neither.
func (s Set) Insert(entry string) bool {
	domain := fold(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(entry), "*"), "."))
	if ip, ok := parseAddress(domain); ok {
		s[ip] = true
		return true
	}
	s[domain] = true
	return domain != "" && !strings.ContainsFunc(domain, func(r rune) bool { return !isHostRune(r) })
}

// Covers reports whether the set has a host or a domain that the host is below.
func (s Set) Covers(host string) bool {
	domain := fold(host)
	if ip, ok := parseAddress(domain); ok {
		return s[ip]
	}
	for {
		if s[domain] {
			return true
		}
		_, parent, ok := strings.Cut(domain, ".")
		if !ok {
			return false
		}
		domain = parent
	}
}

// endsCommand reports whether a character ends a command. A URL can contain it too: the
// rest of the URL is then a command of its own, and its user@host is still found.
func endsCommand(r rune) bool { return strings.ContainsRune(";|&\n\r", r) }

// endsWord reports whether a character ends a word.
func endsWord(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\"'`<>(){},\\=", r)
}

// isHost reports whether a text could be a domain or an address: labels separated by dots,
// the last one with at least two characters.
func isHost(s string) bool {
	if len(s) < 4 || len(s) > 1024 || strings.ContainsFunc(s, func(r rune) bool { return r <= unicode.MaxASCII && !isHostRune(r) }) {
		return false
	}
	// Clients remove some characters, such as soft hyphens.
	if isNoHostRune := func(r rune) bool { return !isHostRune(r) }; strings.ContainsFunc(s, isNoHostRune) && strings.ContainsFunc(fold(s), isNoHostRune) {
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
