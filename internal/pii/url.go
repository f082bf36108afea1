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
	w.userInfoAt = at
	user, password, found := strings.Cut(t[start:at], ":")
	if secretUser(user) {
		w.add(urlCredential, rankStructural, start, start+len(user))
	}
	if found && password != "" && !isTemplate(password) {
		w.add(urlCredential, rankStructural, at-len(password), at)
	}
	return start
}

// userInfo returns where the @ is that ends the user information of the authority
// at start, -1 if it has none. A password may hold an @ itself.
func (w *walk) userInfo(start int) int {
	at := -1
	for i := start; i < min(len(w.text), start+userInfoMax); i++ {
		switch w.text[i] {
		case '@':
			at = i
		case '/', '?', ' ', '\t', '\n', '\r', '"', '\'', '`', '<', '>', '\\', ',', ';':
			// A template may stand for the password: <password>.
			if w.text[i] != '<' && w.text[i] != '>' {
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
