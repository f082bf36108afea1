package prefilter

import (
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
	Keywords    []Keyword
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
	words       *Keywords
	starts      [1 << startsBits][]string // the prefixes, by the hash of their first two bytes
}

const startsBits = 10

// startsOf returns the prefixes with the same first two bytes, among others.
func (f *Filter) startsOf(a, b byte) *[]string {
	return &f.starts[(uint32(a)<<8|uint32(b))*0x9e3779b1>>(32-startsBits)]
}

// New returns a filter.
func New(set Settings) *Filter {
	f := &Filter{table: masks, names: set.Names, numberLeast: set.NumberLeast}
	f.words = NewKeywords(set.Keywords)
	for _, k := range set.Keywords {
		if f.noteNumber(k.Word); len(k.Word) > 2 {
			f.keywords.insert(k)
		}
	}
	for _, p := range set.Prefixes {
		f.prefixes.insert(p.Text, p.Body)
		f.noteNumber(p.Text)
		starts := f.startsOf(p.Text[0], p.Text[1])
		*starts = append(*starts, p.Text)
	}
	return f
}

// noteNumber records the first two bytes of a word that starts with a digit.
func (f *Filter) noteNumber(start string) {
	if text.Is(start[0], text.Digit) {
		f.numbered[start[0]-'0'][start[1]&0x7f] = true
	}
}

// verify marks those of some words of a window that are keywords.
func (f *Filter) verify(w *Window, some []uint16, in string) {
	for _, k := range some {
		if place, _ := f.words.From(in, int(k), 0); place >= 0 {
			w.mark(k)
		}
	}
}

// verifyPrefixes marks those of some words of a window that start with a prefix.
func (f *Filter) verifyPrefixes(w *Window, some []uint16, in string) {
	for _, k := range some {
		for _, start := range *f.startsOf(in[k], in[k+1]) {
			if strings.HasPrefix(in[k:], start) {
				w.mark(k)
				break
			}
		}
	}
}

// mark makes a word a candidate for more than its length.
func (w *Window) mark(k uint16) {
	w.findings[k/Size] |= 1 << (k % Size)
	w.Unknown[k/Size] &^= 1 << (k % Size)
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
	w.Foreign = 0
	words, tokens := 0, 0
	for b := range w.Blocks {
		at := base + b*Size
		c, disguises := candidatesOf(&w.blocks[b], &w.blocks[b+1], &w.blocks[b+2])
		w.Disguises[b], w.Encoded[b] = disguises, c.long
		w.Foreign |= w.blocks[b+1][Foreign]
		if from > at {
			kept := uint64(0)
			if from < at+Size {
				kept = ^uint64(0) << (from - at)
			}
			c.findings &= kept
			c.words &= kept
			c.tokens &= kept
		}
		w.findings[b], w.Unknown[b] = c.findings, c.findings&^c.numbers
		words = flatten8(&w.words, words, b*Size, c.words&^c.numbers)
		tokens = flatten(&w.tokens, tokens, b*Size, c.tokens&^c.numbers)
	}
	in := v.Text[base:]
	f.verify(w, w.words[:f.keywords.filter(w, words, in)], in)
	f.verifyPrefixes(w, w.tokens[:f.prefixes.filter(w, tokens, in)], in)
	n := 0
	for b := range w.Blocks {
		n = flatten(&w.words, n, b*Size, w.findings[b])
	}
	found := w.words[:f.acceptAll(w, v, base, n)]
	w.blocks[0] = w.blocks[windowBlocks]
	return found
}
