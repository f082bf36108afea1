package text

import "unicode/utf8"

// RuneStart returns the start of the valid rune that contains i, i if it is between two runes.
func RuneStart(in string, i int) int {
	for back := 1; back < utf8.UTFMax && back <= i && i < len(in); back++ {
		if utf8.RuneStart(in[i-back+1]) {
			return i
		}
		if !utf8.RuneStart(in[i-back]) {
			continue
		}
		if _, size := utf8.DecodeRuneInString(in[i-back:]); size > back {
			return i - back
		}
		return i
	}
	return i
}

// RuneEnd returns the end of the valid rune that contains i, i if it is between two runes.
func RuneEnd(in string, i int) int {
	start := RuneStart(in, i)
	if start == i {
		return i
	}
	_, size := utf8.DecodeRuneInString(in[start:])
	return start + size
}

// NextForeign returns the first byte from i on that is not ASCII, the length of in if there
// is none. It reads eight bytes at a time.
func NextForeign(in string, i int) int {
	for ; i+8 <= len(in); i += 8 {
		t := in[i : i+8]
		if (t[0]|t[1]|t[2]|t[3]|t[4]|t[5]|t[6]|t[7])&0x80 != 0 {
			break
		}
	}
	for i < len(in) && in[i] < 0x80 {
		i++
	}
	return i
}
