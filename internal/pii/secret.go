package pii

// This file holds the detectors of assignments: the name of a secret, an operator, a value.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/document"
	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// assignment detects a secret after the operator at i: the name of a secret before it, and
// a value after it that can be one. Only the value is a finding.
func (w *walk) assignment(i int) int {
	if i < w.operatorEnd || i < w.secretEnd {
		return i + 1
	}
	end := i + 1
	for end < min(len(w.Text), i+4) && (w.Text[end] == '=' || w.Text[end] == ':' || w.Text[end] == '>') {
		end++
	}
	w.operatorEnd = end
	name, start := w.nameBefore(i)
	if w.Next(end) == '/' && w.Previous(start) != ';' && isDirectoryName(name) {
		return end
	}
	nameStrength := secretStrength(name)
	if w.Text[i] == ':' && (name == "PASS" || w.Previous(start) == ':' && i+1 < len(w.Text) && w.Text[i+1] != ' ') {
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
	return found && (before == "" || !text.Is(before[len(before)-1], text.Alnum|text.Joiner))
}

// styleOf returns the style of a value without quotes after the operator [i, end) of a name that starts at start.
func (w *walk) styleOf(name string, start, i, end int) valueStyle {
	adjoins := i == start+len(name)
	before := w.Previous(start)
	isUpper := name != "" && text.RunEnd(name, 0, len(name), text.Upper|text.Digit|text.Joiner|text.Dot|text.Foreign|text.Space) == len(name) // NAME=value, as in an environment
	if adjoins && w.Text[i] == '=' && (isUpper || isPart(before)) {
		return unquoted
	}
	if name == "pass" && adjoins && before == ' ' && w.Next(end) != ' ' && !text.Is(w.Next(end), text.Digit) {
		return unquoted // -passin pass:…
	}
	isLine := adjoins && end == i+1 && (w.Text[i] == ':' && w.Next(end) == ' ' || w.Text[i] == '=' && w.Next(end) != ' ')
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
	for limit := i - nameMax; i > 0 && i > limit && (w.Text[i-1] == ' ' || w.Text[i-1] == '-'); i-- {
	}
	c := w.Previous(i)
	return c == 0 || c == '\n' || c == '\r' || c == '\t'
}

// endsLine reports whether the line, or the string that holds it, is over at i.
func (w *walk) endsLine(i int) bool {
	c := w.Next(i)
	return c == 0 || c == '\n' || c == '\r' || c == '\\' || c == '"'
}

// maxBackslashes bounds the number of backslashes before a quote.
const maxBackslashes = 1<<document.MaxNesting - 1

// value detects a secret that starts after i, and returns where the walk continues, i if there is none.
func (w *walk) value(i int, nameStrength strength, style valueStyle) int {
	t := w.Text
	at := text.RunEnd(t, i, i+maxSpaces, text.Space)
	if strings.ContainsAny(t[i:at], "\n\r") {
		return i
	}
	if w.Next(at) == '(' && nameStrength == tokenName {
		return max(i, w.pair(at+1))
	}
	start, end, style := w.valueBounds(at, style)
	rest := schemeEnd(t[start:min(len(t), start+schemeMost)])
	if rest > 0 && style < quoted {
		start, end, style = w.valueBounds(start+rest, unquoted)
	} else {
		start += rest
	}
	switch {
	case style != setting:
	case !w.endsLine(end):
		style = bare
	case i > 0 && at == i && t[i-1] == '=':
		style = unquoted // key=value, as in a file of properties
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
	comma := strings.IndexByte(w.Text[end:min(len(w.Text), end+4)], ',')
	if style != quoted || comma < 0 {
		return 0
	}
	next := end + comma + 1
	start, end, style := w.valueBounds(text.RunEnd(w.Text, next, next+maxSpaces, text.Space), bare)
	if style != quoted || !isSecret(passwordName, w.Text[start:end], quoted) {
		return 0
	}
	return w.addSecret(start, end)
}

// addSecret adds a value that is a secret and returns its start: it may hold what
// a value of a more specific pattern. Assignments within it are ignored.
func (w *walk) addSecret(start, end int) int {
	w.addSpan(span.Secret, span.Generic, start, end)
	w.secretEnd = max(w.secretEnd, end)
	return start
}

// valueBounds returns the value that starts at i, without its quotes, and how it is written.
func (w *walk) valueBounds(i int, style valueStyle) (start, end int, _ valueStyle) {
	t := w.Text
	open := i
	for open < min(len(t), i+maxBackslashes) && t[open] == '\\' {
		open++
	}
	if open+1 < len(t) && open == i && text.Is(t[open], text.Letter) && text.Is(t[open+1], text.Quote) {
		open++ // b"…", r'…'
	}
	if open < len(t) && text.Is(t[open], text.Quote) {
		start = open + 1
		if end = w.closing(start, t[open], open-i); end >= 0 {
			return start, end, quoted
		}
		i, style = start, unquoted
	}
	return i, w.bareEnd(i, style), style
}

// closing returns the end of a quoted value that a quote opens after some
// backslashes, -1 if it does not.
func (w *walk) closing(i int, mark byte, backslashes int) int {
	t := w.Text
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
		case c == mark && run == backslashes:
			return i - run
		case c == mark && run < backslashes, c == '\n':
			return -1
		}
		run = 0
	}
	return -1
}

// bareEnd returns where a value without quotes ends.
func (w *walk) bareEnd(i int, style valueStyle) int {
	t := w.Text
	stops := " \t\r\n\v\f\"'`\\<>[|,;&)]}"
	if style == unquoted {
		stops = " \t\r\n\v\f\"'`\\<>|["
	}
	limit := min(len(t), i+valueMost)
	end := limit
	if n := strings.IndexAny(t[i:limit], stops); n >= 0 {
		end = i + n
	}
	if style == unquoted {
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
	if w.Key == "" || len(w.Text) < valueLeast || len(w.Text) > valueMost {
		return
	}
	nameStrength := secretStrength(w.Key)
	switch w.Link {
	case text.LinkKey, text.LinkArgument:
	case text.LinkSecretObject:
		nameStrength = passwordName
	default:
		if nameStrength == noSecret && !isPassword(w.Text, unquoted) {
			return
		}
		nameStrength = max(nameStrength, announcedStrength(w.Key))
	}
	if nameStrength == noSecret {
		return
	}
	start, end := schemeEnd(w.Text), len(w.Text)
	value := w.Text[start:end]
	if nameStrength == tokenName && (start > 0 || isCredential(value)) {
		nameStrength = passwordName
	}
	if isSecret(nameStrength, value, quoted) && !isNumber(value) {
		w.addSpan(span.Secret, span.Generic, start, end)
	}
}

// isNumber reports whether a value is a short number.
func isNumber(value string) bool {
	return len(value) < 6 && text.RunEnd(value, 0, len(value), text.Digit) == len(value)
}

// isCredential reports whether a value is more than a word: it has a digit, or is long.
func isCredential(value string) bool {
	return !isPlaceholder(value) && (text.ShapeOf(value).Digit > 0 || len(value) >= 20) && !strings.ContainsAny(value, " \t\n")
}

// foreignNames are what a password is called in words with letters beyond ASCII, those
// with a capital without it.
var foreignNames = [...]string{
	"ароль", "ароля", "密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "암호",
	"hasło", "hasła", "şifre", "Şifre", "κωδικός", "סיסמה", "סיסמא", "كلمة المرور", "كلمة السر", "รหัสผ่าน", "पासवर्ड",
	"mật khẩu", "Mật khẩu", "lösen", "Lösen", "пасворд",
}

// beforeOperator has the bytes between a name with letters beyond ASCII and its operator, at most maxBetween.
var beforeOperator = [256]bool{' ': true, '"': true, '\'': true, '`': true, '\\': true}

const maxBetween = 4

// foreignStrength returns the strength of a name with letters beyond ASCII before the
// operator at i.
func (w *walk) foreignStrength(i int) strength {
	for limit := max(0, i-maxBetween); i > limit && beforeOperator[w.Text[i-1]]; i-- {
	}
	const atEnd = 5 // bytes, one of which is none of ASCII's in each of the names
	var seen byte
	for k := max(0, i-atEnd); k < i; k++ {
		seen |= w.Text[k]
	}
	if seen < 0x80 {
		return noSecret
	}
	for _, name := range foreignNames {
		if strings.HasSuffix(w.Text[:i], name) {
			return passwordName
		}
	}
	return noSecret
}
