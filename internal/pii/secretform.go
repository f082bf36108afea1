package pii

import "strings"

// schemes are what stands before the credentials in an Authorization header.
var schemes = []string{"bearer", "basic", "token", "apikey", "bot", "negotiate", "digest"}

// schemeMost is more than the length of a scheme and the spaces behind it.
const schemeMost = 16

// schemeEnd returns where the credentials behind an authorization scheme start, 0 if there is none.
func schemeEnd(value string) int {
	for _, s := range schemes {
		if hasFold(value, 0, s) && len(value) > len(s)+1 && value[len(s)] == ' ' {
			return runEnd(value, len(s), len(s)+4, space)
		}
	}
	return 0
}

// scheme takes the credentials behind "Bearer" or "Basic" wherever they stand.
func (w *walk) scheme(start int) int {
	at := schemeEnd(w.text[start:min(len(w.text), start+16)])
	if at == 0 {
		return 0
	}
	at += start
	end := runEnd(w.text, at, at+valueMost, anyKey|tilde)
	value := strings.TrimRight(w.text[at:end], ".")
	if len(value) < 12 || isPlaceholder(value) || !shapeOf(value).random() {
		return 0
	}
	return w.addSecret(at, at+len(value))
}

// flag looks at the option of a command that starts with the dashes [i, end) for
// a secret as its argument, and returns where to go on.
func (w *walk) flag(i, end int) int {
	t := w.text
	if p := w.previous(i); p != 0 && !is(p, space) && !isQuote(p) {
		return end
	}
	stop := runEnd(t, end, end+nameMax, alnum|joiner)
	name := t[end:stop]
	switch {
	case end-i == 1 && name != "" && w.commandBefore(i, passwordFlags[name[0]]...) && (len(name) == 1 || name[0] == 'p'):
		return w.passwordFlag(end + 1)
	case name == "u" || name == "user" && end-i == 2:
		return w.userFlag(stop)
	case w.next(stop) == ' ':
		if promise := secretStrength(name); promise >= tokenName {
			return max(end, w.value(stop, promise, literal))
		}
	}
	return end
}

// passwordFlags are the flags of one letter that a password follows, and the commands that have them.
var passwordFlags = [256][]string{
	'p': {"mysql", "mariadb", "sshpass", "psexec", "PsExec", "PSEXEC", "login", "7z", "mongo", "mosquitto"},
	'P': {"sqlcmd", "unzip", "zip ", "mosquitto", "bcp "},
	'a': {"redis-cli"},
	'w': {"ldapsearch", "ldapmodify", "ldapadd", "ldapwhoami", "ldappasswd"},
	'N': {"ssh-keygen"},
	'k': {"openssl"},
}

// passwordFlag takes the password that follows -p, at i.
func (w *walk) passwordFlag(i int) int {
	from, end, _ := w.valueBounds(runEnd(w.text, i, i+1, space), literal)
	if value := w.text[from:end]; isSecret(passwordName, value, literal) && (from > i || !strings.HasPrefix(value, "-")) {
		return w.addSecret(from, end)
	}
	return i
}

// userFlag takes the password of user:password, which follows -u or --user at i.
func (w *walk) userFlag(i int) int {
	t := w.text
	if c := w.next(i); c != ' ' && c != '=' {
		return i
	}
	from, end, style := w.valueBounds(i+1, literal)
	user, password, found := strings.Cut(t[from:end], ":")
	if !found || strings.HasPrefix(password, "//") {
		return i
	}
	start := from + len(user) + 1
	if password == "" && style == literal {
		start, end, _ = w.valueBounds(start, literal)
		password = t[start:end]
	}
	switch {
	case password == "" && len(user) > 8 && isCredential(user):
		return w.addSecret(from, from+len(user))
	case len(password) >= valueLeast && !isPlaceholder(password) && runEnd(password, 0, len(password), digit) < len(password):
		return w.addSecret(start, end)
	}
	return i
}

// commandBefore reports whether one of the commands stands shortly before i.
func (w *walk) commandBefore(i int, commands ...string) bool {
	before := w.before(i, 80)
	for _, c := range commands {
		if strings.Contains(before, c) {
			return true
		}
	}
	return false
}
