package pii

// This file holds the detectors of assignments: the name of a secret, an operator, a value.

import (
	"strings"
)

// assignment detects a secret after the operator at i: the name of a secret before it, and
// a value after it that can be one. Only the value is a finding.
func (w *walk) assignment(i int) int {
	if i < w.operatorEnd || i < w.secretEnd {
		return i + 1
	}
	end := i + 1
	for end < min(len(w.text), i+4) && (w.text[end] == '=' || w.text[end] == ':' || w.text[end] == '>') {
		end++
	}
	w.operatorEnd = end
	name, start := w.nameBefore(i)
	if w.next(end) == '/' && w.previous(start) != ';' && isDirectoryName(name) {
		return end
	}
	nameStrength := secretStrength(name)
	if w.text[i] == ':' && (name == "PASS" || w.previous(start) == ':' && i+1 < len(w.text) && w.text[i+1] != ' ') {
		return end // --- PASS: TestIt, arn:…:secret:name
	}
	if nameStrength == noSecret {
		nameStrength = max(secretStrength(w.namedByPrevious(name, start)), w.foreignStrength(i))
		if nameStrength == noSecret {
			return end
		}
	}
	return max(end, w.value(end, nameStrength, w.styleOf(name, start, i, end)))
}

// isDirectoryName reports whether a name ends with that of the shell's directory,
// which in a connection string is that of a password.
func isDirectoryName(name string) bool {
	before, found := strings.CutSuffix(name, "PWD")
	before = strings.TrimSuffix(before, "OLD")
	return found && (before == "" || !is(before[len(before)-1], alnum|joiner))
}

// styleOf returns the style of a value without quotes after the operator [i, end) of a name that starts at start.
func (w *walk) styleOf(name string, start, i, end int) valueStyle {
	adjoins := i == start+len(name)
	before := w.previous(start)
	isUpper := name != "" && runEnd(name, 0, len(name), upper|digit|joiner|dot|foreign|space) == len(name) // NAME=value, as in an environment
	if adjoins && w.text[i] == '=' && (isUpper || isPart(before)) {
		return literal
	}
	if name == "pass" && adjoins && before == ' ' && w.next(end) != ' ' && !is(w.next(end), digit) {
		return literal // -passin pass:…
	}
	isLine := adjoins && end == i+1 && (w.text[i] == ':' && w.next(end) == ' ' || w.text[i] == '=' && w.next(end) != ' ')
	if isLine && w.startsLine(start) {
		return setting
	}
	return bare
}

// isPart reports whether a byte precedes the name of one of several values in
// a query or a connection string; names may hold spaces, as in user=app password=….
func isPart(c byte) bool {
	return c == '=' || c == '?' || c == '&' || c == ';' || c == ',' || c == '"' || c == '\''
}

// startsLine reports whether only space, or the dash of a list, precedes i on its line.
func (w *walk) startsLine(i int) bool {
	for limit := i - nameMax; i > 0 && i > limit && (w.text[i-1] == ' ' || w.text[i-1] == '-'); i-- {
	}
	c := w.previous(i)
	return c == 0 || c == '\n' || c == '\r' || c == '\t'
}

// endsLine reports whether the line, or the string that holds it, is over at i.
func (w *walk) endsLine(i int) bool {
	c := w.next(i)
	return c == 0 || c == '\n' || c == '\r' || c == '\\' || c == '"'
}

// maxBackslashes bounds the number of backslashes before a quote.
const maxBackslashes = 1<<maxNesting - 1

// value detects a secret that starts after i, and returns where the walk continues, i if there is none.
func (w *walk) value(i int, nameStrength strength, style valueStyle) int {
	t := w.text
	at := runEnd(t, i, i+maxSpaces, space)
	if strings.ContainsAny(t[i:at], "\n\r") {
		return i
	}
	if w.next(at) == '(' && nameStrength == tokenName {
		return max(i, w.pair(at+1))
	}
	start, end, style := w.valueBounds(at, style)
	rest := schemeEnd(t[start:min(len(t), start+schemeMost)])
	if rest > 0 && style < quoted {
		start, end, style = w.valueBounds(start+rest, literal)
	} else {
		start += rest
	}
	switch {
	case style != setting:
	case !w.endsLine(end):
		style = bare
	case i > 0 && at == i && t[i-1] == '=':
		style = literal // key=value, as in a file of properties
	}
	if start > end {
		return i
	}
	if rest > 0 && nameStrength == tokenName && end-start >= 8 && isCredential(t[start:end]) || isSecret(nameStrength, t[start:end], style) {
		return w.addSecret(start, end)
	}
	return i
}

// pair detects the password of ("user", "password"), whose first element starts at i.
func (w *walk) pair(i int) int {
	_, end, style := w.valueBounds(i, bare)
	comma := strings.IndexByte(w.text[end:min(len(w.text), end+4)], ',')
	if style != quoted || comma < 0 {
		return 0
	}
	next := end + comma + 1
	start, end, style := w.valueBounds(runEnd(w.text, next, next+maxSpaces, space), bare)
	if style != quoted || !isSecret(passwordName, w.text[start:end], quoted) {
		return 0
	}
	return w.addSecret(start, end)
}

// addSecret adds a value that is a secret and returns its start: it may hold what
// a value of a more specific pattern. Assignments within it are ignored.
func (w *walk) addSecret(start, end int) int {
	w.addSpan(secret, rankGeneric, start, end)
	w.secretEnd = max(w.secretEnd, end)
	return start
}

// valueBounds returns the value that starts at i, without its quotes, and how it is written.
func (w *walk) valueBounds(i int, style valueStyle) (start, end int, _ valueStyle) {
	t := w.text
	open := i
	for open < min(len(t), i+maxBackslashes) && t[open] == '\\' {
		open++
	}
	if open+1 < len(t) && open == i && is(t[open], letter) && is(t[open+1], quote) {
		open++ // b"…", r'…'
	}
	if open < len(t) && is(t[open], quote) {
		start = open + 1
		if end = w.closing(start, t[open], open-i); end >= 0 {
			return start, end, quoted
		}
		i, style = start, literal
	}
	return i, w.bareEnd(i, style), style
}

// closing returns the end of a quoted value that a quote opens after some
// backslashes, -1 if it does not.
func (w *walk) closing(i int, quote byte, backslashes int) int {
	t := w.text
	limit := min(len(t), i+valueMost)
	run := 0
	if backslashes > 0 && t[i-2] != '\\' {
		backslashes = 0
	}
	for ; i < limit; i++ {
		switch c := t[i]; {
		case c == '\\':
			run++
			continue
		case c == quote && run == backslashes:
			return i - run
		case c == quote && run < backslashes, c == '\n':
			return -1
		}
		run = 0
	}
	return -1
}

// bareEnd returns where a value without quotes ends.
func (w *walk) bareEnd(i int, style valueStyle) int {
	t := w.text
	stops := " \t\r\n\v\f\"'`\\<>[|,;&)]}"
	if style == literal {
		stops = " \t\r\n\v\f\"'`\\<>|["
	}
	limit := min(len(t), i+valueMost)
	end := limit
	if n := strings.IndexAny(t[i:limit], stops); n >= 0 {
		end = i + n
	}
	if style == literal {
		if n := strings.IndexByte(t[i:end], '&'); n >= 0 && strings.Contains(t[i+n:end], "=") {
			end = i + n // the next of a query's parameters
		}
		if n := strings.IndexByte(t[i:end], ','); n >= 0 && strings.Contains(t[i+n:end], "=") {
			end = i + n // the next of a connection string's
		}
	}
	for end > i && strings.IndexByte(",;)]}.", t[end-1]) >= 0 {
		end--
	}
	return end
}

// keyedSecret detects a short text without spaces whose key is the name of a secret.
func (w *walk) keyedSecret() {
	if w.key == "" || len(w.text) < valueLeast || len(w.text) > valueMost {
		return
	}
	nameStrength := secretStrength(w.key)
	if nameStrength == noSecret {
		return
	}
	start, end := schemeEnd(w.text), len(w.text)
	value := w.text[start:end]
	if nameStrength == tokenName && (start > 0 || isCredential(value)) {
		nameStrength = passwordName
	}
	if isSecret(nameStrength, value, quoted) && !isNumber(value) {
		w.addSpan(secret, rankGeneric, start, end)
	}
}

// isNumber reports whether a value is a short number.
func isNumber(value string) bool {
	return len(value) < 6 && runEnd(value, 0, len(value), digit) == len(value)
}

// isCredential reports whether a value is more than a word: it has a digit, or is long.
func isCredential(value string) bool {
	return !isPlaceholder(value) && (shapeOf(value).digit > 0 || len(value) >= 20) && !strings.ContainsAny(value, " \t\n")
}

// foreignNames are what a password is called in words with letters beyond ASCII, those
// with a capital without it.
var foreignNames = [...]string{
	"ароль", "ароля", "密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "암호",
	"hasło", "hasła", "şifre", "Şifre", "κωδικός", "סיסמה", "סיסמא", "كلمة المرور", "كلمة السر", "รหัสผ่าน", "पासवर्ड",
	"mật khẩu", "Mật khẩu", "lösen", "Lösen", "пасворд",
}

// foreignStrength returns the strength of a name with letters beyond ASCII before the
// operator at i.
func (w *walk) foreignStrength(i int) strength {
	for limit := max(0, i-maxBetween); i > limit && beforeOperator[w.text[i-1]]; i-- {
	}
	const atEnd = 5 // bytes, one of which is none of ASCII's in each of the names
	var seen byte
	for k := max(0, i-atEnd); k < i; k++ {
		seen |= w.text[k]
	}
	if seen < 0x80 {
		return noSecret
	}
	for _, name := range foreignNames {
		if strings.HasSuffix(w.text[:i], name) {
			return passwordName
		}
	}
	return noSecret
}
