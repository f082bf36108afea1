package pii

import "strings"

const (
	schemeMax   = 20
	userInfoMax = 512
)

// url looks at the colon of "://" for a password, or a token, before the host. Only that is a finding; the host stays.
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
	secret := secretUser(user) || found && isHexID(user)
	if secret {
		w.add(urlCredential, rankStructural, start, start+len(user))
	}
	if found || secret || user == "git" {
		w.userInfoAt = at // else it is an address: https://jane@example.com
	}
	if found && password != "" && !isTemplate(password) {
		w.add(urlCredential, rankStructural, at-len(password), at)
	}
	return start
}

// userInfo returns where the @ is that ends the user information of the authority
// at start, -1 if it has none. A password may hold an @ itself, and much else that
// it should not; before a password, and behind a port, the authority ends where
// RFC 3986 ends it.
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

// secretUser reports whether what stands for a user is a token.
func secretUser(user string) bool {
	return len(user) >= 16 && !isPlaceholder(user) && shapeOf(user).random()
}

// isHexID reports whether a user is one half of a key rather than a name.
func isHexID(user string) bool {
	s := shapeOf(user)
	return len(user) >= 8 && !s.notHex && s.other == 0 && s.digit >= 2 && s.lower+s.upper >= 2
}

// dsnMax bounds the user and the password of a data source that is no URL.
const dsnMax = 96

// host looks at the @ before the host of an address, a URL or a data source.
func (w *walk) host(i int) int {
	t := w.text
	start := i - dsnMax
	switch rest := t[i+1:]; {
	case strings.HasPrefix(rest, "tcp("), strings.HasPrefix(rest, "unix("):
		// user:password@tcp(host), as Go's drivers for MySQL are told.
		w.credential(runStart(t, i, start, anyKey|oddKey|colon|tilde), i, ":")
	case strings.HasPrefix(rest, "//"):
		// jdbc:oracle:thin:user/password@//host
		if from := runStart(t, i, start, anyKey|tilde); w.previous(from) == ':' {
			w.credential(from, i, "/")
		}
	}
	return w.at(i)
}

// credential adds the password of what stands in [start, end): a user, a byte that parts them, a password.
func (w *walk) credential(start, end int, part string) {
	user, password, found := strings.Cut(w.text[start:end], part)
	if found && user != "" && password != "" && !isTemplate(password) && !strings.ContainsAny(password, " \t\n\"'") {
		w.add(urlCredential, rankStructural, end-len(password), end)
	}
}
