package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// loginWords are the words before a user and a password.
const loginWords = `login log logged logging signin sign credentials creds zugangsdaten anmeldedaten anmelden identifiants identifiant credenciales
	credenziali credenciais inloggegevens inloggning logowania prihlaseni konto account logins
	melde kennung einloggen connecte connectez inicia accedi zaloguj`

// fieldEnd returns where the word that starts at i ends: at a space or a sign after a sentence.
func fieldEnd(in string, i int) int {
	limit := min(len(in), i+nameMax)
	for i < limit && strings.IndexByte(" )\n;", in[i]) < 0 {
		i++
	}
	return i
}

// login detects the password of a user after a word such as credentials: user / password.
func login(r *Reader, start, end int) int {
	const most = 6
	t := r.Text
	i := end
	if strings.IndexByte(" :`*\"'(", r.Next(i)) < 0 || start > 0 && strings.IndexByte("/-_.@", t[start-1]) >= 0 {
		return 0
	}
	for words := 0; words < most && i < len(t); words++ {
		for i < len(t) && (strings.IndexByte(" :*`\"'(", t[i]) >= 0 || t[i] == ',' && words > 0 && r.Next(end) == ' ') {
			i++
		}
		stop := i
		for stop < min(len(t), i+nameMax) && strings.IndexByte(" \t\n\"'`,;()|<>*", t[stop]) < 0 {
			stop++
		}
		if stop == i {
			return 0
		}
		user, at := t[i:stop], stop
		if KindOf(user) >= Code {
			return 0
		}
		if words > 1 && isStrong(strings.TrimRight(user, ".?")) && r.judge(Password, LinkNear, bounds{i, i + len(strings.TrimRight(user, ".?")), Bare}) {
			return i
		}
		if user[0] == '-' || user[0] == '&' { // of a command
			return 0
		}
		if strings.IndexByte(user, '@') >= 0 && strings.IndexByte(user, ':') >= 0 {
			return 0
		}
		for at < len(t) && strings.IndexByte("`\"'*", t[at]) >= 0 {
			at++
		}
		switch {
		case strings.HasPrefix(t[at:], " / "), strings.HasPrefix(t[at:], " | "), strings.HasPrefix(t[at:], " : "):
			at += len(" / ")
		case strings.HasPrefix(t[at:], "/") && at > stop:
			at++
		case strings.HasPrefix(t[at:], ", ") && words > 0:
			next := at + len(", ")
			if end := fieldEnd(t, next); isPlainText(t[next:end]) || !text.HasAnyDigit(t[next:end]) {
				i = stop
				continue
			}
			at = next
		case words > 0 && strings.HasPrefix(t[at:], " and "):
			next := at + len(" and ")
			if !isStrong(strings.TrimRight(t[next:fieldEnd(t, next)], ".?!,")) {
				i = stop
				continue
			}
			at = next
		default:
			n := strings.IndexAny(user, "/:")
			if n < 1 || n == len(user)-1 || strings.Contains(user, "://") || user[0] == '/' {
				i = stop
				continue
			}
			at = i + n + 1
		}
		b := valueAt(r, at, Bare)
		if b.style == Bare {
			b.end = at
			for b.end < min(len(t), at+nameMax) && strings.IndexByte(" \t\n\"'`,;()|<>", t[b.end]) < 0 {
				b.end++
			}
			for b.end > at && (t[b.end-1] == '.' || t[b.end-1] == '*') {
				b.end--
			}
		}
		if b.end-b.start < valueLeast || isWords(t[b.start:b.end]) && b.style != Quoted || !r.judge(Password, LinkPair, b) {
			return 0
		}
		for i = b.end; i < len(t) && strings.IndexByte("`\"', ;", t[i]) >= 0; i++ {
		}
	}
	return 0
}
