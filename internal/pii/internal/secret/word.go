package secret

import (
	"maps"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Word is a word that may begin a link, and its detector: it takes the place of the
// word, [start, end), and returns where the search continues, 0 if it found nothing.
type Word struct {
	Word string // in small letters
	At   func(r *Reader, start, end int) int
	// After are the bytes of which one follows the word; without any, all but a letter or a digit may.
	After string
}

// Words returns the words of all links.
func Words() (all []Word) {
	for _, link := range [...]struct {
		words, after string
		at           func(r *Reader, start, end int) int
	}{
		{sentenceNouns, afterNouns, noun},
		{loginWords, " :`*\"'(", login},
		{strings.Join(callWords, " "), "(", lastArgument},
		{strings.Join(fillWords, " "), " (", typed},
		{"echo printf yes write-output write-host", " ", echo},
		{"cat tee", " <", catDocument},
		{"login", " '\"", loginDialog},
		{"pass", " ", passDialog},
		{"auth authenticate", " ", authDialog},
		{"ugfzc3dvcmq6", "\r\n\\", promptDialog},
		{"setuser", " \"'\\", aclDialog},
		{"user", " ", consoleUser},
		{"key", " ", serverKey},
		{"jsonencode", "(", encodedObject},
		{"getupdates getme sendmessage setwebhook getwebhookinfo senddocument sendphoto getfile", "", botMethod},
		{"psk eap xauth ntlm rsa ecdsa p12 pin", " ", tunnelKey},
		{"userid", "=", userID},
		{"sha md5 sha256 sha512", " ", agentKeys},
		{"input", " ", enteredCells},
		{"chpasswd", ":", accountList},
		{strings.Join(placeNames(), " "), "( ", placedArgument},
		{"exec execute", " ", procedure},
		{"true false", "\t", cookieFile},
		{"secretgenerator", ":", generatedSecret},
		{"data binary_data string_data", " =", terraformObject},
		{"private", "-", privatePath},
		{"wifi", ":", wifiCode},
		{"identified", " ", identified},
		{"form-data", ";", formField},
		{"wiederherstellungsw", "*", seedPhrase},
		{"env arg", " ", dockerfile},
		{"cookie", "\"':= ", cookies},
		{"host secure", "-", prefixedCookie},
		{"cookie setcookie setrawcookie", "(", cookieCall},
		{"mnemonic phrase bip39", " :=\"'*\n", seedPhrase},
		{"data stringdata", ":\"", secretObject},
		{"bearer basic", " ", scheme},
		{strings.Join(pathWords, " "), "/-_?", pathToken},
		{strings.Join(CommandNames(), " "), " .", program},
	} {
		for word := range strings.FieldsSeq(link.words) {
			if len(word) > 2 || text.Is(word[0], text.Digit) {
				all = append(all, Word{word, link.at, link.after})
			}
		}
	}
	listed := wordSet(sentenceNouns)
	for _, word := range slices.Sorted(maps.Keys(nouns)) {
		if len(word) > 4 && nouns[word] >= Code && !listed[word] {
			all = append(all, Word{word, noun, afterNouns})
		}
	}
	for word := range strings.FieldsSeq(nounStems) {
		all = append(all, Word{word, nounStem, "*"})
	}
	for _, word := range slices.Sorted(maps.Keys(shortCommands)) {
		all = append(all, Word{word, shortProgram, " "})
	}
	return all
}

// NounNames has the nouns, and the words that can follow one, so that the letters before an operator
// reject most names.
var NounNames = prefilter.NewNames(nounTails())

func nounTails() (all []string) {
	for noun := range nouns {
		all = append(all, strings.TrimRight(noun, "0123456789"))
	}
	for word := range qualifiers {
		if text.Is(word[len(word)-1], text.Letter) {
			all = append(all, word)
		}
	}
	for _, noun := range foreignNouns {
		all = append(all, noun.word)
	}
	all = append(all, nounEndings...)
	return append(all, "text", "content", "session-id", "session_id", "session id", "session")
}

// scheme detects the credentials after "Bearer" or "Basic".
func scheme(r *Reader, start, _ int) int {
	at := schemeEnd(r.Text[start:min(len(r.Text), start+schemeMost)])
	if at == 0 {
		return 0
	}
	at += start
	end := text.RunEnd(r.Text, at, at+valueMost, text.KeyChars|text.Dot|text.Base64x|text.Tilde)
	value := strings.TrimRight(r.Text[at:end], ".")
	if len(value) < 12 || !text.ShapeOf(value).Random() || !r.judge(Token, LinkHeader, bounds{at, at + len(value), Argument}) {
		return 0
	}
	return at
}

// identified detects the password of IDENTIFIED BY '…'.
func identified(r *Reader, start, end int) int {
	n := 0
	for ; n < nameMax && !text.HasFold(r.Text, end+n, " by "); n++ { // IDENTIFIED WITH … BY
		if c := r.Next(end + n); c == 0 || !text.Is(c, text.KeyChars|text.Space) {
			return 0
		}
	}
	if n > 0 && !text.HasFold(r.Text, end, " with ") {
		return 0
	}
	at := end + n + len(" by ")
	if text.HasFold(r.Text, at, "password ") {
		at += len("password ")
	}
	b := valueAt(r, at, Bare)
	link := LinkSentence
	if r.Text[start+1] == 'D' { // a statement of SQL
		link = LinkCommand
	} else if r.Next(b.start-1) == '`' {
		return 0
	}
	if !r.judge(Password, link, b) {
		return 0
	}
	if n := strings.Index(r.Text[b.end:min(len(r.Text), b.end+nameMax/4)], " REPLACE "); n >= 0 {
		r.judge(Password, link, valueAt(r, b.end+n+len(" REPLACE "), Bare))
	}
	return b.start
}

// formField detects the value of a field of a form: form-data; name="password".
func formField(r *Reader, _, end int) int {
	t := r.Text
	head := t[end : end+min(headMax, lineRest(r, end))]
	_, named, found := strings.Cut(head, `name="`)
	if !found {
		return 0
	}
	named, _, _ = strings.Cut(named, `"`)
	at := text.RunEnd(t, end+len(head), end+len(head)+4, text.Space)
	value := strings.TrimRight(t[at:at+min(valueMost, lineRest(r, at))], "\r")
	r.judge(KindOf(named), LinkSibling, bounds{at, at + len(value), Quoted})
	return 0
}

// dockerfile detects the secret of ENV NAME value in a Dockerfile.
func dockerfile(r *Reader, start, end int) int {
	t := r.Text
	if t[start] != 'E' || r.Next(end) != ' ' {
		return 0
	}
	stop := text.RunEnd(t, end+1, end+1+nameMax, text.Upper|text.Digit|text.Joiner)
	if r.Next(stop) != ' ' {
		return 0
	}
	kind := KindOf(t[end+1 : stop])
	b := valueAt(r, stop+1, Argument)
	if !r.judge(kind, LinkEnv, b) {
		return 0
	}
	return b.start
}

// wifiCode detects the password of the text of a QR code: WIFI:T:WPA;S:Guest;P:X;;
func wifiCode(r *Reader, _, end int) int {
	t := r.Text
	if r.Next(end) != ':' || r.Next(end+2) != ':' {
		return 0
	}
	rest := t[end:min(len(t), end+commandMax/4)]
	n := strings.Index(rest, ";P:")
	if n < 0 {
		n = strings.Index(rest, ":P:")
	}
	if n < 0 {
		return 0
	}
	at := end + n + len(";P:")
	if stop := strings.IndexByte(t[at:min(len(t), at+valueMost)], ';'); stop > 0 {
		r.judge(Password, LinkCommand, bounds{at, at + stop, Argument})
	}
	return 0
}
