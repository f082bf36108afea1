package pii

// This file holds the detectors of secrets without an operator: in sentences,
// statements of SQL, Dockerfiles, cookies.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// sentenceWords are the keywords before a secret in a sentence, a command or a statement.
var sentenceWords = []keyword{
	{"password", (*walk).passwordInSentence},
	{"passwords", (*walk).passwordInSentence},
	{"passphrase", (*walk).passwordInSentence},
	{"passwd", (*walk).passwordInSentence},
	{"passcode", (*walk).passwordInSentence},
	{"passwort", (*walk).passwordInSentence},
	{"kennwort", (*walk).passwordInSentence},
	{"passe", (*walk).passwordInSentence},    // mot de passe
	{"contrase", (*walk).passwordInSentence}, // contraseña
	{"senha", (*walk).passwordInSentence},
	{"wachtwoord", (*walk).passwordInSentence},
	{"storepassword", (*walk).passwordInSentence},
	{"keypassword", (*walk).passwordInSentence},
	{"identified", (*walk).identified},
	{"securestring", (*walk).passwordInSentence}, // ConvertTo-SecureString
	{"net", (*walk).netUser},
	{"env", (*walk).dockerEnv},
	{"cookie", (*walk).cookie},
	{"pin", (*walk).pin},
	{"code", (*walk).pin},
	{"mnemonic", (*walk).seed},
	{"phrase", (*walk).seed},
}

// verbs are the texts between the word password and the password in a sentence.
var verbs = []string{
	" is ", " was ", " is: ", " to ", " set to ", " is now ", " changed to ", " should be ", " will be ", " = ",
	" ist ", " lautet ", " lautete ", " est ", " es ", " é ", " è ", " fue ", " war ",
}

// passwordInSentence detects a password in a sentence, "the password was …", or in quotes
// after the word.
func (w *walk) passwordInSentence(start int) int {
	i := text.RunEnd(w.Text, start, start+nameMax, text.Letter|text.Foreign)
	if end := w.passwordAfterVerb(i, 0); end > 0 {
		return end
	}
	if end := w.passwordAfterWord(i); end > 0 {
		return end
	}
	// The password for the test system is …
	const between = 48
	if limit := text.RunEnd(w.Text, i, i+between, text.Lower|text.Upper|text.Joiner|text.Space); w.Next(i) == ' ' && limit > i {
		if n := strings.Index(w.Text[i+1:limit], " is "); n >= 0 {
			return w.passwordAfterVerb(i+1+n, 1)
		}
	}
	return 0
}

// passwordAfterVerb detects the password after a verb at i; a doubtful one only if it has more than letters.
func (w *walk) passwordAfterVerb(i int, doubt int) int {
	t := w.Text
	for _, verb := range verbs {
		if !strings.HasPrefix(t[i:], verb) {
			continue
		}
		from, end, style := w.valueBounds(i+len(verb), unquoted)
		value := t[from:end]
		if isSecret(passwordName, value, style) && (style == quoted || isPassword(value, bare)) && (doubt == 0 || !isWords(value)) {
			return w.addSecret(from, end)
		}
	}
	return 0
}

// passwordAfterWord detects a password in quotes, possibly in parentheses, after the word
// that ends at i, or one without quotes as in .netrc.
func (w *walk) passwordAfterWord(i int) int {
	t := w.Text
	open := i
	if w.Next(open) == ' ' {
		open++
	}
	call := w.Next(open) == '('
	if call {
		open++
	}
	switch c := w.Next(open); {
	case open == i, text.Is(c, text.Space):
		return 0
	case text.Is(c, text.Quote):
		from, end, style := w.valueBounds(open, bare)
		if style == quoted && isSecret(passwordName, t[from:end], quoted) && (!call || isPassword(t[from:end], bare)) {
			return w.addSecret(from, end)
		}
	case !call && text.Is(c, text.Alnum):
		from, end, _ := w.valueBounds(open, unquoted)
		value := t[from:end]
		if isSecret(passwordName, value, unquoted) && (text.IsRandomCased(value) || w.commandBefore(i, "login ")) {
			return w.addSecret(from, end)
		}
	}
	return 0
}

// identified detects the password of IDENTIFIED BY '…'. After the keyword in small
// letters, as in a sentence, a word is no password.
func (w *walk) identified(start int) int {
	i := start + len("identified")
	if !text.HasFold(w.Text, i, " by ") {
		return 0
	}
	from, end, style := w.valueBounds(i+len(" by "), unquoted)
	if value := w.Text[from:end]; isSecret(passwordName, value, style) && (w.Text[start+1] == 'D' || isPassword(value, bare)) {
		return w.addSecret(from, end)
	}
	return 0
}

// netUser detects the password of net user name password.
func (w *walk) netUser(start int) int {
	i := start + len("net")
	if !text.HasFold(w.Text, i, " user ") {
		return 0
	}
	i = text.RunEnd(w.Text, i+len(" user "), i+nameMax, text.KeyChars|text.Dot)
	if w.Next(i) != ' ' {
		return 0
	}
	from, end, style := w.valueBounds(i+1, unquoted)
	if value := w.Text[from:end]; value != "" && value[0] != '/' && isSecret(passwordName, value, style) && isPassword(value, bare) {
		return w.addSecret(from, end)
	}
	return 0
}

// dockerEnv detects the secret of ENV NAME value in a Dockerfile.
func (w *walk) dockerEnv(start int) int {
	i := start + len("env")
	if w.Text[start] != 'E' || w.Next(i) != ' ' {
		return 0
	}
	end := text.RunEnd(w.Text, i+1, i+1+nameMax, text.Upper|text.Digit|text.Joiner)
	if w.Next(end) != ' ' {
		return 0
	}
	if nameStrength := secretStrength(w.Text[i+1 : end]); nameStrength >= keyName {
		return max(0, w.value(end, nameStrength, unquoted))
	}
	return 0
}

// cookie detects random values of cookies.
func (w *walk) cookie(start int) int {
	const cookies = 512
	t := w.Text
	i := start + len("cookie")
	if start < w.cookieEnd {
		return 0
	}
	if w.Next(i) == '"' {
		i++
	}
	if w.Next(i) != ':' {
		return 0
	}
	limit := min(len(t), i+cookies)
	for i < limit {
		name := text.RunEnd(t, i+1, limit, text.KeyChars|text.Dot|text.Space|text.OddKey)
		if w.Next(name) != '=' {
			break
		}
		end := text.RunEnd(t, name+1, name+1+cookies, anyKey|text.Tilde|text.OddKey|text.Colon)
		w.cookieEnd = end
		if value := t[name+1 : end]; len(value) >= 12 && !isPlaceholder(value) && (text.ShapeOf(value).Random() || text.IsGibberish(value, text.OneInThree)) {
			w.addSecret(name+1, end)
		}
		if i = end; w.Next(i) != ';' {
			break
		}
	}
	return 0
}

// pin detects the digits of "the PIN is 4821", "verification code: 482915".
func (w *walk) pin(start int) int {
	t := w.Text
	i := text.RunEnd(t, start, start+8, text.Letter)
	if i-start == len("code") && !text.HasFold(t, start-len("verification "), "verification ") {
		return 0
	}
	for _, verb := range [...]string{" is ", ": ", " is: ", " was "} {
		if !strings.HasPrefix(t[i:], verb) {
			continue
		}
		from := i + len(verb)
		if end := text.RunEnd(t, from, from+9, text.Digit); end-from >= 4 && end-from <= 8 && !text.Is(w.Next(end), text.Alnum|text.Joiner) {
			return w.addSecret(from, end)
		}
	}
	return 0
}

// seed detects the words of a wallet: twelve to twenty-four small words after "mnemonic" or "seed phrase".
func (w *walk) seed(start int) int {
	t := w.Text
	i := text.RunEnd(t, start, start+8, text.Letter)
	if i-start == len("phrase") && !w.commandBefore(start, "seed", "Seed", "recovery", "Recovery") {
		return 0
	}
	from := i
	for limit := i + 8; from < min(len(t), limit) && !text.Is(t[from], text.Lower); from++ {
	}
	words, end := 0, from
	for words < 24 {
		stop := text.RunEnd(t, end, end+9, text.Lower)
		if n := stop - end; n < 3 || n > 8 {
			break
		}
		words++
		i, end = stop, stop+1
		if w.Next(stop) != ' ' {
			break
		}
	}
	if words < 12 || text.Is(w.Next(i), text.Alnum) {
		return 0
	}
	return w.addSecret(from, i)
}

// dollar detects the hash of a password that starts with the dollar sign at i, as in /etc/shadow: $6$…
func (w *walk) dollar(i int) int {
	t := w.Text
	kind := text.RunEnd(t, i+1, i+1+10, text.Lower|text.Digit)
	if i < w.cookieEnd || kind == i+1 || w.Next(kind) != '$' || !crypts[t[i+1:kind]] {
		return i + 1
	}
	end := text.RunEnd(t, kind+1, kind+1+256, anyKey|text.OddKey)
	w.cookieEnd = end
	if end-kind < 20 || !text.HasAnyDigit(t[kind+1:end]) {
		return i + 1
	}
	return max(i+1, w.addSpan(span.Secret, span.Structural, i, end))
}

// crypts are the identifiers of password hashes.
var crypts = wordSet("1 2 2a 2b 2x 2y 5 6 7 y gy apr1 md5 sha1 argon2i argon2d argon2id scrypt bcrypt")
