package disguise

// minRun is the least length of a run that is worth decoding: as long as the
// base64 of a social security number.
const minRun = 16

// alphabet has what a character of base64 stands for, either alphabet, plus one.
var alphabet = buildAlphabet()

func buildAlphabet() (t [256]uint8) {
	for v, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
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
	for i+minRun <= len(text) {
		// A run that covers this place is as long as it has to be only if it goes
		// back to i.
		last := i + minRun - 1
		back := last
		for back >= i && alphabet[text[back]] > 0 {
			back--
		}
		if back >= i {
			i = back + 1
			continue
		}
		first := len(plain)
		var run Run
		if run, plain = decodeRun(plain, text, i); len(plain) > first {
			return run, plain
		}
		i = run.End
	}
	return Run{}, plain
}

// Encodes reports whether a run may begin at i: whether its first bytes decode to text.
func Encodes(text string, i int) bool {
	return len(text)-i >= minRun && (startsHex(text[i:]) || startsBase64(text[i:]))
}

// startsHex reports whether the hexadecimal digits that text starts with begin with a text.
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

// startsBase64 does so for the base64 that text starts with.
func startsBase64(text string) bool {
	var check textCheck
	for i := 0; i+4 <= minText/3*4; i += 4 {
		word := uint32(0)
		for k := range 4 {
			v := alphabet[text[i+k]]
			if v == 0 {
				return false
			}
			word = word<<6 | uint32(v-1)
		}
		if !check.next(byte(word>>16)) || !check.next(byte(word>>8)) || !check.next(byte(word)) {
			return false
		}
	}
	return true
}

// decodeRun decodes the run that starts at i. Where it is none, only its end counts.
func decodeRun(plain []byte, text string, i int) (Run, []byte) {
	first := len(plain)
	end, plain := decodeHex(plain, text, i)
	if end > 0 {
		return Run{i, end}, plain
	}
	end, plain = decodeBase64(plain, text, i)
	if len(plain)-first < minText {
		plain, end = plain[:first], i+1
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
