package detect

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

// isIssued returns whether cards with these digits are issued, and whether that is sure enough by itself.
func isIssued(digits []byte) (known, sure bool) {
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
