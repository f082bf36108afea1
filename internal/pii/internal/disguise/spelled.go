package disguise

import "strings"

// signs are the words that stand for the signs of an address, in small letters.
var signs = []struct {
	word string
	r    rune
}{
	{"at", '@'},
	{"@", '@'},
	{"\u00e4t", '@'}, // a capital is met as seldom as the word
	{"arroba", '@'},
	{"dot", '.'},
	{".", '.'},
	{"punkt", '.'},
	{"punto", '.'},
	{"point", '.'},
}

// closings has the bracket that closes what another opens.
var closings = [256]byte{'[': ']', '(': ')', '{': '}', '<': '>'}

// bracketed reads [at], (dot) and the like between two words, with the spaces around it.
func bracketed(text string, i int) change {
	at := skipSpaces(text, i+1)
	for _, s := range signs {
		if !hasFold(text, at, s.word) {
			continue
		}
		end := skipSpaces(text, at+len(s.word))
		if byteAt(text, end) != closings[text[i]] {
			continue
		}
		start, end := spacesStart(text, i), skipSpaces(text, end+1)
		if !canNeighbour(byteAt(text, start-1)) || !canNeighbour(byteAt(text, end)) {
			return change{}
		}
		return change{start: start, end: end, with: s.r, doubt: Spelled}
	}
	return change{}
}

// canNeighbour reports whether a byte can stand beside the at or a dot of an
// address: a part of it, or the bracket around the next sign.
func canNeighbour(c byte) bool { return isAlnum(c) || c == '_' || c == '-' || c >= 0x80 }

// maxGap bounds the spaces around a sign.
const maxGap = 2

func skipSpaces(text string, i int) int {
	for limit := i + maxGap; i < limit && byteAt(text, i) == ' '; i++ {
	}
	return i
}

func spacesStart(text string, i int) int {
	for limit := i - maxGap; i > limit && byteAt(text, i-1) == ' '; i-- {
	}
	return i
}

// spacedAt reads an @ with space on both sides.
func spacedAt(text string, i int) change {
	start, end := spacesStart(text, i), skipSpaces(text, i+1)
	if start == i || end == i+1 || !isAlnum(byteAt(text, start-1)) || !isAlnum(byteAt(text, end)) {
		return change{}
	}
	return change{start: start, end: end, with: '@', doubt: Spaced}
}

// softBreak drops the end of a line that goes on behind it, as quoted-printable
// has it: an = at the end of a long line.
func softBreak(text string, i int) change {
	const line = 40
	end := lineBreak(text, i+1)
	if end == i+1 || !isAlnum(byteAt(text, i-1)) || !isAlnum(byteAt(text, end)) || i < line || strings.Contains(text[i-line:i], "\n") {
		return change{}
	}
	return change{start: i, end: end, with: dropped, doubt: Spelled}
}

// hasFold reports whether text has word, which is in small letters, at i, whatever the case.
func hasFold(text string, i int, word string) bool {
	if len(text)-i < len(word) {
		return false
	}
	for k := range len(word) {
		if c := text[i+k]; c != word[k] && (c|0x20 != word[k] || !isLetter(c)) {
			return false
		}
	}
	return true
}
