package deobfuscate

// This file holds the search for base64 and hexadecimal digits that decode to text.

// minRun is the least length of a run that is worth decoding: as long as the
// base64 of a social security number.
const minRun = 15

// alphabet has the value of each character of base64, in either alphabet, plus one.
var alphabet = buildAlphabet()

const encoded = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func buildAlphabet() (t [256]uint8) {
	for v, c := range []byte(encoded) {
		t[c] = uint8(v + 1)
	}
	t['-'], t['_'] = 63, 64
	return t
}

// A Run is a part of a text that is base64 or hexadecimal of text.
type Run struct {
	Start, End int
}

// NextRun appends what the next encoded run from i on decodes to, which is text, to
// plain. It returns no run, its end 0, if there is none.
func NextRun(plain []byte, text string, i int) (Run, []byte) {
	for {
		if i = nextWord(text, i); i < 0 {
			return Run{}, plain
		}
		first := len(plain)
		var run Run
		if run, plain = decodeRun(plain, text, i); len(plain) > first {
			return run, plain
		}
		i = run.End
	}
}

// nextWord returns where the next run of minRun characters of base64 from i on
// starts, -1 if there is none. Such a run has a whole block of eight bytes in it.
func nextWord(text string, i int) int {
	for from := i; i+8 <= len(text); i += 8 {
		t := text[i : i+8]
		x := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
			uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		if x&highest != 0 || !isMixedWord(x) {
			continue
		}
		start, end := i, i
		for start > from && alphabet[text[start-1]] > 0 {
			start--
		}
		for end < len(text) && end < start+minRun && alphabet[text[end]] > 0 {
			end++
		}
		if end == start+minRun {
			return start
		}
	}
	return -1
}

// A word of eight bytes is looked at as a whole: adding 0x80-x to a byte of ASCII
// sets its highest bit if it is at least x.
const (
	each    = 0x0101010101010101
	highest = 0x80 * each
)

// isMixedWord reports whether all bytes are letters, _ or between + and 9, and one
// of them is a capital or a number: base64 and hexadecimal digits without any
// are none of text.
func isMixedWord(x uint64) bool {
	small := x | 0x20*each
	letters := (small + (0x80-'a')*each) &^ (small + (0x80-'z'-1)*each)
	numbers := (x + (0x80-'+')*each) &^ (x + (0x80-'9'-1)*each)
	lines := highest - (x ^ '_'*each)
	capitals := letters &^ (x + (0x80-'Z'-1)*each)
	return (letters|numbers|lines)&highest == highest && (capitals|(x+(0x80-'0')*each)&numbers)&highest != 0
}

// decodeRun decodes the run that starts at i. Where it is none, only its end counts.
func decodeRun(plain []byte, text string, i int) (Run, []byte) {
	first, end := len(plain), i+1
	if likelyHex(text, i) {
		if end, plain = decodeHex(plain, text, i); end > 0 {
			return Run{i, end}, plain
		}
		end = i + 1
	}
	if likelyBase64(text, i) {
		stop := 0
		if stop, plain = decodeBase64(plain, text, i); len(plain)-first >= minText {
			end = stop
		} else {
			plain = plain[:first]
		}
	}
	if len(plain) == first && likelyWide(text, i) {
		stop := 0
		if stop, plain = decodeWide(plain, text, i); len(plain)-first >= minText {
			end = stop
		} else {
			plain = plain[:first]
		}
	}
	// What is encoded may be one of the names of a path.
	stop := end
	for end < len(text) && alphabet[text[end]] > 0 && text[end-1] != '/' {
		end++
	}
	if len(plain) > first {
		if end > stop && text[end-1] == '/' {
			end--
		}
		end = padding(text, end)
	}
	return Run{i, end}, plain
}

// likelyHex reports whether the first digits at i can write text.
func likelyHex(text string, i int) bool {
	return hexLead[text[i]] && hexLead[text[i+2]] && hexLead[text[i+4]]
}

// likelyBase64 reports whether what starts at i can be base64 of text: each group
// of four begins with the higher bits of a character, unless that is not ASCII.
func likelyBase64(text string, i int) bool {
	high := func(i int) uint8 { return (alphabet[text[i]] - 1) >> 1 }
	if high(i) >= 0xc0>>3 {
		return true
	}
	return isHigh>>high(i)&1 == 1 && isHigh>>high(i+4)&1 == 1 && isHigh>>high(i+8)&1 == 1
}

// isHigh has a bit for each number that the five higher bits of a byte of text make.
const isHigh uint32 = 1<<(0x80>>3) - 1<<(0x20>>3) | 1<<('\n'>>3) | 0xff<<(0xc0>>3)

// hexLead has the higher digit of each byte of ASCII text. It starts a number after 0x, too.
var hexLead = [256]bool{'0': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true}

// minText is less than any value that is looked for.
const minText = 8

func padding(text string, end int) int {
	for range 2 {
		if byteAt(text, end) == '=' {
			end++
		}
	}
	return end
}

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
// returns where it ends. It continues after the break of a long line.
func decodeBase64(plain []byte, text string, i int) (end int, _ []byte) {
	const longLine = 60
	var check textCheck
	line := i
	for end = i; ; {
		word, n := base64Group(text, end)
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

// base64Group returns the characters of base64 at i, up to four, as 24 bits, and their number.
func base64Group(text string, i int) (word uint32, n int) {
	for n < 4 && alphabet[byteAt(text, i+n)] > 0 {
		word = word<<6 | uint32(alphabet[text[i+n]]-1)
		n++
	}
	return word << (6 * (4 - n)), n
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

// A textCheck checks whether bytes are text.
type textCheck struct {
	more int // how many bytes of a rune are to come
}

// next reports whether the text can continue with b.
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
