package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// enclosed returns the bounds of a passphrase after the operator that ends at i, up to the sign that
// encloses the assignment at start: "NAME=X" or ;NAME=X;
func enclosed(r *Reader, start, i int) (none bounds) {
	t := r.Text
	mark := r.Previous(start)
	if mark != ';' && mark != '"' && mark != '\'' {
		return none
	}
	n := strings.IndexByte(t[i:min(len(t), i+cellMax)], mark)
	if n < 0 || !isPassphrase(t[i:i+n]) || strings.IndexByte(t[i:i+n], '\n') >= 0 {
		return none
	}
	return bounds{i, i + n, Quoted}
}

// passphraseLine returns the bounds of a passphrase of several small words, one with a
// digit, that is the rest of a line.
func passphraseLine(r *Reader, kind Kind, link Link, b bounds) bounds {
	isItem := link == LinkEnv && strings.HasPrefix(strings.TrimLeft(r.Text[lineStart(r, b.start):b.start], " "), "- ")
	if kind != Password || link != LinkSetting && !isItem || b.style == Quoted || r.Next(b.end) != ' ' {
		return b
	}
	line := strings.TrimRight(r.Text[b.start:b.start+min(valueMost, lineRest(r, b.start))], " \r")
	if !isPassphrase(line) {
		return b
	}
	return bounds{b.start, b.start + len(line), Quoted}
}

// isPassphrase reports whether a text is two to six words, one with a digit, and none of a sentence.
// A number and a unit are none.
func isPassphrase(in string) bool {
	words, digits, mixed := 0, false, false
	for word := range strings.FieldsSeq(in) {
		words++
		if text.HasAnyDigit(word) {
			digits, mixed = true, mixed || !isNameOf(word, text.Digit)
		}
		if words > 6 || inSet(labelWords, word) || !isNameOf(word, text.Alnum) {
			return false
		}
	}
	return words > 2 && digits || words > 1 && mixed
}
