package alert

import (
	"net/netip"
	"strings"
	"unicode"

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

// foldEntry folds an entry of a list. It may be written *.example.com or .example.com.
func foldEntry(entry string) (string, bool) {
	domain := fold(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(entry), "*"), "."))
	if ip, ok := address(domain); ok {
		return ip, true
	}
	return domain, domain != "" && !strings.ContainsFunc(domain, func(r rune) bool { return !isHostRune(r) })
}

// covers reports whether a domain, or one that it is below, is in a list.
func covers(listed map[string]bool, domain string) bool {
	domain = fold(domain)
	if ip, ok := address(domain); ok {
		return listed[ip]
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

// isSeparator reports whether a character ends a command. It can stand in a URL too:
// what follows it is then looked at by itself, and a user@ in front of a host is known.
func isSeparator(r rune) bool { return strings.ContainsRune(";|&\n\r", r) }

// isBreak reports whether a character ends a word.
func isBreak(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\"'`<>(){},\\=", r)
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
