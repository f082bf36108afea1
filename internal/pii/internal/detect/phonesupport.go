package detect

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A support is how strongly the text around a number indicates that it is a phone number.
type support uint8

const (
	noSupport     support = iota
	proseSupport          // a sentence, or the number is alone on its line
	callSupport           // a word such as call shortly before, or another phone number
	phoneSupport          // a word such as phone near
	directSupport         // the key, or a word such as phone directly before
)

// supportFor returns the support for the number in [start, end).
func supportFor(r *Reader, start, end int) support {
	switch {
	case isPhoneKey(r), isLabelled(r, PhoneContext, start), isLink(r.Text[:start]), isLineLabel(r, end),
		r.hasForeignContextBefore(PhoneContext, start, len(" 123: ")):
		return directSupport
	case isIdentified(r, start):
		return noSupport
	case r.hasContextBefore(PhoneContext, start, contextBefore), r.hasForeignContextBefore(PhoneContext, start, contextBefore),
		contextsIn(r.Text[end:min(len(r.Text), end+contextAfter)])&PhoneContext != 0:
		return phoneSupport
	case r.hasContextBefore(CallContext, start, callBefore), isSignature(r, start, end),
		r.phoneEnd > 0 && start-r.phoneEnd <= phonesApart && isWordsOnly(r.Text[r.phoneEnd:start]):
		return callSupport
	case isAlone(r, start, end), isProse(r, start, end):
		return proseSupport
	}
	return noSupport
}

const (
	// callBefore is how far a word such as call may be from its number: "call me back at".
	callBefore = 20
	// phonesApart is how far two phone numbers of one list are apart.
	phonesApart = 16
	// labelMost bounds the text between a label and its number: " number is: ".
	labelMost = 14
)

// isPhoneKey reports whether the key is the name of a phone number, such as phone_number,
// and not that of an identifier or a counter, such as phone_number_id.
func isPhoneKey(r *Reader) bool {
	const others = IdentifierContext | ListContext | VersionContext | CardContext | SocialSecurityContext | IBANContext
	return r.keyContexts()&PhoneContext != 0 && r.keyContexts()&others == 0
}

// isLabelled reports whether a word of a context is directly before i, with at most words
// such as number, "is" and signs such as a colon between.
func isLabelled(r *Reader, want Context, i int) bool {
	if !r.hasContextBefore(want, i, labelMost) {
		return false
	}
	gap := r.Text[r.lastContext(want):i]
	letters := 0
	for k := range len(gap) {
		switch c := gap[k]; {
		case text.Is(c, text.Letter):
			letters++
		case text.Is(c, text.Digit):
			if k == 0 || !text.Is(gap[k-1], text.Letter) {
				return false
			}
		case c == '/', c == '[', c == '{', c == ';',
			c == '.' && k+1 < len(gap) && text.Is(gap[k+1], text.Letter):
			return false
		}
	}
	return letters <= len("numbers at")
}

// isLink reports whether a text ends with the start of a link to a phone number, or with the
// name of a phone number in a vCard: TEL;TYPE=CELL:.
func isLink(before string) bool {
	if strings.HasSuffix(before, "wa.me/") {
		return true
	}
	if !strings.HasSuffix(before, ":") {
		return false
	}
	line, _ := lineBefore(before, len(before))
	return strings.HasSuffix(before, "tel:") || strings.HasSuffix(before, "callto:") || text.HasFold(line, 0, "tel;")
}

// isIdentified reports whether a word about identifiers or counters labels the number at i.
func isIdentified(r *Reader, i int) bool {
	const others = IdentifierContext | ListContext | VersionContext
	if r.Key != "" && r.keyContexts()&others != 0 && r.keyContexts()&PhoneContext == 0 && len(r.Text) < phoneText {
		return true
	}
	for _, c := range [...]Context{IdentifierContext, ListContext, VersionContext} {
		if isLabelled(r, c, i) && r.lastContext(c) > r.lastContext(PhoneContext) && r.lastContext(c) > r.lastContext(CallContext) {
			return true
		}
	}
	return false
}

// isLineLabel reports whether the name of a phone line, and no other word, follows
// directly at i: "-office", " (cell)".
func isLineLabel(r *Reader, i int) bool {
	for limit := i + 2; i < limit && (r.Next(i) == ' ' || r.Next(i) == '-' || r.Next(i) == '('); i++ {
	}
	for _, word := range [...]string{"office", "cell", "mobile", "fax"} {
		end := i + len(word)
		if text.HasFold(r.Text, i, word) && !text.Is(r.Next(end), text.Alnum) {
			return r.Next(end) != ' ' || !text.Is(r.Next(end+1), text.Alnum)
		}
	}
	return false
}

// isWordsOnly reports whether a short text between two phone numbers has no digits and no
// bytes of code.
func isWordsOnly(in string) bool {
	for i := range len(in) {
		if text.Is(in[i], text.Digit) || isCode[in[i]] {
			return false
		}
	}
	return true
}

// isCode has the bytes that are common in code and rare in sentences.
var isCode = [256]bool{
	'{': true, '}': true, '[': true, ']': true, '<': true, '>': true, '=': true, '|': true, ';': true, '`': true,
	'$': true, '_': true, '#': true, '*': true, '^': true, '~': true, '&': true, '%': true, '\\': true, '\t': true,
}

// lineMost bounds how much of a line around a number is read.
const lineMost = 64

// lineBefore returns up to lineMost bytes of the line before i, and whether it is complete.
func lineBefore(in string, i int) (line string, isComplete bool) {
	from := max(0, i-lineMost)
	line = in[from:i]
	if n := strings.LastIndexByte(line, '\n'); n >= 0 {
		return line[n+1:], true
	}
	if n := strings.LastIndex(line, `\n`); n >= 0 {
		return line[n+2:], true
	}
	return line, from == 0
}

// lineAfter returns up to lineMost bytes of the line from i on, and whether it is complete.
func lineAfter(in string, i int) (line string, isComplete bool) {
	to := min(len(in), i+lineMost)
	line = in[i:to]
	if n := strings.IndexByte(line, '\n'); n >= 0 {
		return line[:n], true
	}
	if n := strings.Index(line, `\n`); n >= 0 {
		return line[:n], true
	}
	return line, to == len(in)
}

// isAlone reports whether the number in [start, end) is alone on its line, and the line
// before or after it is one of words, as in a signature or an address.
func isAlone(r *Reader, start, end int) bool {
	before, isStart := lineBefore(r.Text, start)
	after, isEnd := lineAfter(r.Text, end)
	if !isStart || !isEnd || strings.Trim(after, " .,;\r\"") != "" || !isBullet(strings.Trim(before, " -•·\"")) {
		return false
	}
	lineStart, lineEnd := start-len(before), end+len(after)
	if lineStart == 0 && lineEnd == len(r.Text) {
		return true
	}
	if lineStart > 0 {
		previous, _ := lineBefore(r.Text, lineStart-newlineSize(r.Text, lineStart))
		return isPhrase(previous)
	}
	next, _ := lineAfter(r.Text, min(len(r.Text), lineEnd+1))
	return isPhrase(next)
}

// isSignature reports whether the number in [start, end) is alone on its line, shortly after the end of a letter.
func isSignature(r *Reader, start, end int) bool {
	return isAlone(r, start, end) &&
		(r.hasContextBefore(GreetingContext, start, contextBefore) || r.hasForeignContextBefore(GreetingContext, start, contextBefore))
}

// isBullet reports whether the text before a number on its line is empty, or a letter such
// as T for telephone or M for mobile.
func isBullet(in string) bool {
	return in == "" || len(in) <= len("M:") && strings.IndexByte("TtMmPp", in[0]) >= 0 && strings.Trim(in[1:], ":.") == ""
}

// newlineSize returns the length of the newline, or of its escape, that ends at i.
func newlineSize(in string, i int) int {
	if in[i-1] == '\n' {
		return 1
	}
	return len(`\n`)
}

// isPhrase reports whether a line consists of words: it ends with one, and has no bytes of code.
func isPhrase(line string) bool {
	line = strings.TrimRight(line, " ,.:;!\r")
	for i := range len(line) {
		if isCode[line[i]] {
			return false
		}
	}
	n := len(line)
	return n > 2 && text.Is(line[n-1], text.Letter|text.Foreign) && text.Is(line[n-2], text.Letter|text.Foreign)
}

// isProse reports whether the number in [start, end) is a part of a sentence: words next to
// it on its line, no other numbers, and no bytes of code.
func isProse(r *Reader, start, end int) bool {
	before, isStart := lineBefore(r.Text, start)
	after, _ := lineAfter(r.Text, end)
	for i := range len(after) {
		if isCode[after[i]] {
			return false
		}
	}
	phrase := strings.TrimRight(before, " -–(\"'")
	next := strings.TrimLeft(after, " ,.;:)-!?\"'")
	switch {
	case isStart && strings.TrimLeft(before, " ") == "": // 010-1234-5678 is the number in Seoul
		if !strings.HasPrefix(after, " ") || !isPhrase(after) {
			return false
		}
	case !isPhrase(phrase), !strings.ContainsAny(phrase, " ,:\u3000") && after == "":
		return false
	}
	const others = ListContext | IdentifierContext | VersionContext
	if contextsIn(after[:min(len(after), contextAfter)])&others != 0 {
		return false
	}
	for _, c := range [...]Context{ListContext, IdentifierContext, VersionContext} {
		if r.hasContextBefore(c, start, callBefore) {
			return false
		}
	}
	return next == "" || !text.Is(next[0], text.Digit)
}
