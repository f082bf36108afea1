package pii

import "math/bits"

// A shape is what a string is made of.
type shape struct {
	lower, upper, digit, other int

	turns    int // changes between digits, small letters and capitals within a word
	segment  int // the length of the longest word
	distinct int // different bytes, at most 64 of them told apart
	notHex   bool
}

// shapeOf reads the first bytes of a text, as many as it takes to judge a token.
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
