package deobfuscate

import "strings"

// signs are the words for the signs of an address, in small letters.
var signs = []struct {
	word string
	r    rune
}{
	{"at", '@'},
	{"@", '@'},
	{"\u00e4t", '@'},
	{"arroba", '@'},
	{"dot", '.'},
	{".", '.'},
	{"punkt", '.'},
	{"punto", '.'},
	{"point", '.'},
}

// startsSign has the first two bytes of the words for signs, the second without its highest bit.
// Any byte may follow a word of one byte.
var startsSign = buildStartsSign()

func buildStartsSign() *[256][1 << 7]bool {
	t := new([256][1 << 7]bool)
	for _, s := range signs {
		for second := range byte(1 << 7) {
			if len(s.word) == 1 || second|0x20 == s.word[1]&0x7f|0x20 {
				t[s.word[0]][second] = true
				if isLetter(s.word[0]) {
					t[s.word[0]&^0x20][second] = true
				}
			}
		}
	}
	return t
}

// closings has the bracket that closes what another opens.
var closings = [256]byte{'[': ']', '(': ')', '{': '}', '<': '>'}

// bracketed reads [at], (dot) and the like between two words, with the spaces around it.
func bracketed(text string, i int) change {
	at := skipSpaces(text, i+1)
	if !startsSign[byteAt(text, at)][byteAt(text, at+1)&0x7f] {
		return change{}
	}
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

// canNeighbour reports whether a byte can be next to the at or a dot of an
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

// spacedAt reads an @ with space on both sides, and the letters around it, where
// each letter is single.
func spacedAt(text string, i int) change {
	start, end := spacesStart(text, i), skipSpaces(text, i+1)
	if start == i || end == i+1 || !isAlnum(byteAt(text, start-1)) || !isAlnum(byteAt(text, end)) {
		return change{}
	}
	first, last := i, i
	for first > i-maxSpaced && byteAt(text, first-1) == ' ' && isAddressByte(byteAt(text, first-2)) && (first == 2 || byteAt(text, first-3) == ' ') {
		first -= 2
	}
	for last < i+maxSpaced && byteAt(text, last+1) == ' ' && isAddressByte(byteAt(text, last+2)) && (last+3 == len(text) || byteAt(text, last+3) == ' ') {
		last += 2
	}
	if first < i && last-i > 4 {
		return change{start: first, end: last + 1, squeeze: &spaces, doubt: Spaced}
	}
	if stop := spacedDots(text, end); stop > 0 {
		return change{start: start, end: stop, squeeze: &spaces, doubt: Spaced}
	}
	return change{start: start, end: end, with: '@', doubt: Spaced}
}

// spacedDots returns where the domain at i ends whose dots have spaces around them, 0 if they have none.
func spacedDots(text string, i int) (end int) {
	for at := i; at < i+maxSpaced; {
		for at < i+maxSpaced && isAddressByte(byteAt(text, at)) {
			at++
		}
		if byteAt(text, at) != ' ' || byteAt(text, at+1) != '.' || byteAt(text, at+2) != ' ' || !isAlnum(byteAt(text, at+3)) {
			if end > 0 {
				end = at
			}
			return end
		}
		at += 3
		end = at
	}
	return 0
}

// maxSpaced bounds how far letters by themselves are followed.
const maxSpaced = 128

var spaces = [256]uint8{' ': 1}

func isAddressByte(c byte) bool {
	return isAlnum(c) || c == '.' || c == '-' || c == '_' || c == '+'
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

// dotFollows reports whether the label at i has a dot in words after it.
func dotFollows(text string, i int, sep byte) bool {
	const longest = 63
	end := i
	for end < i+longest && isAlnum(byteAt(text, end)) {
		end++
	}
	return byteAt(text, end) == sep && hasFold(text, end+1, "dot") && byteAt(text, end+4) == sep
}

// atNear reports whether an at in words is near i.
func atNear(text string, i int, sep byte) bool {
	const near = 64
	for k := max(1, i-near); k < min(i+near, len(text)-2); k++ {
		if text[k-1] == sep && text[k+2] == sep && hasFold(text, k, "at") {
			return true
		}
	}
	return false
}

// softBreak drops a line break within a word, as in quoted-printable: an = at the end of a long line.
func softBreak(text string, i int) change {
	const line = 40
	end := lineBreak(text, i+1)
	if end == i+1 || !isAlnum(byteAt(text, i-1)) || !isAlnum(byteAt(text, end)) || i < line || strings.Contains(text[i-line:i], "\n") {
		return change{}
	}
	return change{start: i, end: end, with: dropped, doubt: Spelled}
}

// hasFold reports whether text has word, which is in small letters, at i, ignoring case.
func hasFold(text string, i int, word string) bool {
	if len(text)-i < len(word) {
		return false
	}
	for k := range len(word) {
		c := text[i+k]
		if c != word[k] && (!isLetter(c) || c|0x20 != word[k]) {
			return false
		}
	}
	return true
}
