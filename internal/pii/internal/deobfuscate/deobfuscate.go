package deobfuscate

// This file holds the check for disguises and the tables of what reads them.

// Disguises are the kinds of disguise of a text.
type Disguises struct {
	Decodes  bool // [Text.Decode] would change it
	Regroups bool // [Text.Regroup] would change it
}

// Of returns what kinds of disguise a text has, reading it once.
func Of(text string) (d Disguises) {
	for i := nextPair(text, 0); i < len(text); i = nextPair(text, i+1) {
		d.Add(text, i)
	}
	return d
}

// nextPair returns the first offset from i on at which a disguise can begin: the byte there
// and the next are a pair, or it is the last byte.
func nextPair(text string, i int) int {
	for ; i+8 < len(text); i += 8 {
		t := text[i : i+9]
		p0, p1, p2, p3, p4 := pairs[t[0]], pairs[t[1]], pairs[t[2]], pairs[t[3]], pairs[t[4]]
		p5, p6, p7, p8 := pairs[t[5]], pairs[t[6]], pairs[t[7]], pairs[t[8]]
		if p0&(p1>>8)|p1&(p2>>8)|p2&(p3>>8)|p3&(p4>>8)|p4&(p5>>8)|p5&(p6>>8)|p6&(p7>>8)|p7&(p8>>8) != 0 {
			break // the loop below finds which, of eight
		}
	}
	for ; i+1 < len(text); i++ {
		if leads[text[i]]&follows[text[i+1]] != 0 {
			return i
		}
	}
	return i
}

// Begin keeps those of some offsets of a text at which a disguise can begin: the byte there and the
// next byte are a pair. It does without branches, since few of many do.
func Begin(some []uint16, text string) []uint16 {
	n := 0
	for _, k := range some {
		some[n] = k
		if int(k)+1 >= len(text) {
			n++
			break
		}
		n += int(uint32(leads[text[k]]&follows[text[k+1]])+0xff) >> 8
	}
	return some[:n]
}

// Add adds the disguises that begin at i.
func (d *Disguises) Add(text string, i int) {
	c := text[i]
	if leads[c] == 0 {
		return
	}
	if r := decoders[c]; r != nil && !d.Decodes {
		d.Decodes = r(text, i).end > 0
	}
	if r := regroupers[c]; r != nil && !d.Regroups {
		d.Regroups = r(text, i).end > 0
	}
}

// starts are the pairs of bytes that a disguise can begin with; all others are
// passed over. Each has a bit.
var starts = [...]struct{ first, second string }{
	{"%=", "0123456789abcdefABCDEFu\r\n"},
	{"&", "#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"},
	{"\\", "\\xuU0123e@._-"},
	{"[({<", "0123456789aAdDpP@. \xc3"},
	{"0123456789", " \t\r\n_/.-"},
	{"@", " "},
	{"aAdD", "tToO"},
	{"\x1b\b\x00", ""}, // and what is not ASCII
}

// leads has the bits of the pairs that a byte is the first of, follows those of
// the pairs that it is the second of.
var leads, follows = buildPairs()

// pairs has both, those of follows in the upper half, so that one look-up a byte is enough.
var pairs = func() (t [256]uint16) {
	for c := range t {
		t[c] = uint16(leads[c]) | uint16(follows[c])<<8
	}
	return t
}()

func buildPairs() (first, second *[256]uint8) {
	first, second = new([256]uint8), new([256]uint8)
	for bit, s := range starts {
		for _, c := range []byte(s.first) {
			first[c] |= 1 << bit
		}
		for _, c := range []byte(s.second) {
			second[c] |= 1 << bit
		}
		for c := range 256 {
			if s.second == "" && isLead[c] {
				first[c] |= 1 << bit
			}
			if s.second == "" {
				second[c] |= 1 << bit
			}
		}
	}
	return first, second
}

// A reader detects a disguise at the byte at i. It reads a bounded number of bytes around it.
type reader func(text string, i int) change

// decoders are called at the bytes that can begin a disguise that is plainly read.
var decoders = withLeads([256]reader{
	'%':    percent,
	'&':    entity,
	'\\':   backslash,
	'\x1b': control,
	'\b':   backspace,
	0:      zero,
	'[':    colour,
	'=':    quotedPrintable,
})

// regroupers are called at the bytes at which another layout can begin.
var regroupers = withDigits([256]reader{
	'[': bracketed,
	'(': bracketed,
	'{': bracketed,
	'<': bracketed,
	'@': spacedAt,
	'=': softBreak,
	'a': word,
	'A': word,
	'd': word,
	'D': word,
})

// withLeads adds the reader of the first byte of each rune of folds.
func withLeads(t [256]reader) *[256]reader {
	for c, lead := range isLead {
		if lead {
			t[c] = foreign
		}
	}
	return &t
}

func withDigits(t [256]reader) *[256]reader {
	for c := '0'; c <= '9'; c++ {
		t[c] = grouped
	}
	return &t
}

// Decode fills the text with the plain form of raw.
func (t *Text) Decode(raw string) { t.read(raw, decoders, nil) }

// DecodeForm is Decode with spaces for the plus signs of forms and queries.
func (t *Text) DecodeForm(raw string) { t.read(raw, decoders, &plusReader{text: raw}) }

// Regroup fills the text with raw in its usual layout.
func (t *Text) Regroup(raw string) { t.read(raw, regroupers, nil) }

// byteAt returns the byte at i, 0 outside of the text.
func byteAt(text string, i int) byte {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

func isDigit(c byte) bool { return c-'0' < 10 }

func isLetter(c byte) bool { return c|0x20-'a' < 26 }

func isAlnum(c byte) bool { return isDigit(c) || isLetter(c) }

// hexValues has the value of each hexadecimal digit, -1 for other bytes.
var hexValues = buildHexValues()

func buildHexValues() (t [256]int8) {
	for c := range t {
		switch {
		case isDigit(byte(c)):
			t[c] = int8(c - '0')
		case byte(c)|0x20-'a' < 6:
			t[c] = int8(c|0x20-'a') + 10
		default:
			t[c] = -1
		}
	}
	return t
}

// hexNumber returns the number of n hexadecimal digits at i, -1 if there are fewer.
func hexNumber(text string, i, n int) (number rune) {
	if i+n > len(text) {
		return -1
	}
	for k := range n {
		v := hexValues[text[i+k]]
		if v < 0 {
			return -1
		}
		number = number<<4 | rune(v)
	}
	return number
}
