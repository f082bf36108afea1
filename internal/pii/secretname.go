package pii

// This file holds the names of secrets and how they are read.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// nameBefore returns the name that ends before i, quotes and what parts them left out, and where it starts.
func (w *walk) nameBefore(i int) (string, int) {
	t := w.Text
	limit := i - maxSpaces
	for i > max(0, limit) && (t[i-1] == ' ' || t[i-1] == '?' || t[i-1] == '.' || t[i-1] == '|' || t[i-1] == ':' || t[i-1] == ']') {
		i--
	}
	if i > 0 && text.Is(t[i-1], text.Quote) && t[i-1] != '`' {
		i--
		for i > max(0, limit-maxBackslashes) && t[i-1] == '\\' {
			i--
		}
	}
	if i < 2 || !text.Is(t[i-1], text.Alnum) {
		return "", i
	}
	end := i
	for digits := 0; digits < 4 && i > 0 && text.Is(t[i-1], text.Digit|text.Joiner); digits++ {
		i--
	}
	if i < 2 || !endsLikeName(t, i) {
		return "", i
	}
	start := end
	for start > max(0, end-nameMax) && (text.Is(t[start-1], text.Alnum|text.Joiner|text.Dot|text.Foreign) || t[start-1] == ' ' && start > 1 && text.Is(t[start-2], text.Alnum)) {
		start--
	}
	if start > 0 && t[start-1] == '\\' && start < end && text.IsEscape[t[start]] {
		start++
	}
	return t[start:end], start
}

// maxSpaces bounds the space between a name, an operator and a value.
const maxSpaces = 16

// namedByPrevious returns the name before another name that starts at start and is only a
// type, as in var token string = "…", or a word such as value, as in
// <add key="ClientSecret" value="…"/>.
func (w *walk) namedByPrevious(name string, start int) string {
	switch {
	case strings.HasSuffix(name, "string"), strings.HasSuffix(name, "String"), strings.HasSuffix(name, "str"):
		named, _ := w.nameBefore(start)
		return named
	case text.HasFold(name, len(name)-len("value"), "value"):
		if named, _ := w.nameBefore(start); named != "" {
			return named
		}
		return w.nameOnLineBefore(start)
	case text.EqualFold(name, "default"):
		return w.variable(start)
	}
	return ""
}

// nameOnLineBefore returns the name on the previous line: name: DB_PASSWORD, then value: ….
func (w *walk) nameOnLineBefore(start int) string {
	const indent = 40
	t := w.Text
	i := start
	for limit := i - indent; i > 0 && i > limit; i-- {
		escaped := i > 1 && t[i-2] == '\\' && text.IsEscape[t[i-1]]
		if escaped {
			i--
		} else if !text.Is(t[i-1], text.Space) && !text.Is(t[i-1], text.Quote) && t[i-1] != ',' && t[i-1] != '\\' {
			break
		}
	}
	name, _ := w.nameBefore(i)
	return name
}

// variable returns the name of the Terraform variable whose block contains start.
func (w *walk) variable(start int) string {
	const block = 160
	from := max(0, start-block)
	n := strings.LastIndex(w.Text[from:start], "variable ")
	if n < 0 {
		return ""
	}
	i := from + n + len("variable ")
	for i < start && !text.Is(w.Text[i], text.Letter) {
		i++
	}
	end := text.RunEnd(w.Text, i, i+nameMax, text.KeyChars)
	return w.Text[i:min(end, start)]
}

// A strength is how strongly a name indicates that its value is a secret.
type strength uint8

const (
	noSecret     strength = iota
	plainKey              // a key of anything; the value has to be quite random
	pinName               // some digits
	keyName               // the name of some key; the value has to look random
	tokenName             // an access token or the like: not a word, not a number
	passwordName          // a password: it can be anything
)

// secretNames are the names of secrets, their words put together in small letters.
var secretNames = map[string]strength{
	"password": passwordName, "passwd": passwordName, "pwd": passwordName, "psw": passwordName,
	"pass": passwordName, "passphrase": passwordName, "passcode": passwordName, "userpass": passwordName, "dbpass": passwordName,

	"secret": tokenName, "token": tokenName, "credential": tokenName, "credentials": tokenName, "cred": tokenName,
	"creds": tokenName, "auth": tokenName, "authorization": tokenName, "bearer": tokenName, "jwt": tokenName,
	"apikey": tokenName, "accesskey": tokenName, "secretkey": tokenName, "privatekey": tokenName, "authkey": tokenName,
	"encryptionkey": tokenName, "signingkey": tokenName, "masterkey": tokenName, "accountkey": tokenName,
	"sharedkey": tokenName, "licensekey": tokenName, "subscriptionkey": tokenName, "servicekey": tokenName,
	"clientkey": tokenName, "deploykey": tokenName, "apisecret": tokenName, "appsecret": tokenName,
	"authtoken": tokenName, "sessiontoken": tokenName, "csrftoken": tokenName, "sessioncookie": tokenName,
	"secretaccesskey": tokenName, "sharedaccesskey": tokenName, "sharedaccesssignature": tokenName, "streamkey": tokenName,

	"passphrases": passwordName, "passwords": passwordName, "passkey": passwordName, "pw": passwordName,
	"smtppass": passwordName, "mailpass": passwordName, "ftppass": passwordName, "sshpass": passwordName, "adminpass": passwordName,
	"rootpass": passwordName, "authpass": passwordName, "mysqlpass": passwordName, "redispass": passwordName, "passin": passwordName,
	"passout": passwordName, "passwrd": passwordName, "bindpw": passwordName, "adminpw": passwordName, "rootpw": passwordName,
	"dbpw": passwordName, "userpw": passwordName, "psk": passwordName, "requirepass": passwordName, "masterauth": passwordName,
	"pepper": tokenName,

	"userpassword": passwordName, "rootpassword": passwordName,

	"passwort": passwordName, "kennwort": passwordName, "motdepasse": passwordName, "mdp": passwordName, "contrasea": passwordName,
	"clave": passwordName, "senha": passwordName, "wachtwoord": passwordName, "haslo": passwordName, "parola": passwordName,

	"pin": pinName, "pincode": pinName, "otp": pinName, "totp": pinName, "cvv": pinName, "cvc": pinName, "verificationcode": pinName,

	"pat": tokenName, "sessid": tokenName, "phpsessid": tokenName, "jsessionid": tokenName, "jwttoken": tokenName,
	"seckey": tokenName, "privkey": tokenName, "hmackey": tokenName, "aeskey": tokenName, "cryptokey": tokenName,
	"webhooksecret": tokenName, "clientsecret": tokenName, "consumersecret": tokenName, "connectionkey": tokenName,

	"key": keyName, "sig": keyName, "signature": keyName, "salt": keyName,
}

// secretEndings are those that are a secret's also at the end of a longer word, as in PGPASSWORD.
var secretEndings = []string{"password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "accesskey", "secretkey", "key"}

// qualifiers may follow the name of a secret without changing what it is.
var qualifiers = map[string]bool{
	"value": true, "string": true, "str": true, "text": true, "raw": true, "plain": true, "plaintext": true, "prod": true,
	"production": true, "dev": true, "test": true, "staging": true, "live": true, "new": true, "old": true, "current": true,
	"default": true, "env": true, "base64": true, "b64": true, "header": true, "base": true,
}

// harmlessWords are those that make a key or a token one that is no secret.
var harmlessWords = map[string]bool{
	"public": true, "pub": true, "cache": true, "primary": true, "foreign": true, "partition": true, "sort": true,
	"bucket": true, "page": true, "next": true, "continuation": true, "max": true, "min": true, "num": true, "pad": true,
	"eos": true, "bos": true, "unk": true, "sep": true, "cls": true, "mask": true, "special": true, "stop": true,
	"idempotency": true, "object": true, "row": true, "dict": true, "map": true, "lookup": true, "index": true, "sync": true,
	"resume": true, "hot": true, "registry": true, "translation": true, "label": true, "field": true, "react": true,
	"group": true, "dedupe": true, "dedup": true, "no": true, "input": true, "output": true, "host": true,
	"sha": true, "sha1": true, "sha256": true, "sha512": true, "md5": true, "hash": true, "digest": true,
	"metadata": true, "pagination": true, "marker": true, "checksum": true, "commit": true, "integrity": true, "git": true,
}

// nameMax bounds the name of a value, in bytes and in words.
const (
	nameMax  = 64
	wordsMax = 12
)

// namesOfSecrets returns all names and qualifiers, as far as they end with a letter.
func namesOfSecrets() (words []string) {
	words = append(words, secretEndings...)
	for name := range secretNames {
		words = append(words, name)
	}
	for word := range qualifiers {
		if text.Is(word[len(word)-1], text.Letter) {
			words = append(words, word)
		}
	}
	return words
}

// A name is the words of an identifier such as AWS_SECRET_ACCESS_KEY, apiKey or
// "api key", in small letters and without what parts them.
type name struct {
	text  [nameMax]byte
	ends  [wordsMax]int
	words int
}

// nameOf splits an identifier. Digits at its end do not count.
func nameOf(ident string) (n name) {
	for len(ident) > 0 && !text.Is(ident[len(ident)-1], text.Letter) {
		ident = ident[:len(ident)-1]
	}
	ident = ident[max(0, len(ident)-nameMax):]
	size := 0
	for i := 0; i < len(ident) && n.words < wordsMax; {
		if !text.Is(ident[i], text.Alnum) {
			i++
			continue
		}
		start := i
		for i++; i < len(ident) && text.Is(ident[i], text.Alnum); i++ {
			if text.Is(ident[i], text.Upper) && (text.Is(ident[i-1], text.Lower) || i+1 < len(ident) && text.Is(ident[i+1], text.Lower) && text.Is(ident[i-1], text.Upper)) {
				break
			}
		}
		for _, c := range []byte(ident[start:i]) {
			n.text[size] = text.ToLower(c)
			size++
		}
		n.ends[n.words] = size
		n.words++
	}
	return n
}

// last returns the last k words as one, up to the word end.
func (n *name) last(k, end int) []byte {
	from := 0
	if end > k {
		from = n.ends[end-k-1]
	}
	return n.text[from:n.ends[end-1]]
}

// secretStrength returns the strength of a name.
func secretStrength(ident string) strength {
	for len(ident) > 0 && !text.Is(ident[len(ident)-1], text.Letter) {
		ident = ident[:len(ident)-1]
	}
	if len(ident) < 2 || !endsLikeName(ident, len(ident)) {
		return noSecret
	}
	n := nameOf(ident)
	end := n.words
	for end > 1 && qualifiers[string(n.last(1, end))] {
		end--
	}
	if end == 0 {
		return noSecret
	}
	found := noSecret
	for k := 1; k <= min(3, end); k++ {
		found = max(found, secretNames[string(n.last(k, end))])
	}
	if found == noSecret {
		word := string(n.last(1, end))
		for _, ending := range secretEndings {
			if strings.HasSuffix(word, ending) {
				found = secretNames[ending]
				break
			}
		}
	}
	if found == passwordName || found == noSecret {
		return found
	}
	if found == keyName && end == 1 {
		found = plainKey
	}
	for k := max(0, end-4); k < end; k++ {
		word := n.last(1, k+1)
		if harmlessWords[string(word)] {
			return noSecret
		}
		if found == keyName && token.IsVendor(word) {
			found = tokenName
		}
	}
	return found
}
