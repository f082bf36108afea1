package text

import "math/bits"

// Judged bounds how many bytes of a value are read to decide whether it is random.
const Judged = 64

// A Shape is what a string is made of.
type Shape struct {
	Lower, Upper, Digit, Other int

	Turns    int // changes between digits, small letters and capitals within a word
	Segment  int // the length of the longest word
	Distinct int // the number of different bytes, by their low six bits
	NotHex   bool
}

// ShapeOf returns the shape of the first bytes of a text, at most judged.
func ShapeOf(in string) (s Shape) {
	var seen uint64
	var before, beforeThat Class
	run := 0
	for i := range min(len(in), Judged) {
		c := in[i]
		seen |= 1 << (c & 63)
		kind := classes[c] & Alnum
		switch kind {
		case Lower:
			s.Lower++
		case Upper:
			s.Upper++
		case Digit:
			s.Digit++
		default:
			s.Other++
		}
		if kind == 0 {
			run = 0
		} else {
			run++
			s.Segment = max(s.Segment, run)
			s.NotHex = s.NotHex || !Is(c, Hexa)
		}
		// A capital that starts a word is no surprise.
		title := kind == Lower && before == Upper && beforeThat != Upper
		if kind != before && kind != 0 && before != 0 && !title {
			s.Turns++
		}
		before, beforeThat = kind, before
	}
	s.Distinct = bits.OnesCount64(seen)
	return s
}

// Random reports whether a string of this shape looks like drawn at random rather
// than written: its letters and digits alternate, or its capitals do.
func (s Shape) Random() bool {
	n := s.Lower + s.Upper + s.Digit
	letters := s.Lower + s.Upper
	switch {
	case n < 8 || s.Distinct < min(n/2, 7):
		return false
	case s.Digit >= 2 && letters >= 2 && s.Turns*5 >= n:
		return true
	case s.Digit >= 4 && letters >= 3 && !s.NotHex && s.Segment >= 16:
		return true
	case s.Lower >= 3 && s.Upper >= 3 && s.Turns*3 >= n:
		return true
	}
	return false
}

// IsVaried reports whether a body is no mere filler such as xxxx.
func IsVaried(body string) bool {
	var seen uint64
	want := min(5, (len(body)+1)/2)
	for i := range min(len(body), Judged) {
		if bit := uint64(1) << (body[i] & 63); seen&bit == 0 {
			seen |= bit
			if want--; want <= 0 {
				return true
			}
		}
	}
	return false
}

// HasAnyDigit reports whether one of the first bytes of a body is a digit.
func HasAnyDigit(body string) bool {
	for i := range min(len(body), Judged) {
		if Is(body[i], Digit) {
			return true
		}
	}
	return false
}

// HasMixture reports whether a body has what anything random has: digits, or
// capitals and small letters. Most names are dismissed by it before they are judged.
func HasMixture(body string) bool {
	digits, capitals := 0, 0
	for i := range min(len(body), Judged) {
		if c := classes[body[i]]; c&Digit != 0 {
			digits++
		} else if c&Upper != 0 {
			capitals++
		}
	}
	return digits >= 2 || capitals >= 3
}

// IsUUID reports whether a body is a UUID.
func IsUUID(body string) bool {
	for i := range len(body) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (body[i] == '-') || !dash && !Is(body[i], Hexa) {
			return false
		}
	}
	return len(body) == 36 && HasAnyDigit(body)
}

// usual has, for each small letter, those that often follow it in words of English
// and of code: a bit each. Nine pairs in ten of such words are among them; of the
// pairs of letters drawn at random it is four in ten.
var usual = [26]uint32{
	0x1bebd6e, 0x0164911, 0x03eddd5, 0x016593d, 0x0efb97f, 0x0164939, 0x0066191, // a to g
	0x00a4111, 0x2aef87f, 0x0000000, 0x0040110, 0x11c4919, 0x014d913, 0x03c6d7d, // h to n
	0x07efd6f, 0x01ed99d, 0x0100000, 0x13efd7d, 0x15edd9d, 0x11ed9bd, 0x00eb937, // o to u
	0x0048111, 0x0024111, 0x0088010, 0x004b000, 0x0000010, // v to z
}

// IsGibberish reports whether the letters of a value do not follow one another as
// in words: at least one pair in so many is unusual.
func IsGibberish(value string, oneIn int) bool {
	const least = 7
	pairs, odd := 0, 0
	for i := 1; i < min(len(value), Judged); i++ {
		a, b := ToLower(value[i-1])-'a', ToLower(value[i])-'a'
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
	OneInThree = 3
	OneInTwo   = 2
)

// IsRandomKey reports whether what follows a short prefix, which a mere name may
// have too, looks like a key.
func IsRandomKey(body string) bool {
	if !HasMixture(body) {
		return false
	}
	s := ShapeOf(body)
	if s.Distinct < 8 {
		return false
	}
	return s.Segment >= 16 && s.Digit >= 2 && s.Lower+s.Upper >= 2 || s.Random()
}

// IsRandomCased reports whether the body after a very short prefix is a key.
func IsRandomCased(body string) bool {
	if !HasMixture(body) {
		return false
	}
	s := ShapeOf(body)
	return s.Lower > 1 && s.Upper > 1 && s.Digit > 0 && s.Distinct >= 10 && s.Turns*3 >= len(body)
}
