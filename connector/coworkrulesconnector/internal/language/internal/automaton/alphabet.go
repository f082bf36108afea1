package automaton

import (
	"regexp/syntax"
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"
)

// An alphabet has a symbol for all characters that a program does not distinguish, and one
// for the end of the text.
type alphabet struct {
	first []rune // the first character of each symbol, in order
	ascii [utf8.RuneSelf]uint16
}

// words are the ranges of the characters of words, for \b, and the line end, for ^ and $.
var words = []rune{'0', '9', 'A', 'Z', '_', '_', 'a', 'z', '\n', '\n'}

func newAlphabet(program *syntax.Prog) *alphabet {
	first := []rune{0}
	addRanges := func(ranges []rune) {
		for i := 0; i+1 < len(ranges); i += 2 {
			first = append(first, ranges[i], ranges[i+1]+1)
		}
	}
	addRanges(words)
	for _, inst := range program.Inst {
		if inst.Op != syntax.InstRune && inst.Op != syntax.InstRune1 {
			continue
		}
		if len(inst.Rune) > 1 {
			addRanges(inst.Rune)
			continue
		}
		for _, char := range inst.Rune { // one character, with its other forms
			for form := unicode.SimpleFold(char); form != char; form = unicode.SimpleFold(form) {
				addRanges([]rune{form, form})
			}
			addRanges([]rune{char, char})
		}
	}
	slices.Sort(first)
	a := &alphabet{first: slices.Compact(first)}
	for b := range a.ascii {
		a.ascii[b] = uint16(a.symbolOf(rune(b)))
	}
	return a
}

// symbols returns the number of symbols, the end of the text included.
func (a *alphabet) symbols() int { return len(a.first) + 1 }

func (a *alphabet) symbolOf(char rune) int {
	return sort.Search(len(a.first), func(i int) bool { return a.first[i] > char }) - 1
}

// charOf returns a character of a symbol, -1 for the end of the text.
func (a *alphabet) charOf(symbol int) rune {
	if symbol == len(a.first) {
		return -1
	}
	return a.first[symbol]
}
