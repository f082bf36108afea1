package pii

import "strings"

// skipSpace returns the first byte from i on that is no JSON white space.
func skipSpace(text string, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t') {
		i++
	}
	return i
}

// stringEnd returns where the string that opens at i ends, -1 if it is not valid, and whether it has escapes.
func stringEnd(text string, i int) (end int, escaped bool) {
	for i++; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return i + 1, escaped
		case c < ' ':
			return -1, false
		case c == '\\':
			escaped = true
			i++
			if i >= len(text) {
				return -1, false
			}
			if text[i] == 'u' {
				if runEnd(text, i+1, i+5, hexa) != i+5 {
					return -1, false
				}
				i += 4
			} else if strings.IndexByte(`"\/bfnrt`, text[i]) < 0 {
				return -1, false
			}
		}
	}
	return -1, false
}

// numberEnd returns where the number at i ends, -1 if it is not valid.
func numberEnd(text string, i int) int {
	if text[i] == '-' {
		i++
	}
	end := runEnd(text, i, len(text), digit)
	if end == i || text[i] == '0' && end > i+1 {
		return -1
	}
	if end < len(text) && text[end] == '.' {
		i = end + 1
		if end = runEnd(text, i, len(text), digit); end == i {
			return -1
		}
	}
	if end < len(text) && lowered(text[end]) == 'e' {
		i = end + 1
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		if end = runEnd(text, i, len(text), digit); end == i {
			return -1
		}
	}
	return end
}

// wordLiteralEnd returns where true, false or null ends, -1 if none starts at i.
func wordLiteralEnd(text string, i int) int {
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(text[i:], word) {
			return i + len(word)
		}
	}
	return -1
}
