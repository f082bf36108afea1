package detect

// This file detects personal numbers after a label in letters beyond ASCII, which the masks do not
// announce: the search begins at the number.

import (
	"strings"
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A foreignLabel is a label without a word of ASCII letters, as it is written, and its rows.
type foreignLabel struct {
	label string
	forms *idForms
}

// foreignLabels are the labels without a word of ASCII letters: in small letters, with a capital, in capitals.
var foreignLabels = func() (all []foreignLabel) {
	for i := range nationalIDs {
		for label := range strings.SplitSeq(nationalIDs[i].labels, "|") {
			if label[0] < 0x80 && label != myNumber {
				continue
			}
			_, first := utf8.DecodeRuneInString(label)
			forms := idsByLabel[asciiTail(label)]
			written := map[string]bool{}
			for _, form := range [...]string{label, strings.ToTitle(label[:first]) + label[first:], strings.ToTitle(label), strings.Replace(label, myNumber, "My Number", 1)} {
				if !written[form] {
					written[form] = true
					all = append(all, foreignLabel{form, forms})
				}
			}
		}
	}
	return all
}()

// myNumber is the label of Japan's number in English. The masks announce no word of two letters.
const myNumber = "my number"

// afterForeignLabel detects the personal number that starts with the digit at i, shortly after a label in
// letters beyond ASCII.
func afterForeignLabel(r *Reader, i int) (found span.Span, ok bool) {
	const labelMost, gapMost, signsMost = 48, 16, 4
	t := r.Text
	end := i
	for end > max(0, i-signsMost) && text.Is(t[end-1], text.Space|text.Quote|text.Colon) {
		end--
	}
	if c := r.Previous(end); c < 0x80 && (c|0x20 != 'r' || !text.HasFold(t, end-len(myNumber), myNumber)) {
		return found, false
	}
	before := t[max(0, i-labelMost):i]
	for _, l := range foreignLabels {
		n := strings.LastIndex(before, l.label)
		if n < 0 || len(before)-n-len(l.label) > gapMost || strings.ContainsAny(before[n+len(l.label):], "\n0123456789") {
			continue
		}
		for _, row := range l.forms.rows {
			if end, isChecked := row.match(r, i); end > 0 {
				rank := span.Structural
				if isChecked {
					rank = span.Validated
				}
				return accept(span.SocialSecurity, rank, i, end)
			}
		}
	}
	return found, false
}
