package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// sentenceNouns are the words, of ASCII letters, that can end a noun in a sentence.
const sentenceNouns = `password passwords passphrase passwd pwd passcode pass kennwort senha passe contrase clave auth community
	haslo parole sandi storepassword keypassword
	pin puk tan otp code codes cvv secret secrets key keys apikey credential jeton segreto schluessel schl nyckel
	kodu kode koodi geheimzahl lsenord psk pw pws`

// nounStems are the words of ASCII letters that passwords have in languages whose words
// have endings.
const nounStems = `passord losenord adgangskode kodeord salasana jelszav jelszo parola sifre geslo lozink hesl katasandi sandi passwort
	contrasen wachtwoord slaptazod`

// nounStem detects a secret in the sentence of a noun with an ending.
func nounStem(r *Reader, start, end int) int {
	end = text.RunEnd(r.Text, end, end+6, text.Letter|text.Foreign)
	if text.Is(r.Next(end), text.Alnum|text.Joiner) || r.Next(end) == '(' || assignedNext(r, end) {
		return 0
	}
	return afterNoun(r, Password, start, end)
}

// afterNouns are the bytes of which one follows a noun: those of sentences, of headings, and
// of letters beyond ASCII.
const afterNouns = "\x00.?! \t\r\n\"'`,;|)*_:=\\<(" + foreignBytes

const foreignBytes = "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f" +
	"\xa0\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbe\xbf" +
	"\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb\xdc\xdd\xde\xdf\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf0\xf1\xf2\xf3\xf4"

// loginWords are the words before a user and a password.
const loginWords = `login log logged logging signin sign credentials creds zugangsdaten anmeldedaten anmelden identifiants identifiant credenciales
	credenziali credenciais inloggegevens inloggning logowania prihlaseni konto account logins
	melde einloggen connecte connectez inicia accedi zaloguj`

// connectors are words and signs between a noun and its value.
var connectors = wordSet(`is was are = : -> => – — - := be now ist lautet lauten lautete war est es era son sono são é è és er är var vara on jest
	je brzmi bylo to: is: adalah цe це це: это это: — είναι 是 为 為 は 는 은 ： － היא הוא هي هو है คือ 은 는 입니다 nama ialah la là bu olarak equals equal of set reads would named being become
	becomes changed it's its: ist: est: este sunt van wordt luidt zijn blir heter lyder blev nimelt este: esta: seria`)

// betweenWords bounds the words between a noun and its value.
const (
	betweenWords = 9
	betweenBytes = 120
)

// noun detects a secret in the sentence of the noun that ends at end.
func noun(r *Reader, start, end int) int {
	t := r.Text
	if r.Previous(start) == '/' && transcript(r, start) {
		return 0
	}
	if p := r.Previous(start); p != 0 && strings.IndexByte("<.$@#/%&", p) >= 0 && r.Next(end) != '(' { // a tag, a member, a path
		return 0
	}
	if text.Is(r.Next(end), text.Foreign) {
		end = text.RunEnd(t, end, end+nameMax, text.Letter|text.Foreign)
	}
	switch c := r.Next(end); {
	case c == '.' || c == '?' || c == '!': // the end of a sentence
		valueBeforeNoun(r, nounBefore(r, start, end), start)
		return 0
	case text.HasFold(t, end, "'s "):
		end += len("'s")
	case text.Is(c, text.Quote) && !text.Is(r.Previous(text.RunStart(t, start, start-nameMax, text.KeyChars)), text.Quote):
		return 0 // the end of a string
	case c == '*' && text.Is(r.Next(end+1), text.Quote):
		return 0 // a pattern
	case c == '(' && text.Is(r.Next(end+1), text.Quote) && text.EqualFold(t[start:end], "password"):
		return passwordFunction(r, start, end)
	case c != 0 && strings.IndexByte(" \t\r\n\"'`,;|)*_:=\\<", c) < 0, c == '_' && text.Is(r.Next(end+1), text.Alnum):
		return 0
	}
	kind := nounBefore(r, start, end)
	if kind == Password && text.EqualFold(t[start:end], "pass") && table(r, kind, start, end) > 0 {
		return 0
	}
	if kind == None || text.EqualFold(t[start:end], "pass") && !text.HasFold(t, end, " is ") && !text.HasFold(t, end, " was ") {
		return 0
	}
	if assignedNext(r, end) && !isPlural(t[start:end]) {
		return 0
	}
	return afterNoun(r, kind, start, end)
}

// passwordFunction detects the argument of PASSWORD('…'), a function of SQL and of others.
func passwordFunction(r *Reader, start, end int) int {
	link := LinkCall
	if text.Is(r.Text[start+1], text.Upper) {
		link = LinkCommand
	}
	if b := valueAt(r, end+1, Bare); b.style == Quoted && r.judge(Password, link, b) {
		return b.start
	}
	return 0
}

// isPlural reports whether a noun announces a list of secrets.
func isPlural(noun string) bool {
	return text.EqualFold(noun, "codes") || text.EqualFold(noun, "passwords") || text.EqualFold(noun, "keys")
}

// assignedNext reports whether the operator of an assignment follows a noun that ends at
// i: Operator detects the value.
func assignedNext(r *Reader, i int) bool {
	for limit := min(len(r.Text), i+6); i < limit && strings.IndexByte(" \"'`*_\\", r.Text[i]) >= 0; i++ {
	}
	c := r.Next(i)
	return (c == '=' || c == ':') && r.Next(i+1) != '\n'
}

// nounBefore returns what the noun that ends with the word [start, end) names.
func nounBefore(r *Reader, start, end int) Kind {
	t := r.Text
	from := start
	for words := 0; words < 3 && from > max(0, start-nameMax/2); words++ { // API key, one-time code
		if c := t[from-1]; c != ' ' && c != '-' && c != '_' {
			break
		}
		first := text.RunStart(t, from-1, from-1-nameMax/4, text.Alnum|text.Foreign)
		if first == from-1 {
			break
		}
		from = first
	}
	kind := foreignKind(t[from:end])
	if kind == None {
		kind = kindOfWords(t[from:end])
	}
	if kind == None && from < start {
		if kind = KindOf(t[start:end]); kind == PlainKey {
			kind = None // the sort key
		}
	}
	if kind == None && text.EqualFold(t[start:end], "code") && hasWordBefore(t[max(0, start-nameMax):start], "texted", "sms ", "verif", "2fa", "mfa", "otp ") {
		kind = Code
	}
	return kind
}

// afterNoun detects the secrets of the sentence after a noun.
func afterNoun(r *Reader, kind Kind, start, end int) int {
	if end < r.sentenceEnd && end > r.sentenceEnd-betweenBytes/2 && kind != Password {
		return 0
	}
	if stop := table(r, kind, start, end); stop > 0 {
		return stop
	}
	if transcript(r, start) || headCell(r, kind, start, end) || lineValue(r, kind, start, end) || fenced(r, kind, end) {
		return 0
	}
	if codeLines(r, kind, end) {
		return 0
	}
	if kind == PlainKey && !hasLongWord(r.Text[max(0, start-nameMax):min(len(r.Text), end+betweenBytes+plainKeyLeast)]) {
		return 0
	}
	valueBeforeNoun(r, kind, start)
	s := sentenceState{reader: r, kind: kind, link: LinkAdjacent}
	i := end
	if text.Is(r.Next(i), text.Quote) && text.Is(r.Previous(text.RunStart(r.Text, start, start-nameMax, text.KeyChars)), text.Quote) { // textbox "Password" [ref=e31]: X
		if i++; r.Next(i) == ',' || r.Next(i) == ':' {
			return 0 // of a list, a member
		}
		if strings.HasPrefix(r.Text[i:], " [") {
			if n := strings.Index(r.Text[i:min(len(r.Text), i+24)], "]:"); n >= 0 {
				i += n + 1
			}
		}
	}
	for limit := min(len(r.Text), end+betweenBytes); i < limit && !s.done; {
		i = s.step(i)
	}
	r.sentenceEnd = max(r.sentenceEnd, i)
	return 0
}

// hasLongWord reports whether a text has a word that can be the key of anything.
func hasLongWord(in string) bool {
	start := 0
	for i := range len(in) {
		if c := in[i]; c == ' ' || c == '\n' || c == '\t' {
			if i-start >= plainKeyLeast {
				return true
			}
			start = i + 1
		}
	}
	return len(in)-start >= plainKeyLeast
}

// lineValue detects the value on the line of a noun that starts it, as in .netrc: password X.
func lineValue(r *Reader, kind Kind, start, end int) bool {
	isLogin := followsLogin(r.Text[max(0, start-nameMax):start]) || text.EqualFold(r.Text[start:end], "requirepass") || text.EqualFold(r.Text[start:end], "masterauth")
	if !isLogin && !startsLine(r, start) || r.Next(end) != ' ' || kind < Token {
		return false
	}
	b := valueAt(r, end+1, Argument)
	return b.style == Argument && (isLogin || endsLine(r, b.end)) && (isLogin || !isWords(strings.TrimRight(r.Text[b.start:b.end], "?!"))) && r.judge(kind, LinkSetting, b)
}

// followsLogin reports whether a text ends with "login" and a user, as in .netrc.
func followsLogin(before string) bool {
	before = strings.TrimRight(before, " \t\n")
	before = strings.TrimRight(before[:max(0, strings.LastIndexAny(before, " \t\n"))], " \t\n")
	return strings.HasSuffix(before, "login")
}

// transcript detects the output of a command of a shell that prints a secret: the word on the
// line after $ … password ….
func transcript(r *Reader, start int) bool {
	t := r.Text
	first := lineStart(r, start)
	if !strings.HasPrefix(t[first:], "$ ") && !strings.HasPrefix(t[first:], "# ") && !strings.HasPrefix(t[first:], "> ") {
		return false
	}
	at := first + lineRest(r, first) + 1
	if at >= len(t) {
		return false
	}
	value := strings.TrimRight(t[at:at+min(valueMost, lineRest(r, at))], "\r ")
	return value != "" && strings.IndexByte(value, ' ') < 0 && !isPlainText(value) && !isAddress(value) &&
		r.judge(Password, LinkInput, bounds{at, at + len(value), Argument})
}

// fenced detects the line of a fenced block after a heading that is a noun.
func fenced(r *Reader, kind Kind, i int) bool {
	t := r.Text
	for limit := min(len(t), i+6); i < limit && strings.IndexByte("*_: \r", t[i]) >= 0; i++ {
	}
	i = text.RunEnd(t, i, i+4, text.Space)
	if !strings.HasPrefix(t[i:], "```") {
		return false
	}
	i += lineRest(r, i) + 1
	if i >= len(t) {
		return false
	}
	return r.judge(kind, LinkSetting, bounds{i, i + min(valueMost, lineRest(r, i)), Quoted})
}

// A sentenceState reads the words after a noun.
type sentenceState struct {
	reader *Reader
	kind   Kind
	link   Link
	words  int
	colon  bool // the last word was a connector
	found  int
	isHash bool // a word announced a checksum
	done   bool
}

// step reads the word, the sign or the quotes at i, and returns where the next is.
func (s *sentenceState) step(i int) int {
	r := s.reader
	t := r.Text
	c := t[i]
	switch {
	case c == '\n' || c == '\r':
		s.done = !s.colon || s.words > 4
		return i + 1
	case text.Is(c, text.Space) || c == '*' || c == '(' || c == ',' || (c == '_' || c == '>') && s.colon: // -> is two signs
		return i + 1
	case c == '<' && inlineTag(t[i:]) > 0:
		return s.taggedWord(i + inlineTag(t[i:]))
	case c == '<' || c == '{' || c == '}' || c == '[' || c == ']' || c == ')' || c == ';' || c == '|' || c == '\\':
		s.done = true
		return i + 1
	case text.Is(c, text.Quote) || isTypographic(t, i):
		return s.quotedWord(i)
	}
	end := i
	if t[i] >= 0xE2 {
		end = wordEnd(t, i)
	} else {
		end = r.word.end(t, i, min(len(t), i+valueMost), &endsSentenceWord)
	}
	if end == i {
		s.done = true
		return i + 1
	}
	return s.bareWord(i, end)
}

// wordEnd returns where the word of a sentence that starts at i ends. Letters of scripts
// without spaces are words of their own.
func wordEnd(in string, i int) int {
	if in[i] >= 0xE2 {
		limit := min(len(in), i+betweenBytes)
		for end := i; ; {
			if end >= limit || in[end] < 0x80 || end > i && isTypographic(in, end) {
				return end
			}
			end++
		}
	}
	limit := min(len(in), i+valueMost)
	end := i
	for end < limit && !endsSentenceWord[in[end]] {
		end++
	}
	return end
}

// endsSentenceWord has the bytes that end a word of ASCII and of the letters next to it.
var endsSentenceWord = func() (set [256]bool) {
	for c := range set {
		set[c] = c >= 0xE2 || strings.IndexByte(" \t\n\r\"`\\<>|", byte(c)) >= 0
	}
	return set
}()

// inlineTag returns the length of the tag of an emphasis that a text starts with, 0 if there is none.
func inlineTag(in string) int {
	for _, tag := range [...]string{"<b>", "<i>", "<em>", "<code>", "<strong>", "<kbd>", "<tt>", "<samp>"} {
		if strings.HasPrefix(in, tag) {
			return len(tag)
		}
	}
	return 0
}

// taggedWord judges the value at i, up to the next tag.
func (s *sentenceState) taggedWord(i int) int {
	n := strings.IndexByte(s.reader.Text[i:min(len(s.reader.Text), i+betweenBytes)], '<')
	if n < 0 {
		s.done = true
		return i
	}
	s.judged(bounds{i, i + n, Quoted})
	return i + n + 1
}

// isTypographic reports whether a quotation mark beyond ASCII opens at i.
func isTypographic(in string, i int) bool {
	if c := in[i]; c != 0xC2 && c != 0xE2 && c != 0xE3 { // the first bytes of the marks
		return false
	}
	for _, marks := range typographic {
		if strings.HasPrefix(in[i:], marks[0]) {
			return true
		}
	}
	return false
}

// quotedWord judges the value in quotes at i.
func (s *sentenceState) quotedWord(i int) int {
	r := s.reader
	b := valueAt(r, i, Bare)
	if b.style != Quoted || b.end-b.start > betweenBytes {
		if r.Text[i] == '"' || s.words > 0 {
			s.done = true // the end of the string around the sentence
		}
		return i + 1
	}
	s.judged(b)
	next := b.end + 1
	if text.Is(r.Next(b.end), text.Foreign) {
		next = b.end + 3
	}
	return next
}

// judged judges a value, and ends the sentence after it unless another can follow: from X to Y.
func (s *sentenceState) judged(b bounds) {
	if s.reader.judge(s.kind, s.link, b) {
		s.found++
		s.words, s.link, s.colon = 0, LinkAdjacent, false
		s.done = s.found > 2
		return
	}
	s.countWord()
}

func (s *sentenceState) countWord() {
	s.colon = false
	if s.link == LinkAdjacent {
		s.link = LinkNear
	}
	if s.words++; s.words > betweenWords || s.found > 0 && s.words > 4 {
		s.done = true
	}
}

// bareWord judges the word [i, end) without quotes, or takes it as a connector.
func (s *sentenceState) bareWord(i, end int) int {
	t := s.reader.Text
	next := end
	stopped := false
	for end > i+1 && strings.IndexByte(",;)]}.*'", t[end-1]) >= 0 {
		stopped = stopped || t[end-1] == '.' || t[end-1] == ';' || t[end-1] == ')'
		end--
	}
	if s.kind == Code { // a code that is entered with a sign: 4093#
		for ; end > i+1 && (t[end-1] == '#' || t[end-1] == '*'); end-- {
		}
	}
	word := t[i:end]
	if word[0] == '-' && len(word) > 1 && word[1] != '>' {
		s.done = true // a flag: this is a command
		return next
	}
	if n := strings.IndexByte(word, '='); n > 0 && isNameOf(word[:n], text.KeyChars) {
		s.countWord()
		return next
	}
	if end > i+1 && (word[len(word)-1] == ':' || word[len(word)-1] == '?') {
		end--
		word = t[i:end]
		if !isPlainText(word) { // X:
			s.judged(bounds{i, end, Bare})
			return next
		}
		s.link, s.colon = LinkSentence, t[end] == ':'
		s.words++
		return next
	}
	known := wordAt(s.reader, i, end)
	switch {
	case known.isConnector:
		s.link, s.colon = LinkSentence, true
		return next
	case known.isMover:
		s.link = LinkSentence
		return next
	}
	plain := known.isPlain
	switch {
	case !plain && s.isHash && text.RunEnd(word, 0, len(word), text.Hexa) == len(word): // checksum md5 …
		s.countWord()
	case !plain && !isAddress(word) && (s.found == 0 || s.words == 0 || s.link == LinkSentence):
		s.judged(bounds{i, end, Bare})
	case plain && s.colon && s.kind == Password && s.found == 0 && text.RunEnd(word, 0, len(word), text.Letter) == len(word):
		s.judged(bounds{i, end, Bare})
	default:
		s.countWord()
	}
	s.isHash = s.isHash || plain && (text.EqualFold(word, "md5") || text.EqualFold(word, "checksum") || text.EqualFold(word, "hash") || text.EqualFold(word, "commit"))
	if known.isNoun || stopped {
		s.done = true // another noun, another sentence
	}
	return next
}

// isConnector reports whether a word ties a noun to the value after it.
func isConnector(word string) bool { return inSet(connectors, word) }

// isPlainText reports whether a word has only letters, of any script, and joints of words.
func isPlainText(word string) bool {
	return text.RunEnd(word, 0, len(word), text.Letter|text.Foreign|text.Joiner) == len(word) || strings.HasSuffix(word, "'") ||
		strings.Contains(word, "'s") && isWords(strings.ReplaceAll(word, "'", ""))
}

// isAddress reports whether a word is an e-mail address, a URL or a host.
func isAddress(word string) bool {
	n := strings.LastIndexByte(word, '@')
	return n > 0 && strings.Contains(word[n:], ".") || strings.Contains(word, "://") || isPath(word) ||
		strings.IndexByte(word, '/') >= 0 && strings.IndexByte(word, '.') >= 0 ||
		strings.Count(word, ".") > 1 && isWords(strings.TrimRight(word, ":0123456789"))
}

// movers are words between two values of a noun: from X to Y.
var movers = wordSet("from to von auf zu de a à da di do od na fra til från till van naar из с на в den e ila and und et y och og en oder or или и")

// joinsNoun reports whether two words are one noun: 2FA code.
func joinsNoun(words string) bool {
	n := nameOf(words)
	return n.words > 1 && nouns[string(n.lastWords(n.words, n.words))] != None
}

// determiners are words between a value and its noun: X as the password.
var determiners = wordSet(`the my your a an its our new default temporary initial das dein mein le la el su tu il o a admin root user database db api basic http`)

// asWords are words after a value and before its noun.
var asWords = wordSet("as als como comme come som jako ako for is ist est es")

// valueBeforeNoun detects a secret before its noun: use X as the password.
func valueBeforeNoun(r *Reader, kind Kind, start int) {
	t := r.Text
	i := start
	for before, words := i, 0; words < 3; words++ { // the other words of the noun: 2FA code, mot de passe
		if before < 2 || t[before-1] != ' ' {
			break
		}
		first := text.RunStart(t, before-1, before-1-nameMax/4, text.Alnum)
		if first == before-1 {
			break
		}
		if before = first; joinsNoun(t[before:wordEnd(t, start)]) {
			i = before
		}
	}
	for words := 0; words < 4; words++ {
		if i < 2 || t[i-1] != ' ' {
			return
		}
		first := text.RunStart(t, i-1, i-1-nameMax/4, text.Letter)
		word := t[first : i-1]
		i = first
		if inSet(asWords, word) {
			break
		}
		if !inSet(determiners, word) {
			return
		}
		if words == 3 {
			return
		}
	}
	if i < 2 || t[i-1] != ' ' {
		return
	}
	end := i - 1
	first := end
	for first > max(0, end-nameMax) && !text.Is(t[first-1], text.Space) {
		first--
	}
	style := Bare
	if mark := t[end-1]; text.Is(mark, text.Quote) {
		if n := strings.LastIndexByte(t[max(0, end-nameMax):end-1], mark); n >= 0 {
			first = max(0, end-nameMax) + n
		}
	}
	if end-first > 2 && text.Is(t[first], text.Quote) && t[end-1] == t[first] {
		first, end, style = first+1, end-1, Quoted
	}
	if n := strings.LastIndexByte(t[max(0, first):end], '>'); n >= 0 && strings.HasPrefix(t[first+max(0, strings.LastIndexByte(t[first:end], '<')):], "</") { // <kbd>X</kbd> is the password
		close := first + strings.LastIndexByte(t[first:end], '<')
		open := first + strings.IndexByte(t[first:end], '>') + 1
		if open < close {
			r.judge(kind, LinkSentence, bounds{open, close, Quoted})
		}
		return
	}
	if text.HasFold(t, i, "for a ") || text.HasFold(t, i, "for the ") {
		if first < end && !isPlainText(t[first:end]) && !isAddress(t[first:end]) {
			r.judge(kind, LinkAdjacent, bounds{first, end, Bare})
		}
		return
	}
	if text.HasFold(t, i, "for ") || text.HasFold(t, i, "as basic") || text.HasFold(t, i, "as http") {
		if n := strings.IndexByte(t[first:end], ':'); n > 0 {
			first += n + 1
		} else if !text.HasFold(t, i, "as ") {
			return
		}
	}
	if style == Bare && (text.HasFold(t, i, "is") || text.HasFold(t, i, "es")) && (kind != Code || !isNameOf(t[first:end], text.Digit)) {
		return
	}
	if style == Quoted || first < end && !isPlainText(t[first:end]) && !isAddress(t[first:end]) {
		r.judge(kind, LinkSentence, bounds{first, end, style})
	}
}

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
		for i < len(t) && strings.IndexByte(" :*`\"'(", t[i]) >= 0 {
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
