package prefilter

import (
	"math/bits"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Prefix is the beginning of tokens, and the class of the bytes that follow it.
type Prefix struct {
	Text string
	Body text.Class
}

// Settings are the words that announce a finding.
type Settings struct {
	Keywords    []string // words in small letters, found in any case
	Prefixes    []Prefix // of tokens
	Names       *Names   // of values
	NumberLeast int      // the digits of the shortest number that is a finding
}

// A Filter finds the candidates of a text: the bytes at which a finding can begin. It
// misses none, and accepts some at which none begins. It is immutable and safe for
// concurrent use.
type Filter struct {
	table       *Table
	keywords    keywordHeads
	prefixes    prefixHeads
	names       *Names
	numberLeast int
	numbered    [10][1 << 7]bool // the first two bytes of prefixes that start with a digit
	words       [1 << wordsBits][]word
}

// A word is a keyword or a prefix.
type word struct {
	text   string
	isFold bool // in any case
}

const wordsBits = 12

// slot returns the words with the same first three letters, among others. Those of two bytes are in the first.
func (f *Filter) slot(start string) *[]word {
	if len(start) < 3 {
		return &f.words[0]
	}
	return &f.words[(int(start[0]&31)<<10^int(start[1]&31)<<5^int(start[2]&31)*37)&(1<<wordsBits-1)]
}

// New returns a filter.
func New(set Settings) *Filter {
	f := &Filter{table: masks, names: set.Names, numberLeast: set.NumberLeast}
	for _, word := range set.Keywords {
		f.keywords.insert(word)
		f.insert(word, true)
	}
	for _, p := range set.Prefixes {
		f.prefixes.insert(p.Text, p.Body)
		f.insert(p.Text, false)
	}
	return f
}

func (f *Filter) insert(start string, isFold bool) {
	if text.Is(start[0], text.Digit) {
		f.numbered[start[0]-'0'][start[1]&0x7f] = true
	}
	slot := f.slot(start)
	*slot = append(*slot, word{start, isFold})
}

// verify returns those of some bytes of the block at a place at which a word starts. The hash of
// four bytes does not part "with" from "withPassword", nor "content" from "contraseña".
func (f *Filter) verify(some uint64, in string, at int) (found uint64) {
	for ; some != 0; some &= some - 1 {
		start := in[at+bits.TrailingZeros64(some):]
		if startsWithAny(start, *f.slot(start)) || startsWithAny(start, f.words[0]) {
			found |= some & -some
		}
	}
	return found
}

// startsWithAny reports whether a text starts with one of the words.
func startsWithAny(in string, words []word) bool {
	for _, w := range words {
		if w.isFold && text.HasFold(in, 0, w.text) || !w.isFold && strings.HasPrefix(in, w.text) {
			return true
		}
	}
	return false
}

// Portable returns the filter without vector instructions, for comparison.
func (f *Filter) Portable() *Filter {
	slow := *f
	slow.table = f.table.Portable()
	return &slow
}

// Fits reports whether the sets of bytes are simple enough for vector instructions.
func (f *Filter) Fits() bool { return f.table.Fits() }

// Candidates returns the candidates in the window of a text that starts at base, as offsets
// from there, in order. Those before from are left out. They are valid until the window is used again.
//
// The window before it must have been read last, unless [Window.Forget] was called.
func (f *Filter) Candidates(w *Window, v *text.View, base, from int) []uint16 {
	w.read(f.table, v.Text, base)
	n := 0
	for b := range w.Blocks {
		at := base + b*Size
		c, disguises := candidatesOf(&w.blocks[b], &w.blocks[b+1], &w.blocks[b+2])
		w.Disguises[b], w.Encoded[b] = disguises, c.long
		if from > at {
			if from >= at+Size {
				continue
			}
			kept := ^uint64(0) << (from - at)
			c.findings &= kept
			c.words &= kept
			c.tokens &= kept
		}
		words := f.keywords.filter(c.words, v.Text, at) | f.prefixes.filter(c.tokens, v.Text, at)
		n = w.collect(n, b*Size, c.findings|f.verify(words&^c.findings, v.Text, at))
	}
	w.blocks[0] = w.blocks[windowBlocks]
	return w.found[:f.acceptAll(v, base, w.found[:n])]
}
