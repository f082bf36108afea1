package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// Comma detects a secret as the argument after its name in quotes: setProperty("API_KEY", "…").
func Comma(r *Reader, i int) int {
	t := r.Text
	end := i
	for end > max(0, i-4) && t[end-1] == ' ' {
		end--
	}
	if end == 0 || !text.Is(t[end-1], text.Quote) || !NounNames.EndsBefore(t, i) { // no candidate
		return i + 1
	}
	next := text.RunEnd(t, i+1, i+4, text.Space)
	if !text.Is(r.Next(next), text.Quote) && r.Next(next) != '\\' {
		return i + 1
	}
	named, start := selectorBefore(r, end-1)
	kind := KindOf(named)
	isField := kind == None
	if isField {
		r.Meter.spend(workOfLabel * len(named))
		kind = nounIn(named)
	}
	if kind == None {
		return i + 1
	}
	isWord := !isField && r.Previous(start) != '#' && isNameOf(named, text.Lower) // "pass" is an argument rather than a name
	first := start
	for first > 0 && (text.Is(t[first-1], text.Quote) || t[first-1] == '\\' || t[first-1] == '#') {
		first--
	}
	b := valueAt(r, next, Bare)
	if b.style != Quoted || (r.Previous(first) != '(' || isWord) && isWords(t[b.start:b.end]) && !setsMember(r, first) { // a list of words
		return i + 1
	}
	r.judge(kind, LinkCall, b)
	return i + 1
}

// selectorBefore returns the content of the quotes that close at i, and where it starts.
func selectorBefore(r *Reader, i int) (string, int) {
	t := r.Text
	mark := t[i]
	for i > 0 && t[i-1] == '\\' {
		i--
	}
	start := i
	for start > max(0, i-nameMax) && t[start-1] != mark && t[start-1] != '\n' {
		start--
	}
	if start == 0 || t[start-1] != mark {
		return "", i
	}
	return t[start:i], start
}

// callWords are the functions, in small letters, whose last argument is a password
// or a token.
var callWords = strings.Fields(`setpassword setpasswd withpassword setsecret setsecretkey setclientsecret settoken withtoken setaccesstoken
	setauthtoken setapikey withapikey credentials withcredentials networkcredential basicawscredentials basicauth setbasicauth
	login authenticate signin passwordcredential changeuserpassword changepassword setuserpassword resetpassword httpbasicauth usernamepasswordcredentials pscredential sethttpauth passwordauthentication staticcredentials newstaticcredentials`)

// lastArgument detects a secret as the last argument of a call whose arguments are all in
// quotes. A word is one only after other arguments.
func lastArgument(r *Reader, start, end int) int {
	const arguments, longest = 4, 128
	t := r.Text
	comma := end
	if r.Next(comma) != '(' {
		return 0
	}
	var last bounds
	n := 0
	for ; n < arguments && (n == 0 || r.Next(comma) == ','); n++ {
		b := valueAt(r, text.RunEnd(t, comma+1, comma+1+maxSpaces, text.Space), Bare)
		if b.style != Quoted || b.end-b.start > longest {
			break
		}
		if n == 1 || !text.EqualFold(t[start:end], "networkcredential") { // user, password, domain
			last = b
		}
		for comma = b.end; comma < min(len(t), b.end+maxBackslashes) && t[comma] == '\\'; comma++ {
		}
		comma++ // the quote
	}
	if n == 0 || n == 1 && KindOf(t[start:end]) < Code || r.Next(comma) == ',' || n == 1 && isWords(t[last.start:last.end]) || !r.judge(Password, LinkCall, last) {
		return 0
	}
	return last.start
}

// fillWords are the methods, in small letters, that type a text into a field.
var fillWords = []string{"send_keys", "sendkeys", "fill", "type", "setvalue", "typetext", "send", "entertext", "inputtext", "set_value", "presssequentially", "wtype"}

// flagsEnd returns what follows the flags at i, and the numbers after them.
func flagsEnd(r *Reader, i int) int {
	const most = 3
	t := r.Text
	for range most {
		if r.Next(i) != '-' {
			break
		}
		i = text.RunEnd(t, text.RunEnd(t, i, i+nameMax/2, text.KeyChars), i+nameMax, text.Space)
		if number := text.RunEnd(t, i, i+8, text.Digit); number > i && r.Next(number) == ' ' {
			i = number + 1
		}
	}
	return i
}

// typed detects a secret that is typed into a field or sent to a prompt that a noun
// shortly before names: find_element("#password").send_keys("…").
func typed(r *Reader, start, end int) int {
	const longest = 160
	t := r.Text
	at := end
	switch {
	case (r.Previous(start) == '.' || r.Previous(start) == '(') && r.Next(at) == '(':
		at++
	case r.Next(at) == ' ':
		at = text.RunEnd(t, at, at+4, text.Space)
		at = flagsEnd(r, at) // send -- "…", type --delay 40 "…"
	default:
		return 0
	}
	if !text.Is(r.Next(at), text.Quote) && r.Next(at) != '\\' {
		return 0
	}
	before := t[max(0, start-longest):start]
	if n := strings.LastIndexByte(before[:max(0, len(before)-2)], '\n'); n >= 0 && r.Previous(start) == '.' {
		before = before[n:]
	}
	r.Meter.spend(workOfLabel * len(before))
	kind := nounIn(before)
	b := valueAt(r, at, Bare)
	if next := text.RunEnd(t, b.end+1, b.end+1+maxSpaces, text.Space); b.style == Quoted && b.start < b.end && strings.IndexByte("#.[@", t[b.start]) >= 0 && next > b.end+1 && text.Is(r.Next(next), text.Quote) {
		kind = nounIn(t[b.start:b.end]) // fill '#password' 'X'
		b = valueAt(r, next, Bare)
	}
	if kind < Code && b.style == Quoted { // fill "X" in the field "Password"
		after := r.Text[b.end:min(len(r.Text), b.end+nameMax)]
		kind = nounIn(after[:lineLength(after)])
	}
	if kind < Code || b.style != Quoted {
		return 0
	}
	for _, ending := range [...]string{`\r`, `\n`, "\r", "\n"} {
		if strings.HasSuffix(t[b.start:b.end], ending) {
			b.end -= len(ending)
		}
	}
	if !r.judge(kind, LinkCall, b) {
		return 0
	}
	return b.start
}
