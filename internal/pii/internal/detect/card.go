package detect

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	cardLeast = 12
	cardMost  = 19
)

// Card detects a payment card number that starts at start: 12 to 19 digits, bare or in groups with the same separator, that
// an issuer gives out and whose check digit is right.
func Card(r *Reader, start int) (found span.Span, ok bool) {
	end := text.RunEnd(r.Text, start, start+cardMost+1, text.Digit)
	if isPart(r, start, end) || r.Previous(start) == '_' && !r.HasContext(CardContext, start, end) {
		return found, false
	}
	t := r.Text
	var digits [cardMost]byte
	var sizes [8]int // of the groups
	n, groups, best := 0, 0, 0
	sep := byte(0)
	if isJoined(r, start) || end-start > cardMost || end-start < cardLeast && (end-start < 4 || end-start > 6 && end-start != 8) {
		return found, false
	}
	for i := start; ; {
		stop := text.RunEnd(t, i, i+cardMost+1, text.Digit)
		if n+stop-i > cardMost {
			break
		}
		n += copy(digits[n:], t[i:stop])
		sizes[groups] = stop - i
		groups++
		if n >= cardLeast && isCard(r, start, stop, digits[:n], sizes[:groups], sep) {
			best = stop
		}
		if groups == len(sizes) || !text.Is(r.Next(stop+1), text.Digit) || !isCardSeparator(t[stop], sep) {
			break
		}
		sep = t[stop]
		i = stop + 1
	}
	if best == 0 {
		return found, false
	}
	return accept(span.CreditCard, span.Validated, start, best)
}

// isCardSeparator reports whether c can separate the groups of a card, given the previous separator.
func isCardSeparator(c, before byte) bool {
	return (c == ' ' || c == '-') && (before == 0 || before == c)
}

// isCard reports whether the digits of [start, end), in groups of these sizes, are a card.
func isCard(r *Reader, start, end int, digits []byte, sizes []int, sep byte) bool {
	bare := len(sizes) == 1
	after := r.Next(end)
	switch {
	case text.Is(after, text.Alnum) || after == '_':
		return false
	case bare && after == '-' && text.Is(r.Next(end+1), text.Alnum):
		return false
	case bare && after == '.' && text.Is(r.Next(end+1), text.Digit):
		return false
	case sep == '-' && after == '-' && text.Is(r.Next(end+1), text.Digit):
		return false
	case !isCardLayout(sizes), !text.Luhn(digits):
		return false
	case bare && isIdentifier(r, start, end), isInteger(r, start, end, sizes) && !r.HasContext(CardContext, start, end):
		return false
	case sizes[0] == 8 && (isBetweenNumbers(r, start, end) || isDateTime(digits[:14])):
		return false
	}
	known, sure := isIssued(digits)
	if known && !sure {
		sure = len(sizes) == 4 && sizes[3] == 4 || r.HasContext(CardContext, start, end)
	}
	return known && sure && !isDateTime(digits)
}

// isIdentifier reports whether the key, or a word directly before the number in [start, end),
// is that of an identifier or of a point in time, and no word of cards is near.
func isIdentifier(r *Reader, start, end int) bool {
	isKey := start == 0 && end == len(r.Text) && r.isAboutKey(IdentifierContext)
	return (isKey || isLabelled(r, IdentifierContext, start)) && !r.HasContext(CardContext, start, end)
}

// isInteger reports whether a number is rather one of a program: negative, in the path of a
// URL, in a list of numbers of 64 bits, or in a dump.
func isInteger(r *Reader, start, end int, sizes []int) bool {
	if len(sizes) == 1 {
		switch r.Previous(start) {
		case '-': // a negative number
			return true
		case '/':
			return isInURL(r, start)
		case '(': // uint64(…)
			return text.Is(r.Previous(start-1), text.Digit)
		}
		return end-start > 16 && isBetweenNumbers(r, start, end)
	}
	return sizes[0] == 4 && (isDumpWord(r, start-len(" 4e00")) || isDumpWord(r, end))
}

// isInURL reports whether the path of a URL ends before i. An attribute that is a URL is no
// place for the numbers of objects.
func isInURL(r *Reader, i int) bool {
	const most = 200
	start := i
	for start > max(0, i-most) && !text.Is(r.Text[start-1], text.Space|text.Quote) && r.Text[start-1] != '(' && r.Text[start-1] != '<' {
		start--
	}
	return strings.Contains(r.Text[start:i], "://") && (start > 0 || r.Link != text.LinkAttribute)
}

// isDumpWord reports whether a space and four hexadecimal digits, letters among them, follow i.
func isDumpWord(r *Reader, i int) bool {
	const size = len(" 4e00")
	if i < 0 || i+size > len(r.Text) || r.Text[i] != ' ' || text.RunEnd(r.Text, i+1, i+size+1, text.Alnum) != i+size {
		return false
	}
	word := r.Text[i+1 : i+size]
	return text.RunEnd(word, 0, len(word), text.Hexa) == len(word) && strings.ContainsAny(word, "0123456789") &&
		text.RunEnd(word, 0, len(word), text.Digit) < len(word)
}

// isBetweenNumbers reports whether another number is next to the one in [start, end), as in
// a list or a dump.
func isBetweenNumbers(r *Reader, start, end int) bool {
	const between = 4
	before := text.RunStart(r.Text, start, start-between, text.Space|text.Joiner)
	if r.Previous(before) == ',' {
		before--
	}
	after := end
	if r.Next(after) == ',' {
		after++
	}
	after = text.RunEnd(r.Text, after, after+between, text.Space|text.Joiner)
	return before < start && text.Is(r.Previous(before), text.Digit) || after > end && text.Is(r.Next(after), text.Digit)
}

// isCardLayout reports whether cards are written in groups of these sizes.
func isCardLayout(sizes []int) bool {
	switch {
	case len(sizes) == 1:
		return true
	case len(sizes) == 2 && sizes[0] == 8:
		return sizes[1] == 8
	case len(sizes) == 3 && sizes[0] == 4 && sizes[1] == 8:
		return sizes[2] == 4
	case len(sizes) == 3 && sizes[0] == 4 && sizes[1] == 6:
		return sizes[2] == 4 || sizes[2] == 5
	}
	for _, n := range sizes[:len(sizes)-1] {
		if n != 4 {
			return false
		}
	}
	return sizes[len(sizes)-1] <= 4
}

// isDateTime reports whether 14 digits, or the first 14 of 16 or 17, are a date and time such as 20261121040730.
func isDateTime(digits []byte) bool {
	if len(digits) != 14 && len(digits) != 16 && len(digits) != 17 {
		return false
	}
	two := func(i int) int { return int(digits[i]-'0')*10 + int(digits[i+1]-'0') }
	century, month, day := two(0), two(4), two(6)
	return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
		two(8) < 24 && two(10) < 60 && two(12) < 60
}
