package deobfuscate

// This file holds the check that rejects most runs before they are decoded.

// BeginEncoded keeps those of some offsets of a text at which a run may begin that encodes a text, by its
// first bytes. It does without branches, since few of many do.
func BeginEncoded(some []uint16, text string) []uint16 {
	n := 0
	for _, k := range some {
		if len(text)-int(k) < minRun {
			break
		}
		t := text[k : k+minRun]
		some[n] = k
		n += int(uint32(maybeEncodes(t))+0xff) >> 8
	}
	return some[:n]
}

// maybeEncodes returns 0 if the first bytes of a run of minRun bytes cannot encode a text.
func maybeEncodes(t string) uint8 {
	first := startsEncoded[t[0]]
	return startsEncoded[t[4]]&startsEncoded[t[7]]&startsEncoded[t[12]]&wideZero | first&startsEncoded[t[2]]&startsEncoded[t[4]]&hexStart | first&startsEncoded[t[4]]&startsEncoded[t[8]]&base64Start | first&base64Foreign
}

// Encodes reports whether a run may begin at i: whether its first bytes decode to
// text, from hexadecimal digits or from base64.
func Encodes(text string, i int) bool {
	if len(text)-i < minRun {
		return false
	}
	if maybeEncodes(text[i:i+minRun]) == 0 {
		return false
	}
	return likelyHex(text, i) && startsHex(text[i:]) || likelyBase64(text, i) && startsBase64(text[i:]) || likelyWide(text, i)
}

// startsEncoded has for each byte whether likelyHex and likelyBase64 accept it. Reading it takes no branch.
var startsEncoded = buildStartsEncoded()

const (
	hexStart      = 1 << iota // a higher digit
	base64Start               // the first character of a group
	base64Foreign             // the first of a group of a rune that is not ASCII
	wideZero                  // six bits of the higher byte of a character of UTF-16
)

func buildStartsEncoded() (t [256]uint8) {
	for c := range t {
		if hexLead[c] {
			t[c] |= hexStart
		}
		high := (alphabet[c] - 1) >> 1 // above the values of characters for a byte that is none
		if isHigh>>high&1 == 1 {
			t[c] |= base64Start
		}
		if alphabet[c] > 0 && high >= 0xc0>>3 {
			t[c] |= base64Foreign
		}
		if c == 'A' {
			t[c] |= wideZero
		}
	}
	return t
}

// startsHex reports whether the hexadecimal digits at the start of text decode to text.
func startsHex(text string) bool {
	if text[0] == '0' && text[1]|0x20 == 'x' {
		text = text[2:]
	}
	var check textCheck
	for i := 0; i+2 <= min(len(text), 2*minText); i += 2 {
		if v := hexNumber(text, i, 2); v < 0 || !check.next(byte(v)) {
			return false
		}
	}
	return true
}

// startsBase64 reports whether the base64 at the start of text decodes to text of minText
// bytes, and has a capital or a digit, which a word has not.
func startsBase64(text string) bool {
	const characters = (minText*4 + 2) / 3
	if len(text) < characters {
		return false
	}
	var check textCheck
	word := uint32(0)
	for i := range characters {
		v := alphabet[text[i]]
		if v == 0 {
			return false
		}
		word = word<<6 | uint32(v-1)
		if i%4 > 0 {
			if !check.next(byte(word >> (6 - 2*(i%4)))) {
				return false
			}
		}
	}
	const most = 64
	for i := 0; i < len(text) && alphabet[text[i]] > 0; i++ {
		if c := text[i]; c-'a' >= 26 && c != '_' && c != '-' || i == most {
			return true
		}
	}
	return false
}
