package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// lineValue detects the value on the line of a noun that starts it, as in .netrc: password X.
func lineValue(r *Reader, kind Kind, start, end int) bool {
	isLogin := followsLogin(r.Text[max(0, start-nameMax):start]) || text.EqualFold(r.Text[start:end], "requirepass") || text.EqualFold(r.Text[start:end], "masterauth")
	if word := text.RunStart(r.Text, start, start-nameMax, text.KeyChars); !isLogin && !startsLine(r, word) || r.Next(end) != ' ' || kind < Token {
		return false
	}
	b := valueAt(r, end+1, Argument)
	if !isLogin && (!endsLine(r, b.end) || isWords(strings.TrimRight(r.Text[b.start:b.end], "?!")) && !isAmongSettings(r, start)) {
		return false
	}
	return b.style == Argument && r.judge(kind, LinkSetting, b)
}

// lineBelow detects the value that is alone on a line, in quotes or not, after the noun that ends the line before:
// a mail, or the snapshot of a page, whose lines have the same beginning.
func lineBelow(r *Reader, kind Kind, start, end int) bool {
	t := r.Text
	if kind < Code {
		return false
	}
	i := end
	for limit := min(len(t), end+24); i < limit && t[i] != '\n' && (strings.IndexByte("\":.]* \r", t[i]) >= 0 || strings.HasPrefix(t[end:i+1], "\" [")); i++ {
	}
	if r.Next(i) != '\n' || strings.IndexByte(t[end:i], ':') >= 0 {
		return false
	}
	quoted := strings.IndexByte(t[end:i], '"') == 0
	at := text.RunEnd(t, i, i+maxSpaces, text.Space)
	if quoted { // cell "Password" [ref=e40], then cell "X" [ref=e41]
		from := lineStart(r, start)
		before := t[from:start]
		open := strings.IndexByte(before, '"')
		if open < 1 || !strings.HasPrefix(t[i+1:], before[:open+1]) {
			return false
		}
		b := valueAt(r, i+1+open, Bare)
		return b.style == Quoted && text.HasAnyDigit(t[b.start:b.end]) && nounIn(t[b.start:b.end]) == None && r.judge(kind, LinkSetting, b)
	}
	size := lineRest(r, at)
	value := strings.TrimRight(t[at:at+min(size, valueMost)], "\r ")
	if at == i || len(value) > cellMax || strings.IndexByte(value, ' ') >= 0 || isPlainText(value) || isAddress(value) || !text.HasAnyDigit(value) {
		return false
	}
	if below := at + size + 1; below < len(t) && t[below] != '\n' && t[below] != '\r' && t[i+1] != '\n' {
		return false // a paragraph
	}
	return r.judge(kind, LinkSetting, bounds{at, at + len(value), Line})
}

// afterParentheses returns where the colon after a remark in parentheses is, 0 if there is none: passphrase (write this down): X.
func afterParentheses(r *Reader, i int) int {
	const most = 48
	if r.Next(i) != ' ' || r.Next(i+1) != '(' {
		return 0
	}
	if n := strings.Index(r.Text[i:min(len(r.Text), i+most)], "):"); n > 0 && strings.IndexByte(r.Text[i:i+n], '\n') < 0 {
		return i + n + 1
	}
	return 0
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
	return value != "" && strings.IndexByte(value, ' ') < 0 && !isPlainText(value) && !isAddress(value) && !strings.HasSuffix(value, ":") &&
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
