package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// Operator detects a secret after the operator at i: = or :, alone or with others.
func Operator(r *Reader, i int) int {
	t := r.Text
	if i < r.operatorEnd || i < r.secretEnd || !NounNames.EndsBefore(t, i) {
		return i + 1
	}
	end := i + 1
	for end < min(len(t), i+4) && (t[end] == '=' || t[end] == ':' || t[end] == '>') {
		end++
	}
	r.operatorEnd = end
	r.Meter.spend(workOfName)
	name, start := nameBefore(r, i)
	if path := text.RunEnd(t, end, end+2, text.Space|text.Quote); r.Next(path) == '/' && r.Previous(start) != ';' && isDirectoryName(name) {
		return end
	}
	if word := text.RunStart(t, i, start, text.KeyChars|text.Dot); t[i] == ':' &&
		(name == "PASS" || r.Previous(word) == ':' && i+1 < len(t) && t[i+1] != ' ') {
		return end // --- PASS: TestIt, arn:…:secret:name
	}
	if isCaption(name) || isPassOfSeveral(name) || isInteger(name) || r.Previous(start) == '/' && strings.HasSuffix(t[:start], "checksum/") {
		return end
	}
	if mark := r.Previous(start); text.Is(mark, text.Quote) && i == start+len(name) && r.Next(end) == mark {
		return end // a label: "Password:"
	}
	kind := KindOf(name)
	if kind == None {
		kind = max(KindOf(namedByPrevious(r, name, start)), foreignKind(t[:skipBack(r, i)]))
	}
	if kind <= Session && t[i] == ':' && sessionHeader(r, name, i) || kind == None {
		return end
	}
	r.Meter.spend(workOfName)
	if block := blockStart(r, end); block > 0 {
		r.judge(kind, LinkSetting, valueAt(r, block, Line))
		return end
	}
	link, style := assignment(r, name, start, i, end)
	switch {
	case kind == PlainKey && hasWordBefore(t[max(0, start-2*nameMax):start], wifiWords...),
		kind == Key && text.HasFold(name, 0, "pragma "),
		kind == Token && link == LinkSetting && style == Argument && text.EqualFold(name, "secret"):
		kind = Password
	}
	if t[i] == '=' && kind >= Token && link != LinkMember {
		if b := enclosed(r, start, end); b.end > b.start && r.judge(kind, link, b) {
			return b.start
		}
	}
	return assigned(r, end, kind, link, style)
}

// isCaption reports whether a name is a member of the texts of a user interface: errors.password.
func isCaption(name string) bool {
	n := strings.IndexByte(name, '.')
	return n > 0 && inSet(captions, name[:n])
}

// isInteger reports whether a name is that of the number of a pin in code for a board: const int pin.
func isInteger(name string) bool {
	before, found := strings.CutSuffix(name, " pin")
	return found && inSet(integers, before[strings.LastIndexByte(before, ' ')+1:])
}

// integers are types of numbers.
var integers = wordSet("int byte short long char uint8_t int8_t uint16_t int16_t uint32_t int32_t gpio_num_t")

// isPassOfSeveral reports whether a name is that of a step: Second pass.
func isPassOfSeveral(name string) bool {
	before, found := strings.CutSuffix(name, " pass")
	return found && inSet(ordinals, before[strings.LastIndexByte(before, ' ')+1:])
}

// ordinals are words before a pass that is a step.
var ordinals = wordSet("first second third fourth next final last each every another one two single multiple previous compiler optimization")

// captions are the objects that hold the texts of a user interface.
var captions = wordSet("errors error messages message labels label hints hint placeholders titles helptext touched dirty")

// wifiWords are words before the key of a network, which is a password.
var wifiWords = []string{"wi-fi", "wifi", "wlan", "wpa", "ssid"}

// skipBack returns where the name before an operator at i ends.
func skipBack(r *Reader, i int) int {
	for limit := max(0, i-4); i > limit && strings.IndexByte(" \"'`\\*_", r.Text[i-1]) >= 0; i-- {
	}
	return i
}

// isDirectoryName reports whether a name ends with that of the shell's directory,
// which in a connection string is that of a password.
func isDirectoryName(name string) bool {
	before, found := strings.CutSuffix(name, "PWD")
	before = strings.TrimSuffix(before, "OLD")
	return found && (before == "" || !text.Is(before[len(before)-1], text.Alnum|text.Joiner))
}

// assignment returns the link of the operator [i, end) after a name that starts at start,
// and the style of a value without quotes.
func assignment(r *Reader, name string, start, i, end int) (Link, Style) {
	t := r.Text
	adjoins := i == start+len(name)
	tight := adjoins && strings.IndexByte(" *_", r.Next(end)) < 0
	if tight && t[i] == '=' { // such a name has no spaces
		start = max(start, text.RunStart(t, i, i-nameMax, text.KeyChars|text.Dot|text.Foreign))
		for ; start < i && t[start] == '-'; start++ {
		}
		name = t[start:i]
	}
	before := r.Previous(start)
	switch {
	case !adjoins && i > 0 && text.Is(t[i-1], text.Quote) || before == '"' && t[i] == ':':
		return LinkMember, Bare
	case tight && before == '-':
		return LinkFlag, Argument
	case tight && t[i] == '=' && (isNameOf(name, text.Upper|text.Digit|text.Joiner|text.Dot) || exported(r, start)):
		return LinkEnv, Argument
	case tight && t[i] == '=' && (isPart(before) || before == ' ' && assignedBefore(r, start)):
		return LinkQuery, Argument
	case name == "pass" && tight && (before == ' ' || before == '=') && !text.Is(r.Next(end), text.Digit):
		return LinkFlag, Argument // -passin pass:…
	case startsLine(r, start) && (t[i] == '=' || !tight):
		if tight {
			return LinkSetting, Argument
		}
		return LinkSetting, Line
	case tight && before == ' ' && assignedBefore(r, start):
		return LinkQuery, Argument // of a list: user:app password:…
	case before == '[' && t[i] == '=' && startsLine(r, start-1):
		return LinkSetting, Line // [password] => …
	case tight:
		return LinkTight, Bare
	}
	return LinkAssign, Bare
}

// exporters are the words and flags before the assignment of an environment variable.
var exporters = []string{"export ", "-e ", "--env ", "set ", "setx ", "env ", "env:", "Environment=", "sudo ", "--set ", "--build-arg ", "-D", "ARG ", "ENV ", "declare ", "local ", "typeset ", "set-string ", "--set-string ", "putenv ", "cross-env "}

// exported reports whether the name that starts at i is set in an environment.
func exported(r *Reader, i int) bool {
	before := r.Text[max(0, i-nameMax):i]
	for _, word := range exporters {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

// assignedBefore reports whether the word before the one that starts at i is an assignment
// too: user=app password=….
func assignedBefore(r *Reader, i int) bool {
	before := r.Text[max(0, i-nameMax) : i-1]
	return strings.IndexAny(before[strings.LastIndexByte(before, ' ')+1:], "=:") > 0
}

// isPart reports whether a byte precedes the name of one of several values in a query or a connection string.
func isPart(c byte) bool {
	return c == '=' || c == '?' || c == '&' || c == ';' || c == ',' || c == '"' || c == '\''
}

// assigned detects a secret that starts after i, and returns where the search continues.
func assigned(r *Reader, i int, kind Kind, link Link, style Style) int {
	t := r.Text
	for limit := i + 3; i < min(len(t), limit) && (t[i] == '*' || t[i] == '_'); i++ { // the end of an emphasis
	}
	if strings.HasPrefix(t[i:], "</") { // <b>Password:</b> X, <td>Password:</td><td><code>X
		for n := tagEnd(t, i); n > 0; n = tagEnd(t, i) {
			i = n + 1
		}
		if strings.IndexByte(t[i:min(len(t), i+valueMost)], '<') >= 0 {
			return tagged(r, i-1, kind, Quoted)
		}
		style = Line
	}
	at := text.RunEnd(t, i, i+maxSpaces, text.Space)
	if strings.ContainsAny(t[i:at], "\n\r") && !strings.HasPrefix(t[at:], "string(") {
		return i
	}
	if n := inlineTag(t[at:]); n > 0 { // password: <b>X</b>
		return tagged(r, at+n-1, kind, Quoted)
	}
	if strings.HasPrefix(t[at:], "{{ ") && text.Is(r.Next(at+3), text.Quote) { // {{ 'X' | password_hash }}
		at += len("{{ ")
	}
	for limit := at + 2; at < min(len(t), limit) && t[at] == '*'; at++ {
	}
	if r.Next(at) == '(' && kind == Token {
		return max(i, pair(r, at+1))
	}
	if strings.HasPrefix(t[at:], "string(") { // string(8) "…"
		if n := text.RunEnd(t, at+len("string("), at+len("string(")+4, text.Digit); strings.HasPrefix(t[n:], ") ") {
			at = n + 2
		}
	}
	b := valueAt(r, wrappedValue(r, at), style)
	rest := schemeEnd(t[b.start:min(len(t), b.start+schemeMost)])
	if rest == 0 && strings.HasSuffix(t[:at], "uthorization: ") {
		rest = anySchemeEnd(t[b.start:min(len(t), b.start+2*schemeMost)])
	}
	switch {
	case rest > 0 && b.style != Quoted:
		b = valueAt(r, b.start+rest, Argument)
	case rest > 0:
		b.start += rest
	case b.style == Line && !endsLine(r, b.end):
		b.style = Bare
	}
	if b.start > b.end {
		return i
	}
	if rest > 0 && kind == Token && b.end-b.start >= 8 && isCredential(t[b.start:b.end]) {
		kind, link = Password, LinkHeader
	}
	if wide := passphraseLine(r, kind, link, b); wide.end > b.end {
		b = wide
	}
	if r.judge(kind, link, b) {
		changed(r, kind, link, b.end)
		return b.start
	}
	return i
}

// changed detects the new value after an old one that ends at i: "X" -> "Y".
func changed(r *Reader, kind Kind, link Link, i int) {
	for limit := i + 4; i < min(len(r.Text), limit) && strings.IndexByte("\"'` ", r.Text[i]) >= 0; i++ {
	}
	for _, arrow := range [...]string{"-> ", "=> ", "→ "} {
		if strings.HasPrefix(r.Text[i:], arrow) {
			r.judge(kind, link, valueAt(r, i+len(arrow), Line))
		}
	}
}

// wrappers are calls around the text of a secret, in small letters.
var wrappers = wordSet(`[]byte byte bytes string secretstr secret buffer.from securestring base64.b64decode b64decode atob some
	string.from cow.from secretstring.from pbkdf2 new secretkey sensitive nonsensitive md5 sha1 sha2 sha256 password old_password encrypt crypt hash bcrypt bcrypt.hash bcrypt.hashsync argon2.hash hashsync hashpassword hash_password make_password generate_password_hash hash::make`)

// wrappedStart returns where the quotes are in the call of a wrapper at i, i if there is none: []byte("…").
func wrappedStart(r *Reader, i int) int {
	t := r.Text
	end := text.RunEnd(t, i, i+nameMax/2, text.Alnum|text.Dot)
	if strings.HasPrefix(t[i:], "[]") {
		end = text.RunEnd(t, i+2, i+nameMax/2, text.Alnum)
	}
	if r.Next(end) == '(' && text.Is(r.Next(end+1), text.Quote) && inSet(wrappers, t[i:end]) {
		return end + 1
	}
	return i
}

// isCredential reports whether a value is more than a word: it has a digit, or is long.
func isCredential(value string) bool {
	return notSecret(value) == "" && (text.ShapeOf(value).Digit > 0 || len(value) >= 20 && (!isNameOf(value, text.Lower) || text.IsGibberish(value, text.OneInThree))) &&
		!strings.ContainsAny(value, " \t\n")
}

// pair detects the password of ("user", "password"), whose first element starts at i.
func pair(r *Reader, i int) int {
	first := valueAt(r, i, Bare)
	comma := strings.IndexByte(r.Text[first.end:min(len(r.Text), first.end+4)], ',')
	if first.style != Quoted || comma < 0 {
		return 0
	}
	next := first.end + comma + 1
	b := valueAt(r, text.RunEnd(r.Text, next, next+maxSpaces, text.Space), Bare)
	if b.style != Quoted || isPlainWord(r.Text[b.start:b.end]) || !r.judge(Password, LinkCall, b) {
		return 0
	}
	return b.start
}
