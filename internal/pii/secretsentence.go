package pii

// This file holds the detectors of secrets without an operator: in sentences,
// statements of SQL, Dockerfiles, cookies.

import (
	"strings"
)

// sentenceWords are the words that a secret may follow, and how.
var sentenceWords = []keyword{
	{"password", (*walk).told},
	{"passwords", (*walk).told},
	{"passphrase", (*walk).told},
	{"passwd", (*walk).told},
	{"passcode", (*walk).told},
	{"passwort", (*walk).told},
	{"kennwort", (*walk).told},
	{"passe", (*walk).told},    // mot de passe
	{"contrase", (*walk).told}, // contraseña
	{"senha", (*walk).told},
	{"wachtwoord", (*walk).told},
	{"storepassword", (*walk).told},
	{"keypassword", (*walk).told},
	{"identified", (*walk).identified},
	{"securestring", (*walk).told}, // ConvertTo-SecureString
	{"net", (*walk).netUser},
	{"env", (*walk).dockerEnv},
	{"cookie", (*walk).cookie},
	{"pin", (*walk).pin},
	{"code", (*walk).pin},
	{"mnemonic", (*walk).seed},
	{"phrase", (*walk).seed},
}

// verbs are what stands between the word password and the password in a sentence.
var verbs = []string{
	" is ", " was ", " is: ", " to ", " set to ", " is now ", " changed to ", " should be ", " will be ", " = ",
	" ist ", " lautet ", " lautete ", " est ", " es ", " é ", " è ", " fue ", " war ",
}

// told takes a password that a sentence tells, "the password was …", or that
// stands behind the word in quotes.
func (w *walk) told(start int) int {
	i := runEnd(w.text, start, start+nameMax, letter|foreign)
	if end := w.toldBy(i, 0); end > 0 {
		return end
	}
	if end := w.behindWord(i); end > 0 {
		return end
	}
	// The password for the test system is …
	const between = 48
	if limit := runEnd(w.text, i, i+between, lower|upper|joiner|space); w.next(i) == ' ' && limit > i {
		if n := strings.Index(w.text[i+1:limit], " is "); n >= 0 {
			return w.toldBy(i+1+n, 1)
		}
	}
	return 0
}

// toldBy takes the password behind a verb at i; a doubtful one only if it mixes more than letters.
func (w *walk) toldBy(i int, doubt int) int {
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

// behindWord takes a password in quotes, perhaps in parentheses, behind the word
// that ends at i; and one without, in a file of the netrc kind.
func (w *walk) behindWord(i int) int {
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

// identified takes the password of IDENTIFIED BY '…'; in small letters, as in a
// sentence, it may not be a word.
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

// netUser takes the password of net user name password.
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

// dockerEnv takes the value of ENV NAME value in a Dockerfile.
func (w *walk) dockerEnv(start int) int {
	i := start + len("env")
	if w.text[start] != 'E' || w.next(i) != ' ' {
		return 0
	}
	end := runEnd(w.text, i+1, i+1+nameMax, upper|digit|joiner)
	if w.next(end) != ' ' {
		return 0
	}
	if promise := secretStrength(w.text[i+1 : end]); promise >= keyName {
		return max(0, w.value(end, promise, literal))
	}
	return 0
}

// cookie takes the values of cookies, where they are drawn at random.
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

// pin takes the digits of "the PIN is 4821", "verification code: 482915".
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

// seed takes the words of a wallet: twelve to twenty-four small words behind "mnemonic" or "seed phrase".
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

// dollar looks at the dollar sign that starts the hash of a password, as in /etc/shadow: $6$…
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

// crypts are the names of the ways to hash a password.
var crypts = wordSet("1 2 2a 2b 2x 2y 5 6 7 y gy apr1 md5 sha1 argon2i argon2d argon2id scrypt bcrypt")
