package prefilter

import (
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
	keywords    heads
	prefixes    heads
	names       *Names
	numberLeast int
	numbered    [10][1 << 7]bool // the first two bytes of prefixes that start with a digit
}

// New returns a filter.
func New(set Settings) *Filter {
	f := &Filter{table: masks, names: set.Names, numberLeast: set.NumberLeast}
	for _, word := range set.Keywords {
		f.keywords.insertFold(word)
		f.noteNumbered(word)
	}
	for _, p := range set.Prefixes {
		f.prefixes.insert(p.Text, p.Body)
		f.noteNumbered(p.Text)
	}
	return f
}

func (f *Filter) noteNumbered(word string) {
	if text.Is(word[0], text.Digit) {
		f.numbered[word[0]-'0'][word[1]&0x7f] = true
	}
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
		found := c.findings | f.keywords.filter(c.words, v.Text, at) | f.prefixes.filter(c.tokens, v.Text, at)
		n = w.collect(n, b*Size, found)
	}
	w.blocks[0] = w.blocks[windowBlocks]
	kept := w.found[:0]
	for _, k := range w.found[:n] {
		if f.accepts(v, base+int(k)) {
			kept = append(kept, k)
		}
	}
	return kept
}
