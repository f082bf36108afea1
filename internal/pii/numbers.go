package pii

import (
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// This file holds the detectors of runs of digits: payment cards, social security
// numbers and the tokens of Telegram bots.

// digitRun runs the detectors of the run of digits that starts at start, and of the word that continues it.
func (w *walk) digitRun(start int) int {
	end := text.RunEnd(w.Text, start+1, len(w.Text), text.Digit)
	if stop := w.digits(start, end); stop > end {
		return stop
	}
	if w.Next(end) == '|' {
		return max(end+1, w.collect(token.PipedToken(&w.tokens, end)))
	}
	if !text.Is(w.Next(end), text.Letter) && !token.Begins(w.Text, start) {
		return end
	}
	if stop := w.word(start); stop > end {
		return stop
	}
	return max(end, w.longWord(start))
}

// digits detects an IP address, a card, a social security number, a phone number or the
// token of a bot that starts with the run of digits [start, end). It returns where the
// walk continues, 0 if there is none.
func (w *walk) digits(start, end int) int {
	t := w.Text
	before := w.Previous(start)
	n := end - start
	if before == '_' {
		if n == 3 && !text.Is(w.Next(end), text.Digit) {
			return w.ssn(start, end) // SSN_536-22-8726.pdf
		}
		if !w.hasTopicNear(cardTopic, start, end) {
			return 0
		}
		return w.card(start, end)
	}
	if n <= 3 && w.Next(end) == '.' {
		if stop := w.ipv4(start); stop > 0 {
			return stop
		}
	}
	fraction := (before == '.' || before == ',') && start > 1 && text.Is(t[start-2], text.Digit)
	if fraction || text.Is(w.Next(end), text.Letter) && text.ToLower(t[end]) != 'x' {
		return 0
	}
	for _, verify := range [...]func(*walk, int, int) int{(*walk).card, (*walk).ssn, (*walk).botToken, (*walk).national} {
		if stop := verify(w, start, end); stop > 0 {
			return stop
		}
	}
	return 0
}

// joined reports whether a dash joins the text at start to a word or number before it, as in a UUID.
func (w *walk) joined(start int) bool {
	return w.Previous(start) == '-' && text.Is(w.Previous(start-1), text.Alnum)
}

// continues reports whether a number that ends at end continues: with a letter, a digit or an underscore, or with
// a joint and a digit.
func (w *walk) continues(end int, joint1, joint2 byte) bool {
	c := w.Next(end)
	return text.Is(c, text.Alnum) || c == '_' || (c == joint1 || c == joint2) && text.Is(w.Next(end+1), text.Digit)
}

// botToken detects the token of a Telegram bot: its number, a colon and 35 characters that start with A.
func (w *walk) botToken(start, end int) int {
	if n := end - start; n < 8 || n > 16 || w.Next(end) != ':' || text.ToLower(w.Next(end+1)) != 'a' {
		return 0
	}
	stop := text.RunEnd(w.Text, end+1, end+1+40, text.KeyChars)
	if n := stop - end - 1; n < 34 || n > 36 || !text.ShapeOf(w.Text[end+1:stop]).Random() {
		return 0
	}
	return w.addSpan(span.APIKey, span.Structural, start, stop)
}

const (
	cardLeast = 12
	cardMost  = 19
)

// An issuer is a range of cards by their first six digits.
type issuer struct {
	from, to int
	lengths  uint32 // a bit for each number of digits
	// sure is false where many other numbers have the same prefix, so that a card needs a context word or groups.
	sure bool
}

// issuers has the ranges; the first that a number is in counts.
var issuers = []issuer{
	{400000, 499999, 1<<16 | 1<<19, true}, // Visa
	{400000, 499999, 1 << 13, false},
	{222100, 272099, 1 << 16, true}, // Mastercard
	{510000, 559999, 1 << 16, true},
	{340000, 349999, 1 << 15, true}, // American Express
	{370000, 379999, 1 << 15, true},
	{601100, 601199, 1<<16 | 1<<19, true}, // Discover
	{644000, 659999, 1<<16 | 1<<19, true},
	{300000, 305999, 1<<14 | 1<<16, true}, // Diners Club
	{309500, 309599, 1<<14 | 1<<16, true},
	{360000, 369999, 1<<14 | 1<<16, true},
	{380000, 399999, 1<<14 | 1<<16, true},
	{352800, 358999, 1<<16 | 1<<17 | 1<<18 | 1<<19, true}, // JCB
	{180000, 180099, 1 << 15, false},
	{213100, 213199, 1 << 15, false},
	{620000, 629999, 1<<16 | 1<<17 | 1<<18 | 1<<19, true}, // UnionPay
	{810000, 817199, 1<<16 | 1<<17 | 1<<18 | 1<<19, false},
	{220000, 220499, 1<<16 | 1<<17 | 1<<18 | 1<<19, false}, // Mir
	{501800, 501899, 1 << 16, true},                        // Maestro
	{502000, 502099, 1 << 16, true},
	{503800, 503899, 1 << 16, true},
	{589300, 589399, 1 << 16, true},
	{630400, 630499, 1 << 16, true},
	{979200, 979289, 1 << 16, false}, // Troy
	{675900, 675999, 1 << 16, true},
	{676100, 676399, 1 << 16, true},
	{500000, 509999, 1<<20 - 1<<12, false},
	{560000, 589999, 1<<20 - 1<<12, false},
	{600000, 699999, 1<<20 - 1<<12, false},
}

// issued returns whether cards with these digits are issued, and whether that is sure enough by itself.
func issued(digits []byte) (known, sure bool) {
	prefix := 0
	for _, d := range digits[:6] {
		prefix = prefix*10 + int(d-'0')
	}
	for _, r := range issuers {
		if prefix >= r.from && prefix <= r.to && r.lengths>>len(digits)&1 == 1 {
			return true, r.sure
		}
	}
	return false, false
}

// card detects 12 to 19 digits, bare or in groups with the same separator, that
// an issuer gives out and whose check digit is right.
func (w *walk) card(start, end int) int {
	t := w.Text
	var digits [cardMost]byte
	var sizes [8]int // of the groups
	n, groups, best := 0, 0, 0
	sep := byte(0)
	if w.joined(start) || end-start > cardMost || end-start < cardLeast && (end-start < 4 || end-start > 6) {
		return 0
	}
	for i := start; ; {
		stop := text.RunEnd(t, i, len(t), text.Digit)
		if n+stop-i > cardMost {
			break
		}
		n += copy(digits[n:], t[i:stop])
		sizes[groups] = stop - i
		groups++
		if n >= cardLeast && w.isCard(start, stop, digits[:n], sizes[:groups], sep) {
			best = stop
		}
		if groups == len(sizes) || !text.Is(w.Next(stop+1), text.Digit) || !separates(t[stop], sep) {
			break
		}
		sep = t[stop]
		i = stop + 1
	}
	if best == 0 {
		return 0
	}
	return w.addSpan(span.CreditCard, span.Validated, start, best)
}

// separates reports whether c can separate the groups of a card, given the previous separator.
func separates(c, before byte) bool {
	return (c == ' ' || c == '-') && (before == 0 || before == c)
}

// isCard reports whether the digits of [start, end), in groups of these sizes, are a card.
func (w *walk) isCard(start, end int, digits []byte, sizes []int, sep byte) bool {
	bare := len(sizes) == 1
	after := w.Next(end)
	switch {
	case text.Is(after, text.Alnum) || after == '_':
		return false
	case bare && after == '-' && text.Is(w.Next(end+1), text.Alnum):
		return false
	case bare && after == '.' && text.Is(w.Next(end+1), text.Digit):
		return false
	case sep == '-' && after == '-' && text.Is(w.Next(end+1), text.Digit):
		return false
	case !isCardLayout(sizes), !text.Luhn(digits):
		return false
	}
	known, sure := issued(digits)
	if known && !sure {
		sure = len(sizes) == 4 && sizes[3] == 4 || w.hasTopicNear(cardTopic, start, end)
	}
	return known && sure && !isDateTime(digits)
}

// isCardLayout reports whether cards are written in groups of these sizes.
func isCardLayout(sizes []int) bool {
	switch {
	case len(sizes) == 1:
		return true
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

// ssn detects a US social security number: three, two and four digits with dashes
// or spaces between them; with dots, or without separators, only near a context word.
func (w *walk) ssn(start, end int) int {
	t := w.Text
	switch {
	case end-start == 9:
		if w.continues(end, '.', '-') || w.Next(end) == '-' && text.Is(w.Next(end+1), text.Letter) || w.joined(start) ||
			!isSSN(t[start:start+3], t[start+3:start+5], t[start+5:end]) || !w.hasTopicNear(ssnTopic, start, end) {
			return 0
		}
		return w.addSpan(span.SocialSecurity, span.Generic, start, end)
	case end-start != 3 || len(t)-start < len("000-00-0000") || w.joined(start):
		return 0
	}
	sep := t[end]
	stop := start + len("000-00-0000")
	if sep != '-' && sep != ' ' && sep != '.' || t[end+3] != sep ||
		text.RunEnd(t, end+1, end+3, text.Digit) != end+3 || text.RunEnd(t, end+4, stop, text.Digit) != stop ||
		text.Is(w.Next(stop), text.Alnum) || w.continues(stop, '-', '.') && w.Next(stop) != '_' || !isSSN(t[start:end], t[end+1:end+3], t[end+4:stop]) {
		return 0
	}
	if sep == '.' && !w.hasTopicNear(ssnTopic, start, stop) {
		return 0
	}
	return w.addSpan(span.SocialSecurity, span.Validated, start, stop)
}

// isSSN reports whether the parts of a number are ones that were given out.
func isSSN(area, group, serial string) bool {
	return area != "000" && area != "666" && area[0] != '9' && group != "00" && serial != "0000"
}
