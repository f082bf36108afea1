package prefilter

// nibbles are the sets as products of low and high four bits of a byte: a byte
// is in a product where the bit of it is set in the entries of both halves. There
// is room for sixteen products in two rounds of eight. Each entry is stored twice, for
// the two halves of a vector, and test has the products of each set.
type nibbles struct {
	low, high [2][32]uint8
	test      [Foreign][2][32]uint8
}

// A product is the bytes whose low half is in one set of sixteen and whose high half is in another.
type product struct{ low, high uint16 }

// fill finds the products that make up the sets and reports whether there is room
// for them. A set uses those of the sets before it as far as they go.
func (n *nibbles) fill(sets *[256]uint64) bool {
	var products []product
	for set := range Foreign {
		rest := lowHalves(sets, set)
		for at, p := range products {
			if p.within(&rest) {
				n.use(set, at)
				p.removeFrom(&rest)
			}
		}
		added := rest.split()
		if whole := lowHalves(sets, set).split(); len(whole) < len(added) {
			added = whole // products that overlap those of other sets
		}
		for _, p := range added {
			if len(products) == room {
				return false
			}
			n.use(set, len(products))
			products = append(products, p)
		}
	}
	for at, p := range products {
		for lane := range 32 {
			n.low[at/8][lane] |= uint8(p.low>>(lane%16)&1) << (at % 8)
			n.high[at/8][lane] |= uint8(p.high>>(lane%16)&1) << (at % 8)
		}
	}
	return true
}

// room is how many products there is room for.
const room = 16

// use makes a product part of a set.
func (n *nibbles) use(set, at int) {
	for lane := range n.test[set][at/8] {
		n.test[set][at/8][lane] |= 1 << (at % 8)
	}
}

// halves has, for each high half of ASCII, the low halves that go with it.
type halves [8]uint16

// lowHalves returns a set in that form.
func lowHalves(sets *[256]uint64, set int) (h halves) {
	for c := range 0x80 {
		if sets[c]>>(8*set)&1 == 1 {
			h[c>>4] |= 1 << (c & 15)
		}
	}
	return h
}

// split returns products that make up a set.
func (h halves) split() (products []product) {
	for p, ok := next(&h); ok; p, ok = next(&h) {
		products = append(products, p)
	}
	return products
}

// next removes a product from a set: the high halves that go with the same low halves share one.
func next(rest *halves) (p product, ok bool) {
	for high, low := range rest {
		if low != 0 && p.low == 0 {
			p.low = low
		}
		if low != 0 && low == p.low {
			p.high |= 1 << high
		}
	}
	p.removeFrom(rest)
	return p, p.low != 0
}

// within reports whether all of a product is in a set.
func (p product) within(set *halves) bool {
	for high, low := range set {
		if p.high>>high&1 == 1 && p.low&^low != 0 {
			return false
		}
	}
	return true
}

func (p product) removeFrom(set *halves) {
	for high := range set {
		if p.high>>high&1 == 1 {
			set[high] &^= p.low
		}
	}
}
