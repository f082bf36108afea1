package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// sentenceNouns are the words, of ASCII letters, that can end a noun in a sentence.
const sentenceNouns = `password passwords passphrase passwd pwd passcode pass kennwort senha passe contrase clave auth community
	haslo parole sandi storepassword keypassword
	pin pat puk tan otp code codes cvv secret secrets key keys apikey credential jeton segreto schluessel schl nyckel
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

// noun detects a secret in the sentence of the noun that ends at end.
func noun(r *Reader, start, end int) int {
	t := r.Text
	if r.Previous(start) == '/' && transcript(r, start) {
		return 0
	}
	if p := r.Previous(start); p != 0 && strings.IndexByte("<.$@#/%&", p) >= 0 && r.Next(end) != '(' { // a tag, a member, a path
		return 0
	}
	word := text.RunStart(t, start, start-nameMax, text.KeyChars)
	if strings.HasSuffix(t[:word], " -e ") || isResource(t[max(0, word-nameMax):word]) {
		return 0
	}
	if text.Is(r.Next(end), text.Foreign) {
		end = text.RunEnd(t, end, end+nameMax, text.Letter|text.Foreign)
	}
	switch c := r.Next(end); {
	case c == '.' || c == '?' || c == '!': // the end of a sentence
		if r.Previous(start) == ' ' { // otherwise no value precedes it
			beforeNoun(r, nounBefore(r, start, end), start)
		}
		return 0
	case text.HasFold(t, end, "'s "):
		end += len("'s")
	case text.Is(c, text.Quote) && !text.Is(r.Previous(text.RunStart(t, start, start-nameMax, text.KeyChars)), text.Quote):
		if c == '"' {
			lineBelow(r, nounBefore(r, start, end), start, end)
		}
		return 0 // the end of a string
	case c == '*' && text.Is(r.Next(end+1), text.Quote):
		return 0 // a pattern
	case c == '(' && text.Is(r.Next(end+1), text.Quote) && text.EqualFold(t[start:end], "password"):
		return passwordFunction(r, start, end)
	case c != 0 && strings.IndexByte(" \t\r\n\"'`,;|)*_:=\\<", c) < 0, c == '_' && text.Is(r.Next(end+1), text.Alnum):
		return 0
	}
	r.Meter.spend(workOfName)
	kind := nounBefore(r, start, end)
	if kind == Password && text.EqualFold(t[start:end], "pass") && table(r, kind, start, end) > 0 {
		return 0
	}
	isVerb := text.EqualFold(t[start:end], "pass") && !text.Is(r.Previous(start), text.Joiner)
	if kind == None || isVerb && !text.HasFold(t, end, " is ") && !text.HasFold(t, end, " was ") || text.EqualFold(t[start:end], "pat") && t[start] != 'P' {
		return 0
	}
	if (kind == PlainKey || kind == Key) && hasWordBefore(t[max(0, start-2*nameMax):start], wifiWords...) {
		kind = Password
	}
	if assignedNext(r, end) && !isPlural(t[start:end]) {
		return 0
	}
	return afterNoun(r, kind, start, end)
}

// isResource reports whether the text before a noun makes it the kind of a resource: kubectl get secret NAME.
func isResource(before string) bool {
	before = strings.TrimRight(before, " ")
	verb := before[strings.LastIndexByte(before, ' ')+1:]
	return inSet(resourceVerbs, verb) && hasWordBefore(before, "kubectl", "oc ", "docker", "podman", "nomad", "helm")
}

// resourceVerbs are the words of a command before the kind of a resource.
var resourceVerbs = wordSet("get describe delete edit inspect label annotate patch rm ls list")

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
	if kind == None && text.EqualFold(t[start:end], "code") && (hasWordBefore(t[max(0, start-nameMax):start], "texted", "sms ", "verif", "2fa", "mfa", "otp ") || isEntered(t[:start])) {
		kind = Code
	}
	return kind
}

// isEntered reports whether a text ends with the words before a code that is entered: enter the code 482913.
func isEntered(before string) bool {
	for _, end := range [...]string{"enter ", "enter the ", "entered ", "entered the ", "type in the "} {
		if text.HasFold(before, len(before)-len(end), end) {
			return true
		}
	}
	return false
}

// afterNoun detects the secrets of the sentence after a noun.
func afterNoun(r *Reader, kind Kind, start, end int) int {
	r.Meter.spend(workOfNoun)
	if end < r.sentenceEnd && end > r.sentenceEnd-betweenBytes/2 && kind != Password {
		return 0
	}
	if stop := table(r, kind, start, end); stop > 0 {
		return stop
	}
	if transcript(r, start) || headCell(r, kind, start, end) || lineValue(r, kind, start, end) || lineBelow(r, kind, start, end) || fenced(r, kind, end) {
		return 0
	}
	if codeLines(r, kind, end) {
		return 0
	}
	if kind == PlainKey && !hasLongWord(r.Text[max(0, start-nameMax):min(len(r.Text), end+betweenBytes+plainKeyLeast)]) {
		return 0
	}
	if colon := afterParentheses(r, end); colon > 0 {
		return max(0, assigned(r, colon+1, kind, LinkSetting, Line)-1)
	}
	beforeNoun(r, kind, start)
	s := sentenceState{reader: r, kind: kind, link: LinkAdjacent}
	i := end
	if text.Is(r.Next(i), text.Quote) && text.Is(r.Previous(text.RunStart(r.Text, start, start-nameMax, text.KeyChars)), text.Quote) { // textbox "Password" [ref=e31]: X
		if i++; labelled(r, kind, i) {
			return 0
		}
		if r.Next(i) == ',' || r.Next(i) == ':' {
			return 0 // of a list, a member
		}
		if strings.HasPrefix(r.Text[i:], " [") {
			if n := strings.Index(r.Text[i:min(len(r.Text), i+24)], "]:"); n >= 0 {
				i += n + 1
			}
		}
	}
	for limit := min(len(r.Text), end+betweenBytes); i < limit && !s.done; {
		next := s.step(i)
		r.Meter.spend(workOfWord + next - i)
		i = next
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
