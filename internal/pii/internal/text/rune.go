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
