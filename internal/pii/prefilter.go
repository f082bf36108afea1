package pii

// This file holds the prefilters: checks of the bytes next to a candidate that
// reject most candidates before a detector runs.

import (
	"math/bits"
	"slices"

	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A byteFilter reports whether the candidate at i may begin a finding. It may report
// true for a candidate that does not, never the reverse.
type byteFilter func(w *walk, i int) bool

// prefilters has the prefilter of each byte. All candidates at a byte without one are visited.
var prefilters = buildPrefilters()

func buildPrefilters() (t [256]byteFilter) {
	t[':'] = (*walk).mayPart
	t['='] = (*walk).mayAssign
	t[','] = (*walk).mayAssign
	t['>'] = (*walk).mayTag
	t['-'] = (*walk).mayOpen
	for c := '0'; c <= '9'; c++ {
		t[c] = (*walk).mayNumber
	}
	return t
}

// between has the separators of the groups of a number.
var between = [256]bool{' ': true, '-': true, '.': true, '/': true, '(': true, ')': true}

// mayNumber reports whether the digits at i can start a finding: a number with at least
// the digits of the shortest one, the first of several groups, or a token.
func (w *walk) mayNumber(i int) bool {
	t := w.Text
	end := i + 1
	for end < len(t) && text.Is(t[end], text.Digit) {
		if end++; end-i == detect.PhoneLeast {
			return true
		}
	}
	if end+1 >= len(t) {
		return false
	}
	switch c := t[end]; {
	case between[c]:
		return text.Is(t[end+1], text.Digit) || between[t[end+1]]
	case text.Is(c, text.Letter):
		return tokenStarts[t[i]&0x7f][t[i+1]&0x7f] != 0 || i+longLeast <= len(t) && text.Is(t[i+longLeast-1], text.Alnum) && text.Is(t[i+longLeast/2], text.Alnum)
	default:
		return c == '|'
	}
}

// mayPart reports whether a colon can be that of a URL, of an address or of an assignment.
func (w *walk) mayPart(i int) bool {
	if t := w.Text; i >= 5 && t[i-1] == '"' && text.Is(t[i-2], text.Letter) {
		return endsLikeName(t, i-1) // a key of JSON, most often
	}
	switch c := w.Next(i + 1); {
	case c == '/', c == ':' && w.mayCompress(i):
		return true
	case text.Is(c, text.Hexa) && w.mayGroup(i):
		return true
	}
	return w.mayAssign(i)
}

// mayCompress reports whether two colons at i can be those of an address: the word
// before them is no longer than a group.
func (w *walk) mayCompress(i int) bool {
	start := text.RunStart(w.Text, i, i-5, text.Hexa)
	return start == 0 || !text.Is(w.Text[start-1], text.Alnum) || w.Previous(start) == 0
}

// mayGroup reports whether a colon can be the first of an address: it has a short
// group on either side, a colon after the second, and one more group than a time of day.
func (w *walk) mayGroup(i int) bool {
	t := w.Text
	if i == 0 || !text.Is(t[i-1], text.Hexa) {
		return false
	}
	for range 2 {
		group := i + 1
		if i = text.RunEnd(t, group, group+5, text.Hexa); i == len(t) || t[i] != ':' {
			return false
		}
		if i == group {
			return true
		}
	}
	return true
}

// mayAssign reports whether the name before i can be that of a secret.
func (w *walk) mayAssign(i int) bool {
	t := w.Text
	if i == 0 {
		return false
	}
	if text.Is(t[i-1], text.Letter) {
		return endsLikeName(t, i)
	}
	for limit := max(1, i-maxBetween); i > limit && beforeOperator[t[i-1]]; i-- {
	}
	end := i
	for limit := max(1, i-maxBetween); i > limit && text.Is(t[i-1], text.Digit|text.Joiner); i-- {
	}
	switch c := t[i-1]; {
	case i < end, text.Is(c, text.Letter):
		return endsLikeName(t, i)
	case text.Is(c, text.Dot|text.Space|text.Foreign):
		return true
	default:
		return text.Is(c, text.Quote) || c == '\\' || c == ':' || c == '?' || c == '|' || c == ']'
	}
}

// beforeOperator has the bytes between a name and its operator, at most maxBetween.
// Candidates with more are visited.
var beforeOperator = [256]bool{' ': true, '"': true, '\'': true, '`': true, '\\': true}

const maxBetween = 4

// mayOpen reports whether a dash can be the first of a flag, or of several.
func (w *walk) mayOpen(i int) bool {
	c := w.Next(i + 1)
	return c == '-' || text.Is(c, text.Alnum|text.Joiner) && (i == 0 || !text.Is(w.Text[i-1], text.Alnum) || w.Previous(i) == 0)
}

// mayTag reports whether a tag that ends at i can be that of a secret, or of its name.
func (w *walk) mayTag(i int) bool {
	const name = "/name"
	return w.mayAssign(i) || i > 0 && text.Is(w.Text[i-1], text.Digit) || i >= len(name) && w.Text[i-len(name):i] == name
}

// nameTails has the last three letters of the names of secrets: a bit for the last,
// by the two before. Five bits of a letter ignore its case.
var nameTails = buildNameTails()

func buildNameTails() (t [1 << 5][1 << 5]uint32) {
	mark := func(a, b, c byte) { t[a&31][b&31] |= 1 << (c & 31) }
	for _, word := range slices.Concat(namesOfSecrets(), foreignNames[:]) {
		n := len(word)
		if n > 2 {
			mark(word[n-3], word[n-2], word[n-1])
			continue
		}
		for before := range byte(1 << 5) {
			mark(before, word[n-2], word[n-1])
		}
	}
	return t
}

// endsLikeName reports whether the letters that end at i can end the name of a secret.
func endsLikeName(in string, i int) bool {
	if i < 3 {
		return true
	}
	a, b := in[i-3], in[i-2]
	return nameTails[a&31][b&31]>>(in[i-1]&31)&1 == 1 || text.Is(a|b, text.Foreign)
}

// heads are the first four bytes of words, a bit for the hash of each, and the first two
// bytes of words without a known third. A word without its bit is none of them; a word
// with its bit may be one.
type heads struct {
	four [1 << 10]uint64
	two  *[1 << 7][2]uint64 // nil if there is none
}

// hash4 hashes the first four bytes of a word.
func hash4(head string) uint32 {
	_ = head[3]
	x := uint32(head[0]) | uint32(head[1])<<8 | uint32(head[2])<<16 | uint32(head[3])<<24
	return x * 0x9e3779b1 >> 16
}

// filter returns the words of the block at a place that may have one of the heads, a bit
// each. It has no branch for each word, since few of many match.
func (h *heads) filter(words uint64, in string, at int) (found uint64) {
	for rest := words; rest != 0; rest &= rest - 1 {
		bit := bits.TrailingZeros64(rest)
		i := at + bit
		if i+4 > len(in) {
			break
		}
		n := hash4(in[i : i+4])
		found |= h.four[n>>6] >> (n & 63) & 1 << bit
	}
	if h.two == nil {
		return found
	}
	for rest := words; rest != 0; rest &= rest - 1 {
		bit := bits.TrailingZeros64(rest)
		a, b := in[at+bit], in[at+bit+1]
		found |= h.two[a&0x7f][b>>6&1] >> (b & 63) & 1 << bit
	}
	return found
}

// insert adds a word that begins with start, followed by bytes of a class.
func (h *heads) insert(start string, rest text.Class) {
	switch len(start) {
	case 2:
		if h.two == nil {
			h.two = new([1 << 7][2]uint64)
		}
		a, b := start[0], start[1]
		h.two[a&0x7f][b>>6&1] |= 1 << (b & 63)
	case 3:
		for c := range byte(0x80) {
			if text.Is(c, rest) {
				h.insert(start+string(rune(c)), rest)
			}
		}
	default:
		n := hash4(start)
		h.four[n>>6] |= 1 << (n & 63)
	}
}

// keywordHeads are the heads of the keywords, in any case.
var keywordHeads = buildKeywordHeads()

func buildKeywordHeads() (h heads) {
	for _, k := range keywords() {
		if len(k.word) == 2 {
			continue // a country: the masks find the two digits that follow
		}
		for capitals := range 1 << 4 {
			head := []byte(k.word[:min(4, len(k.word))])
			for i, c := range head {
				if capitals>>i&1 == 1 {
					head[i] = text.ToUpper(c)
				}
			}
			h.insert(string(head), text.Space|text.Colon)
		}
	}
	return h
}

// tokenHeads are the heads of tokens.
var tokenHeads = buildTokenHeads()

func buildTokenHeads() (h heads) {
	for _, f := range formats {
		h.insert(f.prefix, f.body)
	}
	return h
}
