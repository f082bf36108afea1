package pii

// This file holds the detectors of secrets without an operator: in sentences,
// statements of SQL, Dockerfiles, cookies.

import (
	"strings"
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
	i := runEnd(w.text, start, start+nameMax, letter|foreign)
	if end := w.passwordAfterVerb(i, 0); end > 0 {
		return end
	}
	if end := w.passwordAfterWord(i); end > 0 {
		return end
	}
	// The password for the test system is …
	const between = 48
	if limit := runEnd(w.text, i, i+between, lower|upper|joiner|space); w.next(i) == ' ' && limit > i {
		if n := strings.Index(w.text[i+1:limit], " is "); n >= 0 {
			return w.passwordAfterVerb(i+1+n, 1)
		}
	}
	return 0
}

// passwordAfterVerb detects the password after a verb at i; a doubtful one only if it has more than letters.
func (w *walk) passwordAfterVerb(i int, doubt int) int {
	t := w.text
	for _, verb := range verbs {
		if !strings.HasPrefix(t[i:], verb) {
			continue
		}
		from, end, style := w.valueBounds(i+len(verb), literal)
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
	t := w.text
	open := i
	if w.next(open) == ' ' {
		open++
	}
	call := w.next(open) == '('
	if call {
		open++
	}
	switch c := w.next(open); {
	case open == i, is(c, space):
		return 0
	case is(c, quote):
		from, end, style := w.valueBounds(open, bare)
		if style == quoted && isSecret(passwordName, t[from:end], quoted) && (!call || isPassword(t[from:end], bare)) {
			return w.addSecret(from, end)
		}
	case !call && is(c, alnum):
		from, end, _ := w.valueBounds(open, literal)
		value := t[from:end]
		if isSecret(passwordName, value, literal) && (isRandomCased(value) || w.commandBefore(i, "login ")) {
			return w.addSecret(from, end)
		}
	}
	return 0
}

// identified detects the password of IDENTIFIED BY '…'. After the keyword in small
// letters, as in a sentence, a word is no password.
func (w *walk) identified(start int) int {
	i := start + len("identified")
	if !hasFold(w.text, i, " by ") {
		return 0
	}
	from, end, style := w.valueBounds(i+len(" by "), literal)
	if value := w.text[from:end]; isSecret(passwordName, value, style) && (w.text[start+1] == 'D' || isPassword(value, bare)) {
		return w.addSecret(from, end)
	}
	return 0
}

// netUser detects the password of net user name password.
func (w *walk) netUser(start int) int {
	i := start + len("net")
	if !hasFold(w.text, i, " user ") {
		return 0
	}
	i = runEnd(w.text, i+len(" user "), i+nameMax, keyChars|dot)
	if w.next(i) != ' ' {
		return 0
	}
	from, end, style := w.valueBounds(i+1, literal)
	if value := w.text[from:end]; value != "" && value[0] != '/' && isSecret(passwordName, value, style) && isPassword(value, bare) {
		return w.addSecret(from, end)
	}
	return 0
}

// dockerEnv detects the secret of ENV NAME value in a Dockerfile.
func (w *walk) dockerEnv(start int) int {
	i := start + len("env")
	if w.text[start] != 'E' || w.next(i) != ' ' {
		return 0
	}
	end := runEnd(w.text, i+1, i+1+nameMax, upper|digit|joiner)
	if w.next(end) != ' ' {
		return 0
	}
	if nameStrength := secretStrength(w.text[i+1 : end]); nameStrength >= keyName {
		return max(0, w.value(end, nameStrength, literal))
	}
	return 0
}

// cookie detects random values of cookies.
func (w *walk) cookie(start int) int {
	const cookies = 512
	t := w.text
	i := start + len("cookie")
	if start < w.cookieEnd {
		return 0
	}
	if w.next(i) == '"' {
		i++
	}
	if w.next(i) != ':' {
		return 0
	}
	limit := min(len(t), i+cookies)
	for i < limit {
		name := runEnd(t, i+1, limit, keyChars|dot|space|oddKey)
		if w.next(name) != '=' {
			break
		}
		end := runEnd(t, name+1, name+1+cookies, anyKey|tilde|oddKey|colon)
		w.cookieEnd = end
		if value := t[name+1 : end]; len(value) >= 12 && !isPlaceholder(value) && (shapeOf(value).random() || isGibberish(value, oneInThree)) {
			w.addSecret(name+1, end)
		}
		if i = end; w.next(i) != ';' {
			break
		}
	}
	return 0
}

// pin detects the digits of "the PIN is 4821", "verification code: 482915".
func (w *walk) pin(start int) int {
	t := w.text
	i := runEnd(t, start, start+8, letter)
	if i-start == len("code") && !hasFold(t, start-len("verification "), "verification ") {
		return 0
	}
	for _, verb := range [...]string{" is ", ": ", " is: ", " was "} {
		if !strings.HasPrefix(t[i:], verb) {
			continue
		}
		from := i + len(verb)
		if end := runEnd(t, from, from+9, digit); end-from >= 4 && end-from <= 8 && !is(w.next(end), alnum|joiner) {
			return w.addSecret(from, end)
		}
	}
	return 0
}

// seed detects the words of a wallet: twelve to twenty-four small words after "mnemonic" or "seed phrase".
func (w *walk) seed(start int) int {
	t := w.text
	i := runEnd(t, start, start+8, letter)
	if i-start == len("phrase") && !w.commandBefore(start, "seed", "Seed", "recovery", "Recovery") {
		return 0
	}
	from := i
	for limit := i + 8; from < min(len(t), limit) && !is(t[from], lower); from++ {
	}
	words, end := 0, from
	for words < 24 {
		stop := runEnd(t, end, end+9, lower)
		if n := stop - end; n < 3 || n > 8 {
			break
		}
		words++
		i, end = stop, stop+1
		if w.next(stop) != ' ' {
			break
		}
	}
	if words < 12 || is(w.next(i), alnum) {
		return 0
	}
	return w.addSecret(from, i)
}

// dollar detects the hash of a password that starts with the dollar sign at i, as in /etc/shadow: $6$…
func (w *walk) dollar(i int) int {
	t := w.text
	kind := runEnd(t, i+1, i+1+10, lower|digit)
	if i < w.cookieEnd || kind == i+1 || w.next(kind) != '$' || !crypts[t[i+1:kind]] {
		return i + 1
	}
	end := runEnd(t, kind+1, kind+1+256, anyKey|oddKey)
	w.cookieEnd = end
	if end-kind < 20 || !hasAnyDigit(t[kind+1:end]) {
		return i + 1
	}
	return max(i+1, w.addSpan(secret, rankStructural, i, end))
}

// crypts are the identifiers of password hashes.
var crypts = wordSet("1 2 2a 2b 2x 2y 5 6 7 y gy apr1 md5 sha1 argon2i argon2d argon2id scrypt bcrypt")
