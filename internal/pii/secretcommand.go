package pii

// This file holds the detectors of secrets in commands, headers, calls and markup.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// schemes are the words before the credentials in an Authorization header.
var schemes = []string{"bearer", "basic", "token", "apikey", "bot", "negotiate", "digest"}

// schemeMost is more than the length of a scheme and the spaces after it.
const schemeMost = 16

// schemeEnd returns where the credentials after an authorization scheme start, 0 if there is none.
func schemeEnd(value string) int {
	for _, s := range schemes {
		if text.HasFold(value, 0, s) && len(value) > len(s)+1 && value[len(s)] == ' ' {
			return text.RunEnd(value, len(s), len(s)+4, text.Space)
		}
	}
	return 0
}

// scheme detects the credentials after "Bearer" or "Basic".
func (w *walk) scheme(start int) int {
	at := schemeEnd(w.Text[start:min(len(w.Text), start+16)])
	if at == 0 {
		return 0
	}
	at += start
	end := text.RunEnd(w.Text, at, at+valueMost, anyKey|text.Tilde)
	value := strings.TrimRight(w.Text[at:end], ".")
	if len(value) < 12 || isPlaceholder(value) || !text.ShapeOf(value).Random() {
		return 0
	}
	return w.addSecret(at, at+len(value))
}

// dash detects the armour of a private key or a flag of a command that starts with the dashes at i.
func (w *walk) dash(i int) int {
	end := i + 1
	for end < len(w.Text) && w.Text[end] == '-' {
		end++
	}
	switch n := end - i; {
	case n < 3:
		return max(end, w.flag(i, end))
	case n == 3:
		return end
	}
	return max(end, w.accept(detect.PrivateKey(&w.Reader, i)))
}

// flag detects a secret as the argument of the flag of a command that starts with the
// dashes [i, end), and returns where the walk continues.
func (w *walk) flag(i, end int) int {
	t := w.Text
	if p := w.Previous(i); p != 0 && !text.Is(p, text.Space) && !text.Is(p, text.Quote) {
		return end
	}
	stop := text.RunEnd(t, end, end+nameMax, text.Alnum|text.Joiner)
	name := t[end:stop]
	var commands []string
	if end-i == 1 && name != "" && (len(name) == 1 || name[0] == 'p') {
		commands = passwordFlags[name[0]]
	}
	switch {
	case len(commands) > 0 && w.commandBefore(i, commands...):
		return w.passwordFlag(end + 1)
	case name == "u" || name == "user" && end-i == 2:
		return w.userFlag(stop)
	case w.Next(stop) == ' ':
		if nameStrength := secretStrength(name); nameStrength >= tokenName {
			return max(end, w.value(stop, nameStrength, unquoted))
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

// passwordFlag detects the password that follows -p, at i.
func (w *walk) passwordFlag(i int) int {
	from, end, _ := w.valueBounds(text.RunEnd(w.Text, i, i+1, text.Space), unquoted)
	if value := w.Text[from:end]; isSecret(passwordName, value, unquoted) && (from > i || !strings.HasPrefix(value, "-")) {
		return w.addSecret(from, end)
	}
	return i
}

// userFlag detects the password of user:password, which follows -u or --user at i.
func (w *walk) userFlag(i int) int {
	t := w.Text
	if c := w.Next(i); c != ' ' && c != '=' {
		return i
	}
	from, end, style := w.valueBounds(i+1, unquoted)
	user, password, found := strings.Cut(t[from:end], ":")
	if !found || strings.HasPrefix(password, "//") {
		return i
	}
	start := from + len(user) + 1
	if password == "" && style == unquoted {
		start, end, _ = w.valueBounds(start, unquoted)
		password = t[start:end]
	}
	switch {
	case password == "" && len(user) > 8 && isCredential(user):
		return w.addSecret(from, from+len(user))
	case len(password) >= valueLeast && !isPlaceholder(password) && text.RunEnd(password, 0, len(password), text.Digit) < len(password):
		return w.addSecret(start, end)
	}
	return i
}

// commandBefore reports whether one of the commands is shortly before i.
func (w *walk) commandBefore(i int, commands ...string) bool {
	before := span.Before(w.Text, i, 80)
	for _, c := range commands {
		if strings.Contains(before, c) {
			return true
		}
	}
	return false
}

// callWords are the functions, in small letters, whose last argument is a password
// or a token. They start with letters that other words that announce something start with too.
var callWords = []keyword{
	{"setpassword", (*walk).lastArgument},
	{"setpasswd", (*walk).lastArgument},
	{"withpassword", (*walk).lastArgument},
	{"setsecret", (*walk).lastArgument},
	{"setsecretkey", (*walk).lastArgument},
	{"setclientsecret", (*walk).lastArgument},
	{"settoken", (*walk).lastArgument},
	{"withtoken", (*walk).lastArgument},
	{"setaccesstoken", (*walk).lastArgument},
	{"setauthtoken", (*walk).lastArgument},
	{"setapikey", (*walk).lastArgument},
	{"withapikey", (*walk).lastArgument},
	{"credentials", (*walk).lastArgument},
	{"withcredentials", (*walk).lastArgument},
	{"networkcredential", (*walk).lastArgument},
	{"basicawscredentials", (*walk).lastArgument},
	{"basicauth", (*walk).lastArgument},
	{"setbasicauth", (*walk).lastArgument},
	{"mysqli", (*walk).lastArgument},
}

// lastArgument detects a secret as the last argument of a call whose arguments are all in quotes. A word is one only after other arguments.
func (w *walk) lastArgument(start int) int {
	const arguments, longest = 4, 128
	t := w.Text
	comma := text.RunEnd(t, start, start+nameMax, text.Alnum)
	if w.Next(comma) != '(' {
		return 0
	}
	from, end, n := 0, 0, 0
	for ; n < arguments && (n == 0 || w.Next(comma) == ','); n++ {
		a, b, style := w.valueBounds(text.RunEnd(t, comma+1, comma+1+maxSpaces, text.Space), bare)
		if style != quoted || b-a > longest {
			break
		}
		from, end = a, b
		for comma = b; comma < min(len(t), b+maxBackslashes) && t[comma] == '\\'; comma++ {
		}
		comma++ // the quote
	}
	value := t[from:end]
	if n == 0 || !isSecret(passwordName, value, quoted) || n == 1 && !isPassword(value, bare) {
		return 0
	}
	return w.addSecret(from, end)
}

// comma detects a secret as the second argument of a call, after its name in quotes: setProperty("API_KEY", "…").
func (w *walk) comma(i int) int {
	end := i
	for end > max(0, i-4) && w.Text[end-1] == ' ' {
		end--
	}
	if end == 0 || !text.Is(w.Text[end-1], text.Quote) {
		return i + 1
	}
	name, start := w.nameBefore(end)
	nameStrength := secretStrength(name)
	next := text.RunEnd(w.Text, i+1, i+4, text.Space)
	if nameStrength == noSecret || !text.Is(w.Next(next), text.Quote) && w.Next(next) != '\\' {
		return i + 1
	}
	isField := w.Previous(start) == '#' // of a page: fill('#password', '…')
	for start > 0 && (text.Is(w.Text[start-1], text.Quote) || w.Text[start-1] == '\\' || isField && w.Text[start-1] == '#') {
		start--
	}
	isWord := !isField && text.RunEnd(name, 0, len(name), text.Lower) == len(name) // "pass" is an argument rather than a name
	if isWord {
		nameStrength = min(nameStrength, tokenName)
	}
	if w.Previous(start) != '(' { // a list of words, more likely
		if from, end, _ := w.valueBounds(next, bare); nameStrength == passwordName && !isPassword(w.Text[from:end], bare) {
			return i + 1
		}
	}
	return max(i+1, w.value(i+1, nameStrength, bare))
}

// greater detects a secret after the end of a tag at i: after
// <password>, after <entry key="password">, after <key>password</key><string>.
func (w *walk) greater(i int) int {
	if i < w.operatorEnd || i < w.secretEnd {
		return i + 1
	}
	t := w.Text
	start := text.RunStart(t, i, i-nameMax, text.KeyChars)
	switch before := w.Previous(start); {
	case start == i && text.Is(before, text.Quote):
		name, _ := w.nameBefore(i)
		return w.tagged(i, secretStrength(name), bare)
	case start < i && before == '<':
		return w.tagged(i, secretStrength(t[start:i]), quoted)
	case start < i && before == '/' && w.Previous(start-1) == '<':
		name, _ := w.nameBefore(start - 2)
		nameStrength := secretStrength(name)
		if nameStrength == noSecret {
			return i + 1
		}
		open := text.RunEnd(t, i+1, i+1+maxSpaces, text.Space)
		if end := text.RunEnd(t, open+1, open+1+nameMax, text.Alnum); w.Next(open) == '<' && w.Next(end) == '>' {
			return w.tagged(end, nameStrength, quoted)
		}
	}
	return i + 1
}

// tagged detects a secret between the end of a tag at i and the next tag.
func (w *walk) tagged(i int, nameStrength strength, style valueStyle) int {
	if nameStrength == noSecret || i+1 >= len(w.Text) {
		return i + 1
	}
	n := strings.IndexByte(w.Text[i+1:min(len(w.Text), i+1+valueMost)], '<')
	if n < 0 {
		return i + 1
	}
	value := w.Text[i+1 : i+1+n]
	trimmed := strings.TrimSpace(value)
	if !isSecret(nameStrength, trimmed, style) {
		return i + 1
	}
	at := i + 1 + strings.Index(value, trimmed)
	return w.addSecret(at, at+len(trimmed))
}

// flagMax bounds the name of a flag.
const flagMax = 64

// Flag returns the name of a command's flag that an argument is, such as
// "password" for "--password", "" if it is none. The argument after it is found
// under that key, since a list of arguments has no other context.
func Flag(argument string) string {
	name := strings.TrimLeft(argument, "-")
	dashes := len(argument) - len(name)
	if dashes < 1 || dashes > 2 || name == "" || len(name) > flagMax || text.RunEnd(name, 0, len(name), text.KeyChars) != len(name) {
		return ""
	}
	return name
}
