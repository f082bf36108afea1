package prefilter

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// Names are words that the names of values end with, such as "password" or "apikey".
//
// The last three letters are a bit in a small table, which rejects nine names in ten. The
// others are compared with the words of these letters: "description" and "action" end like
// "production", and detectors that read them would take most of the time.
type Names struct {
	tails [1 << 5][1 << 5]uint32 // a bit for the last letter, by the two before; five bits of a letter ignore its case
	words [1 << namesBits][]string
}

const namesBits = 10

// NewNames returns a set of words in small letters, which end with a letter.
func NewNames(words []string) *Names {
	t := new(Names)
	// What ends with a longer word ends with the shorter one at its end.
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	for _, word := range words {
		n := len(word)
		if n > 2 {
			t.addWord(word, word[n-3])
			continue
		}
		for before := range byte(1 << 5) {
			t.addWord(word, before)
		}
	}
	return t
}

// addWord adds a word with the byte before its last two.
func (t *Names) addWord(word string, before byte) {
	n := len(word)
	t.tails[before&31][word[n-2]&31] |= 1 << (word[n-1] & 31)
	k := t.slot(before, word[n-2], word[n-1])
	if !slices.ContainsFunc(*k, func(shorter string) bool { return strings.HasSuffix(word, shorter) }) {
		*k = append(*k, word)
	}
}

// slot returns the words with the same last three letters, among others.
func (t *Names) slot(a, b, c byte) *[]string {
	return &t.words[(uint32(a&31)<<10|uint32(b&31)<<5|uint32(c&31))*multiplier>>(32-namesBits)]
}

// EndsName reports whether the letters that end at i can end the name of a value: in one of
// the words, in any case, its letters perhaps parted as in api_key, or in a letter beyond ASCII.
func (t *Names) EndsName(in string, i int) bool {
	if i < 3 {
		return true
	}
	a, b, c := in[i-3], in[i-2], in[i-1]
	if t.tails[a&31][b&31]>>(c&31)&1 == 0 {
		return text.Is(a|b, text.Foreign)
	}
	if text.Is(a|b|c, text.Foreign) {
		return true
	}
	for _, word := range *t.slot(a, b, c) {
		if hasTail(in, i, word) {
			return true
		}
	}
	return false
}

// EndsBefore reports whether the name before an operator or a comma at i can be that of a value.
func (t *Names) EndsBefore(in string, i int) bool {
	end := NameEnd(in, i)
	if end >= 2 && text.Is(in[end-1], text.Alnum) && t.EndsName(in, WordEnd(in, end)) {
		return true
	}
	var seen byte
	for k := max(0, i-foreignReach); k < i; k++ {
		seen |= in[k]
	}
	return seen >= 0x80
}

// hasTail reports whether a word ends at i, in any case, its letters perhaps parted by other
// bytes than letters and digits.
func hasTail(in string, i int, word string) bool {
	const most = 64
	limit := max(0, i-most)
	for k := len(word) - 1; k >= 0; {
		if i == limit {
			return limit > 0 // the rest was not read
		}
		i--
		switch c := in[i]; {
		case text.ToLower(c) == word[k]:
			k--
		case text.Is(c, text.Alnum):
			return false
		}
	}
	return true
}

const (
	// maxBetween bounds the bytes between a name and its operator, apart from a quote and its backslashes.
	maxBetween = 16
	// maxBackslashes bounds the backslashes before the quote.
	maxBackslashes = 15
	// maxNumber bounds the digits and joints at the end of a name.
	maxNumber = 64
	// foreignReach is how far before an operator a name with letters beyond ASCII has one.
	foreignReach = 9
)

// isBetween has the bytes between a name and its operator.
var isBetween = [256]bool{' ': true, '?': true, '.': true, '|': true, ':': true, ']': true, '*': true, '_': true, ')': true}

// NameEnd returns where the name ends that an operator or a comma at i follows. A quote and other
// bytes may be between.
func NameEnd(t string, i int) int {
	limit := max(0, i-maxBetween)
	for i > limit && isBetween[t[i-1]] {
		i--
	}
	if i > 0 && text.Is(t[i-1], text.Quote) {
		i--
		for limit = max(0, limit-maxBackslashes); i > limit && t[i-1] == '\\'; {
			i--
		}
		for i > limit && (t[i-1] == ']' || t[i-1] == ')' || t[i-1] == ' ') { // 'input[type=password]', 'password '
			i--
		}
	}
	return i
}

// WordEnd returns where the letters of a name end that ends at i: before its number, as in token_2
// and password 2.
func WordEnd(t string, i int) int {
	for limit := max(0, i-maxNumber); i > limit && (text.Is(t[i-1], text.Digit|text.Joiner|text.Dot) || t[i-1] == ' '); {
		i--
	}
	return i
}
