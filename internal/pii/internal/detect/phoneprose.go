package detect

// This file holds whether a number is a part of a sentence.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// isPhrase reports whether a line consists of words: it ends with one, and has no bytes of code.
func isPhrase(line string) bool {
	line = strings.TrimRight(line, " ,.:;!\r")
	n := len(line)
	if n <= 2 || !text.Is(line[n-1], text.Letter|text.Foreign) || !text.Is(line[n-2], text.Letter|text.Foreign) {
		return false
	}
	for i := range len(line) {
		if isCode[line[i]] {
			return false
		}
	}
	return true
}

// mayEndPhrase reports whether only signs of a sentence are between the end of a text and the
// last word of its last line, or the start of that line.
func mayEndPhrase(in string) bool {
	i := len(in)
	for i > 0 && strings.IndexByte(" -(\"',.:;!\r", in[i-1]) >= 0 {
		i--
	}
	return i == 0 || in[i-1] == '\n' || text.Is(in[i-1], text.Letter|text.Foreign)
}

// isProse reports whether the number in [start, end) is a part of a sentence: words next to
// it on its line, no other numbers, and no bytes of code.
func isProse(r *Reader, start, end int) bool {
	b := r.proseBefore(start)
	if !b.mayBeProse() {
		return false
	}
	next := end
	for next < len(r.Text) && strings.IndexByte(" ,.;:)-!?\"'", r.Text[next]) >= 0 {
		next++
	}
	if text.Is(r.Next(next), text.Digit) {
		return false
	}
	after := lineAfter(r.Text, end)
	for i := range len(after) {
		if isCode[after[i]] {
			return false
		}
	}
	switch {
	case b.isStart: // 010-1234-5678 is the number in Seoul
		if !strings.HasPrefix(after, " ") || !isPhrase(after) {
			return false
		}
	case after == "" && !strings.ContainsAny(strings.TrimRight(b.phrase, " "), " ,:\u3000"):
		return false
	}
	const others = ListContext | IdentifierContext | VersionContext
	return contextsIn(after[:min(len(after), contextAfter)])&others == 0
}

// mayBeProse reports whether a number after the text can be a part of a sentence.
func (b *proseBefore) mayBeProse() bool {
	return !b.afterNo && (b.isStart || b.isPhrase) && !b.isListed
}

// proseBefore reads the line before the number at start. It reads it once for all ends.
func (r *Reader) proseBefore(start int) *proseBefore {
	b := &r.textBefore(start).prose
	if b.isRead {
		return b
	}
	b.isRead = true
	before := start
	for before > 0 && strings.IndexByte(" -(\"',:;.", r.Text[before-1]) >= 0 {
		before--
	}
	if b.afterNo = text.Is(r.Previous(before), text.Digit); b.afterNo {
		return b
	}
	if !mayEndPhrase(r.Text[:start]) {
		return b
	}
	b.phrase = lineBefore(r.Text, start)
	isWhole := start == len(b.phrase) || isNewline(r.Text, start-len(b.phrase)-1)
	b.isStart = isWhole && strings.TrimLeft(b.phrase, " ") == ""
	b.isPhrase = isPhrase(strings.TrimRight(b.phrase, " -–(\"'"))
	for _, c := range [...]Context{ListContext, IdentifierContext, VersionContext} {
		b.isListed = b.isListed || r.hasContextBefore(c, start, callBefore)
	}
	return b
}
