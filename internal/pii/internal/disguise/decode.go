package disguise

// decodeHex appends what the hexadecimal digits at i decode to, all of which has to
// be text, and returns where they end, 0 if they are none.
func decodeHex(plain []byte, text string, i int) (end int, _ []byte) {
	first := len(plain)
	var check textCheck
	if byteAt(text, i) == '0' && byteAt(text, i+1)|0x20 == 'x' {
		i += len("0x")
	}
	for end = i; ; end += 2 {
		v := hexNumber(text, end, 2)
		if v < 0 {
			break
		}
		if !check.next(byte(v)) {
			return 0, plain[:first]
		}
		plain = append(plain, byte(v))
	}
	if len(plain)-first < minText || alphabet[byteAt(text, end)] > 0 {
		return 0, plain[:first]
	}
	return end, plain
}

// decodeBase64 appends what the base64 at i decodes to, as far as that is text, and
// returns where it ends. It goes on behind the break of a long line.
func decodeBase64(plain []byte, text string, i int) (end int, _ []byte) {
	const longLine = 60
	var check textCheck
	line := i
	for end = i; ; {
		n, word := 0, uint32(0)
		for n < 4 && alphabet[byteAt(text, end+n)] > 0 {
			word = word<<6 | uint32(alphabet[text[end+n]]-1)
			n++
		}
		word <<= 6 * (4 - n)
		for k := range n - 1 {
			b := byte(word >> (16 - 8*k))
			if !check.next(b) {
				return end, plain
			}
			plain = append(plain, b)
		}
		if end += n; n == 4 {
			continue
		}
		next := lineBreak(text, end)
		if n > 0 || next == end || end-line < longLine {
			return end, plain
		}
		end, line = next, next
	}
}

// lineBreak returns the end of the line break at i, i if there is none.
func lineBreak(text string, i int) int {
	if byteAt(text, i) == '\r' {
		i++
	}
	if byteAt(text, i) == '\n' {
		i++
	}
	return i
}

// A textCheck tells text from other bytes.
type textCheck struct {
	more int // how many bytes of a rune are to come
}

// next reports whether the text can go on with b.
func (t *textCheck) next(b byte) bool {
	switch {
	case t.more > 0:
		t.more--
		return b>>6 == 0b10
	case b < 0x80:
		return b >= ' ' && b != 0x7f || b == '\t' || b == '\n' || b == '\r'
	case b>>5 == 0b110:
		t.more = 1
	case b>>4 == 0b1110:
		t.more = 2
	case b>>3 == 0b11110:
		t.more = 3
	default:
		return false
	}
	return true
}
