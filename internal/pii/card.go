package pii

const (
	cardLeast = 12
	cardMost  = 19
)

// An issuer is a range of cards by their first six digits.
type issuer struct {
	from, to int
	lengths  uint32 // a bit for each number of digits
	// sure is false where so many numbers start alike that a card has to be spoken of, or be written in groups.
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

// card takes 12 to 19 digits, bare or in groups with the same separator, that
// an issuer gives out and whose check digit is right.
func (w *walk) card(start, end int) int {
	t := w.text
	var digits [cardMost]byte
	var sizes [8]int // of the groups
	n, groups, best := 0, 0, 0
	sep := byte(0)
	if w.joined(start) || end-start > cardMost || end-start < cardLeast && (end-start < 4 || end-start > 6) {
		return 0
	}
	for i := start; ; {
		stop := runEnd(t, i, len(t), digit)
		if n+stop-i > cardMost {
			break
		}
		n += copy(digits[n:], t[i:stop])
		sizes[groups] = stop - i
		groups++
		if n >= cardLeast && w.isCard(start, stop, digits[:n], sizes[:groups], sep) {
			best = stop
		}
		if groups == len(sizes) || !is(w.next(stop+1), digit) || !separates(t[stop], sep) {
			break
		}
		sep = t[stop]
		i = stop + 1
	}
	if best == 0 {
		return 0
	}
	return w.add(creditCard, rankValidated, start, best)
}

// separates reports whether c can stand between the groups of a card, given what stood there before.
func separates(c, before byte) bool {
	return (c == ' ' || c == '-') && (before == 0 || before == c)
}

// isCard reports whether the digits of [start, end), in groups of these sizes, are a card.
func (w *walk) isCard(start, end int, digits []byte, sizes []int, sep byte) bool {
	bare := len(sizes) == 1
	after := w.next(end)
	switch {
	case is(after, alnum) || after == '_':
		return false
	case bare && after == '-' && is(w.next(end+1), alnum):
		return false
	case bare && after == '.' && is(w.next(end+1), digit):
		return false
	case sep == '-' && after == '-' && is(w.next(end+1), digit):
		return false
	case !isCardLayout(sizes), !luhn(digits):
		return false
	}
	known, sure := issued(digits)
	if known && !sure {
		sure = len(sizes) == 4 && sizes[3] == 4 || w.speaksOf(cardTopic, start, end)
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
