package detect

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/placeholder"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	schemeMax = 20
	// UserInfoMax bounds the user information of a URL.
	UserInfoMax = 512
)

// A Credential is the secret user and the password in a URL. A span of length 0 is absent.
type Credential struct {
	User, Password span.Span
}

// URL detects the password or the token before the host of the URL whose "://" is at i.
// The host is no part of the finding. ok reports whether a URL starts at i, with or without
// a credential.
func URL(r *Reader, i int) (found Credential, ok bool) {
	t := r.Text
	if !strings.HasPrefix(t[i:], "://") || text.RunStart(t, i, i-schemeMax, text.Alnum) == i {
		return found, false
	}
	start := i + len("://")
	at := userInfoEnd(r, start)
	if at < 0 {
		return found, true
	}
	user, password, hasPassword := strings.Cut(t[start:at], ":")
	isSecret := isSecretUser(user, hasPassword)
	if isSecret {
		found.User, _ = accept(span.URLCredential, span.Structural, start, start+len(user))
	}
	if hasPassword || isSecret || !isMailbox(user) {
		r.userInfoAt = at
	}
	if hasPassword && password != "" && !placeholder.IsTemplate(password) && !isShownForm(user, password) {
		found.Password, _ = accept(span.URLCredential, span.Structural, at-len(password), at)
	}
	return found, true
}

// isShownForm reports whether a user and a password are the words for them, as in the form of a
// URL, or the password is a word for one that was removed.
func isShownForm(user, password string) bool {
	word := password
	if last := len(word) - 1; last > 1 && (word[0] == '[' && word[last] == ']' || word[0] == '<' && word[last] == '>') {
		word = word[1:last]
	}
	if len(word) > 3 && strings.Trim(word, "x") == "" || strings.Trim(word, "*") == "" {
		return true
	}
	return text.ContainsFold(removedWords, word) || text.ContainsFold(userWords, user) && text.ContainsFold(passwordWords, password)
}

var (
	removedWords  = []string{"redacted", "masked", "hidden", "removed", "filtered", "censored", "scrubbed", "%5bredacted%5d", "%5bfiltered%5d", "%5bmasked%5d"}
	userWords     = []string{"user", "username", "usr", "login", "userid", "user_name", "benutzer", "usuario", "utilisateur", "dbuser", "db_user"}
	passwordWords = []string{"password", "passwd", "pass", "pwd", "passwort", "motdepasse", "userpassword", "user_password", "dbpassword", "db_password", "dbpass"}
)

// isMailbox reports whether the user of a URL can be that of an e-mail address that was
// written as a link, such as https://jane.doe@example.com.
func isMailbox(user string) bool { return strings.Contains(user, ".") }

// userInfoEnd returns the offset of the @ that ends the user information of the authority
// at start, -1 if it has none. A password may contain an @ itself, and other bytes that
// must be escaped. Before a password, and after a port, the authority ends as in
// RFC 3986.
func userInfoEnd(r *Reader, start int) int {
	at := -1
	password := -1 // where it starts
	for i := start; i < min(len(r.Text), start+UserInfoMax); i++ {
		switch c := r.Text[i]; c {
		case '@':
			at = i
		case ':':
			if password < 0 {
				password = i + 1
			}
		case '#', '|', '(', ')', '<', '>', '&', '=', '{', '}', '^', '[', ']':
			isPort := password >= 0 && password < i && text.RunEnd(r.Text, password, i, text.Digit) == i
			if password < 0 && c != '=' || isPort {
				return at
			}
		case ';': // the domain of a user: smb://CORP;kim:…
			if at >= 0 || password >= 0 {
				return at
			}
		case '/', '?':
			if at < 0 && password >= 0 && password < i {
				return oddPasswordEnd(r.Text, password, i)
			}
			return at
		case ' ', '\t', '\n', '\r', '"', '\'', '`', '\\', ',':
			return at
		default:
			if password < 0 && text.Is(c, text.Foreign) {
				return at
			}
		}
	}
	return at
}

// oddPasswordEnd returns the offset of the @ after a password that contains the sign at i, which
// ends an authority, -1 if it is none: mongodb://app:a/b@host:27017/.
func oddPasswordEnd(in string, password, i int) int {
	const longest = 128
	if text.RunEnd(in, password, i, text.Digit) == i { // a port
		return -1
	}
	at := -1
	for limit := min(len(in), i+longest); i < limit && strings.IndexByte(" \t\n\r\"'`\\,<>;&=()[]{}|", in[i]) < 0; i++ {
		if in[i] == '@' {
			at = i
		}
	}
	if at < 0 {
		return -1
	}
	host := text.RunEnd(in, at+1, len(in), text.KeyChars|text.Dot)
	dot := strings.LastIndexByte(in[at+1:host], '.') + 1
	if host < len(in) && in[host] == ':' && text.RunEnd(in, host+1, host+6, text.Digit) > host+2 ||
		host < len(in) && in[host] == '/' && dot > 1 && text.RunEnd(in, at+1+dot, host, text.Letter) == host {
		return at
	}
	return -1
}

// isSecretUser reports whether the user of a URL is a token, or with a password one half of a key.
func isSecretUser(user string, hasPassword bool) bool {
	s := text.ShapeOf(user)
	return len(user) >= 16 && !placeholder.IsTemplate(user) && !text.IsSequence(user) && s.Random() ||
		hasPassword && len(user) >= 8 && !s.NotHex && s.Other == 0 && s.Digit >= 2 && s.Lower+s.Upper >= 2
}
