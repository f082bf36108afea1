package disguise

// A reader looks at the byte at i, and a bounded number of bytes around it, for a
// disguise.
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

// regroupers are called at the bytes of what is only laid out in another way.
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

// withLeads adds what reads the first byte of each rune that stands for another.
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
func (t *Text) Decode(raw string) { t.read(raw, decoders) }

// Regroup fills the text with raw as it is usually laid out.
func (t *Text) Regroup(raw string) { t.read(raw, regroupers) }

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

// hexValue returns what a hexadecimal digit stands for, -1 if c is none.
func hexValue(c byte) rune {
	switch {
	case isDigit(c):
		return rune(c - '0')
	case c|0x20-'a' < 6:
		return rune(c|0x20-'a') + 10
	}
	return -1
}

// hexNumber returns the number that n hexadecimal digits at i write, -1 if there are fewer.
func hexNumber(text string, i, n int) (number rune) {
	if i+n > len(text) {
		return -1
	}
	for k := range n {
		v := hexValue(text[i+k])
		if v < 0 {
			return -1
		}
		number = number<<4 | v
	}
	return number
}
