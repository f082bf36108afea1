package detect

// This file detects personal numbers that a state gives out, by their label or by their form and checksum.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	// idMost bounds the letters and digits of a personal number.
	idMost = 20
	// labelGapMost bounds the text between a label and its number.
	labelGapMost = 40
	// labelWordsMost bounds the words between them.
	labelWordsMost = 5
)

// idForms are the forms of a label. The rows of one label are in sequence.
type idForms struct {
	label string
	rows  []*nationalID
}

// idLabels are the labels of personal numbers, in small letters, and idsByLabel their rows: of a
// label with spaces also with underscores.
var idLabels, idsByLabel = indexNationalIDs()

func indexNationalIDs() (labels []string, byLabel map[string]*idForms) {
	byLabel = map[string]*idForms{}
	for i := range nationalIDs {
		for label := range strings.SplitSeq(nationalIDs[i].labels, "|") {
			label = asciiTail(label)
			joined := strings.NewReplacer(" ", "", "-", "").Replace(label)
			for _, form := range []string{label, strings.ReplaceAll(label, " ", "_"), joined, joined + "number"} {
				found := byLabel[form]
				if found == nil {
					found = &idForms{label: form}
					byLabel[form] = found
					isShort := len(joined) < len("aadhaarnumber") && !strings.ContainsAny(label, " -") && !strings.HasSuffix(form, "rnumber")
					if text.RunEnd(form, 0, 3, text.Alnum) == 3 && (isShort || form == label || strings.Contains(form, "_")) {
						labels = append(labels, form)
					}
				}
				if n := len(found.rows); n == 0 || found.rows[n-1] != &nationalIDs[i] {
					found.rows = append(found.rows, &nationalIDs[i])
				}
			}
		}
	}
	return labels, byLabel
}

// asciiTail returns a label from the first word of ASCII letters on that the masks find, if that
// is long enough: "dselsnummer" of "fødselsnummer".
func asciiTail(label string) string {
	const least = 4
	start := text.RunEnd(label, 0, len(label), text.Alnum)
	if start >= 3 || start == len(label) || label[start] < 0x80 {
		return label
	}
	start = text.RunEnd(label, start, len(label), text.Foreign)
	if text.RunEnd(label, start, len(label), text.Alnum)-start < least {
		return label
	}
	return label[start:]
}

// NationalIDLabels returns the labels of personal numbers, in small letters.
func NationalIDLabels() []string { return idLabels }

// NationalID detects a personal number of a state after its label, which is at i: "CPF: 618.204.937-50".
func NationalID(r *Reader, label string, i int) (found span.Span, ok bool) {
	of := idsByLabel[label]
	gap := readLabelGap(r, i+len(label))
	for gap.next() {
		for _, row := range of.rows {
			end, isChecked := row.match(r, gap.at)
			if end == 0 || !isChecked && (gap.isOpen || row.isWord && !text.Is(r.Text[i], text.Upper)) {
				continue
			}
			rank := span.Structural
			if isChecked {
				rank = span.Validated
			}
			return accept(span.SocialSecurity, rank, gap.at, end)
		}
	}
	return found, false
}

// KeyedNationalID detects a text that is a personal number of the kind that its key names.
func KeyedNationalID(r *Reader) (found span.Span, ok bool) {
	const textMost = 32
	if r.Key == "" || len(r.Text) > textMost || len(r.Text) < 8 || countDigits(r.Text) < 6 {
		return found, false
	}
	start := 0
	for start < len(r.Text) && !text.Is(r.Text[start], text.Alnum) {
		start++
	}
	eachLabel(r.Key, func(of *idForms) bool {
		for _, row := range of.rows {
			if end, _ := row.match(r, start); end > 0 && text.RunEnd(r.Text, end, len(r.Text), text.Space) == len(r.Text) {
				found, ok = accept(span.SocialSecurity, span.Structural, start, end)
				return false
			}
		}
		return true
	})
	return found, ok
}

// BareNationalID detects a personal number without a label that starts with the digit at i: with the
// separators of its country, and the right checksum.
func BareNationalID(r *Reader, i int) (found span.Span, ok bool) {
	end := text.RunEnd(r.Text, i, i+idMost, text.Digit)
	size, first := end-i, r.Next(end)
	if size == 2 && first == ' ' && text.Is(r.Previous(i-1), text.Upper) {
		return spacedNINumber(r, i)
	}
	if found, ok = afterForeignLabel(r, i); ok {
		return found, ok
	}
	of := bareIDs[min(size, len(bareIDs)-1)]
	if of == nil || isJoined(r, i) || r.Previous(i) == '_' || isPart(r, i, i) {
		return found, false
	}
	for k := range of {
		bare := &of[k]
		if bare.first != first && (bare.first != 0 || text.Is(first, text.Alnum)) {
			continue
		}
		if stop, id := matchForm(r, bare.form, i); stop > 0 && !isOneDigit(id) && bare.check(id) && r.Next(stop) != '-' {
			return accept(span.SocialSecurity, span.Validated, i, stop)
		}
	}
	return found, false
}

// spacedNINumber detects a number of National Insurance whose first two digits are at i: JG 12 34 56 C.
func spacedNINumber(r *Reader, i int) (found span.Span, ok bool) {
	start := i - len("JG ")
	if start < 0 || r.Text[i-1] != ' ' || !text.Is(r.Text[start], text.Upper) || text.Is(r.Previous(start), text.Alnum) || isJoined(r, start) {
		return found, false
	}
	end, id := matchForm(r, "AA 00 00 00 A", start)
	if end != start+len("JG 12 34 56 C") || !isNINumber(id) || !text.Is(r.Text[end-1], text.Upper) {
		return found, false
	}
	return accept(span.SocialSecurity, span.Structural, start, end)
}

// NINumber detects a number of National Insurance without spaces that starts at i, after a word
// about it: NI JG123456C.
func NINumber(r *Reader, i int) (found span.Span, ok bool) {
	end, id := matchForm(r, "AA000000A", i)
	if end == 0 || !isNINumber(id) {
		return found, false
	}
	const wordBefore = 24
	before := r.Text[max(0, i-wordBefore):i]
	for word := range strings.FieldsFuncSeq(before, func(c rune) bool { return c < 'A' || c > 'z' || c > 'Z' && c < 'a' }) {
		if text.EqualFold(word, "ni") || text.EqualFold(word, "nino") || text.EqualFold(word, "insurance") {
			return accept(span.SocialSecurity, span.Structural, i, end)
		}
	}
	return found, false
}

// match returns the end of a number of one of the forms that starts at i, 0 if there is none, and whether
// its checksum is right.
func (kind *nationalID) match(r *Reader, i int) (end int, isChecked bool) {
	for form := range strings.SplitSeq(kind.forms, "|") {
		end, id := matchForm(r, form, i)
		if end == 0 || isOneDigit(id) || kind.isValid != nil && !kind.isValid(id) {
			continue
		}
		return end, kind.check != nil && kind.check(id)
	}
	return 0, false
}

// matchForm returns the end of the text at i that has a form, and its letters and digits, the letters in
// capitals. They are valid until the next call. It returns 0 if the text has another form or continues. The
// separators of a number are the same, apart from the one before check digits.
func matchForm(r *Reader, form string, i int) (end int, id []byte) {
	var sep byte
	n := 0
	for k := range len(form) {
		c := r.Next(i)
		switch want := form[k]; {
		case want == ' ':
			if !isIDSeparator(c) || !text.Is(r.Next(i+1), text.Alnum) {
				continue
			}
			if sep != 0 && c != '-' && c != '/' && c != sep {
				return 0, nil
			}
			sep = c
		case want == '0' && !text.Is(c, text.Digit), want == 'A' && !text.Is(c, text.Letter), want == '*' && (!text.Is(c, text.Alnum) || form[0] == '*' && text.Is(c, text.Lower)),
			strings.IndexByte("0A*", want) < 0 && text.ToUpper(c) != want:
			return 0, nil
		case text.Is(c, text.Alnum):
			r.id[n] = text.ToUpper(c)
			n++
		}
		i++
	}
	if isContinued(r, i, '-', '.') || r.Next(i) == '-' && text.Is(r.Next(i+1), text.Letter) {
		return 0, nil
	}
	return i, r.id[:n]
}

// isIDSeparator reports whether a byte separates the groups of personal numbers.
func isIDSeparator(c byte) bool { return c == ' ' || c == '-' || c == '.' || c == '/' }

// countDigits returns how many digits a short text has.
func countDigits(in string) (n int) {
	for i := range len(in) {
		if text.Is(in[i], text.Digit) {
			n++
		}
	}
	return n
}
