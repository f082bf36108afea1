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

// word reads an at and the dots of an address that is written in words, with
// the same space, dash or underscore around each.
func word(text string, i int) change {
	name, with := "at", '@'
	if text[i]|0x20 == 'd' {
		name, with = "dot", '.'
	}
	end := i + len(name)
	sep := byteAt(text, i-1)
	if sep != ' ' && sep != '_' && sep != '-' || byteAt(text, end) != sep || !hasFold(text, i, name) ||
		!isAlnum(byteAt(text, i-2)) || !isAlnum(byteAt(text, end+1)) {
		return change{}
	}
	if with == '@' && !dotFollows(text, end+1, sep) || with == '.' && !atNear(text, i, sep) {
		return change{}
	}
	return change{start: i - 1, end: end + 1, with: with, doubt: Spaced}
}

// dotFollows reports whether the label at i has a dot in words behind it.
func dotFollows(text string, i int, sep byte) bool {
	const longest = 63
	end := i
	for end < i+longest && isAlnum(byteAt(text, end)) {
		end++
	}
	return byteAt(text, end) == sep && hasFold(text, end+1, "dot") && byteAt(text, end+4) == sep
}

// atNear reports whether an at in words stands near i.
func atNear(text string, i int, sep byte) bool {
	const near = 64
	for k := max(1, i-near); k < min(i+near, len(text)-2); k++ {
		if text[k-1] == sep && text[k+2] == sep && hasFold(text, k, "at") {
			return true
		}
	}
	return false
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
