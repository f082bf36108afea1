package pii

// This file holds the checks of whether a text is random.

import (
	"math/bits"
)

// A shape is what a string is made of.
type shape struct {
	lower, upper, digit, other int

	turns    int // changes between digits, small letters and capitals within a word
	segment  int // the length of the longest word
	distinct int // the number of different bytes, by their low six bits
	notHex   bool
}

// shapeOf returns the shape of the first bytes of a text, at most judged.
func shapeOf(text string) (s shape) {
	var seen uint64
	var before, beforeThat class
	run := 0
	for i := range min(len(text), judged) {
		c := text[i]
		seen |= 1 << (c & 63)
		kind := classes[c] & alnum
		switch kind {
		case lower:
			s.lower++
		case upper:
			s.upper++
		case digit:
			s.digit++
		default:
			s.other++
		}
		if kind == 0 {
			run = 0
		} else {
			run++
			s.segment = max(s.segment, run)
			s.notHex = s.notHex || !is(c, hexa)
		}
		// A capital that starts a word is no surprise.
		title := kind == lower && before == upper && beforeThat != upper
		if kind != before && kind != 0 && before != 0 && !title {
			s.turns++
		}
		before, beforeThat = kind, before
	}
	s.distinct = bits.OnesCount64(seen)
	return s
}

// random reports whether a string of this shape looks like drawn at random rather
// than written: its letters and digits alternate, or its capitals do.
func (s shape) random() bool {
	n := s.lower + s.upper + s.digit
	letters := s.lower + s.upper
	switch {
	case n < 8 || s.distinct < min(n/2, 7):
		return false
	case s.digit >= 2 && letters >= 2 && s.turns*5 >= n:
		return true
	case s.digit >= 4 && letters >= 3 && !s.notHex && s.segment >= 16:
		return true
	case s.lower >= 3 && s.upper >= 3 && s.turns*3 >= n:
		return true
	}
	return false
}

// A bodyCheck is a condition on the body of a token, apart from its length and its alphabet.
type bodyCheck struct {
	about   string // the condition, for formats.md
	mixed   bool   // no body of small letters only passes
	accepts func(body string) bool
}

// The checks of the rows of the tables. Those with a distinctive prefix need only a varied body.
var (
	varied      = &bodyCheck{"", false, isVaried}
	anything    = &bodyCheck{"", false, func(string) bool { return true }}
	hasDigit    = &bodyCheck{"with a digit", true, hasAnyDigit}
	randomKey   = &bodyCheck{"random", true, isRandomKey}
	randomCased = &bodyCheck{"random, in both cases", true, isRandomCased}
	uuid        = &bodyCheck{"a UUID", true, isUUID}
	botParts    = &bodyCheck{"in three parts", true, isBotToken}
)

// isVaried reports whether a body is no mere filler such as xxxx.
func isVaried(body string) bool {
	var seen uint64
	want := min(5, (len(body)+1)/2)
	for i := range min(len(body), judged) {
		if bit := uint64(1) << (body[i] & 63); seen&bit == 0 {
			seen |= bit
			if want--; want <= 0 {
				return true
			}
		}
	}
	return false
}

// hasAnyDigit reports whether one of the first bytes of a body is a digit.
func hasAnyDigit(body string) bool {
	for i := range min(len(body), judged) {
		if is(body[i], digit) {
			return true
		}
	}
	return false
}

// isRandomKey reports whether what follows a short prefix, which a mere name may
// have too, looks like a key.
func isRandomKey(body string) bool {
	if !hasMixture(body) {
		return false
	}
	s := shapeOf(body)
	if s.distinct < 8 {
		return false
	}
	return s.segment >= 16 && s.digit >= 2 && s.lower+s.upper >= 2 || s.random()
}

// hasMixture reports whether a body has what anything random has: digits, or
// capitals and small letters. Most names are dismissed by it before they are judged.
func hasMixture(body string) bool {
	digits, capitals := 0, 0
	for i := range min(len(body), judged) {
		if c := classes[body[i]]; c&digit != 0 {
			digits++
		} else if c&upper != 0 {
			capitals++
		}
	}
	return digits >= 2 || capitals >= 3
}

// isRandomCased reports whether the body after a very short prefix is a key.
func isRandomCased(body string) bool {
	if !hasMixture(body) {
		return false
	}
	s := shapeOf(body)
	return s.lower > 1 && s.upper > 1 && s.digit > 0 && s.distinct >= 10 && s.turns*3 >= len(body)
}

// isUUID reports whether a body is a UUID.
func isUUID(body string) bool {
	for i := range len(body) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (body[i] == '-') || !dash && !is(body[i], hexa) {
			return false
		}
	}
	return len(body) == 36 && hasAnyDigit(body)
}

// isBotToken reports whether a body has the three parts of a Discord bot's token:
// its id in base64, six or seven characters of a time, and a code.
func isBotToken(body string) bool {
	first := runEnd(body, 0, len(body), keyChars)
	second := runEnd(body, min(first+1, len(body)), len(body), keyChars)
	third := len(body) - second - 1
	return first >= 20 && first <= 26 && (second-first == 7 || second-first == 8) &&
		third >= 27 && third <= 42 && shapeOf(body).random()
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
