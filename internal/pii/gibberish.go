package pii

// usual has, for each small letter, those that often follow it in words of English
// and of code: a bit each. Nine pairs in ten of such words are among them; of the
// pairs of letters drawn at random it is four in ten.
var usual = [26]uint32{
	0x1bebd6e, 0x0164911, 0x03eddd5, 0x016593d, 0x0efb97f, 0x0164939, 0x0066191, // a to g
	0x00a4111, 0x2aef87f, 0x0000000, 0x0040110, 0x11c4919, 0x014d913, 0x03c6d7d, // h to n
	0x07efd6f, 0x01ed99d, 0x0100000, 0x13efd7d, 0x15edd9d, 0x11ed9bd, 0x00eb937, // o to u
	0x0048111, 0x0024111, 0x0088010, 0x004b000, 0x0000010, // v to z
}

// isGibberish reports whether the letters of a value do not follow one another as
// in words: at least one pair in so many is unusual.
func isGibberish(value string, oneIn int) bool {
	const least = 7
	pairs, odd := 0, 0
	for i := 1; i < min(len(value), judged); i++ {
		a, b := lowered(value[i-1])-'a', lowered(value[i])-'a'
		if a >= 26 || b >= 26 {
			continue
		}
		pairs++
		if usual[a]>>b&1 == 0 {
			odd++
		}
	}
	return pairs >= least && odd*oneIn >= pairs
}

// How much of a value has to be unusual: where it is in quotes, and where it may be a name in code.
const (
	oneInThree = 3
	oneInTwo   = 2
)
