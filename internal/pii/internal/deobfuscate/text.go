package deobfuscate

import (
	"sort"
	"unicode/utf8"
)

// A Doubt is the doubt about a finding that needed a change of the text.
type Doubt uint8

const (
	// None means that readers decode the text in the same way.
	None Doubt = iota
	// Spelled means that an at or a dot was in brackets or in words.
	Spelled
	// Dashed means that the separators of the groups of a number became a dash or a dot.
	Dashed
	// Spaced means that only space separated the digits or the groups of a number.
	Spaced
	// Added means that plus signs separated the groups of a number, which can be a sum.
	Added
)

// A Text is a plain text and its mapping to the raw text. The zero value is empty and ready for
// use; a Text that is used again allocates nothing once it is large enough. It is
// not safe for concurrent use.
type Text struct {
	plain []byte
	edits []edit
}

// An edit is a part of the plain text that replaces other bytes.
type edit struct {
	start, end       int // in the plain text; the same where something was dropped
	rawStart, rawEnd int
	doubt            Doubt
}

// A change is a replacement of the bytes [start, end) of a text. There is none where
// end is 0.
type change struct {
	start, end int
	with       rune // or a single byte, or dropped
	octet      bool // with is a byte, which need not be a whole rune
	doubt      Doubt

	// squeeze removes a single byte with a rank, and makes
	// one of several, the one with the highest, unless all are to be dropped.
	squeeze *[256]uint8
}

const dropped rune = -1

// Plain returns the plain text, which is valid until the Text is used again.
func (t *Text) Plain() []byte { return t.plain }

// Shrink frees the memory of the text if it is more than limit bytes.
func (t *Text) Shrink(limit int) {
	if cap(t.plain) > limit {
		*t = Text{}
	}
}

// read fills the text with raw and the changes of the readers, and of pluses unless it is nil.
func (t *Text) read(raw string, readers *[256]reader, pluses *plusReader) {
	t.plain, t.edits = t.plain[:0], t.edits[:0]
	from := 0 // what was not copied yet
	pair, plus := nextPair(raw, 0), len(raw)
	if pluses != nil {
		plus = pluses.next(0)
	}
	for i := min(pair, plus); i < len(raw); i = min(pair, plus) {
		next := i + 1
		c := change{}
		if i == plus {
			c = pluses.space(i)
		} else if r := readers[raw[i]]; r != nil {
			c = r(raw, i)
		}
		if c.end > 0 {
			c.start = max(c.start, from)
			t.plain = append(t.plain, raw[from:c.start]...)
			if c.squeeze == nil {
				t.apply(c)
			} else {
				t.squeeze(raw, c)
			}
			from, next = c.end, c.end
		}
		if pair < next {
			pair = nextPair(raw, next)
		}
		if plus < next {
			plus = pluses.next(next)
		}
	}
	t.plain = append(t.plain, raw[from:]...)
}

// apply appends the replacement of a change.
func (t *Text) apply(c change) {
	at := len(t.plain)
	switch {
	case c.octet:
		t.plain = append(t.plain, byte(c.with))
	case c.with != dropped:
		t.plain = utf8.AppendRune(t.plain, c.with)
	}
	if n := len(t.edits); n > 0 && c.with == dropped {
		if last := &t.edits[n-1]; last.start == at && last.end == at && last.rawEnd == c.start {
			last.rawEnd, last.doubt = c.end, max(last.doubt, c.doubt)
			return
		}
	}
	t.edits = append(t.edits, edit{at, len(t.plain), c.start, c.end, c.doubt})
}

// squeeze applies a change to what parts the characters of its bytes.
func (t *Text) squeeze(raw string, c change) {
	for i := c.start; i < c.end; i++ {
		strongest := raw[i]
		if c.squeeze[strongest] == 0 {
			t.plain = append(t.plain, raw[i])
			continue
		}
		start := i
		for ; i+1 < c.end && c.squeeze[raw[i+1]] > 0; i++ {
			if c.squeeze[raw[i+1]] > c.squeeze[strongest] {
				strongest = raw[i+1]
			}
		}
		part := change{start: start, end: i + 1, with: dropped, doubt: c.doubt}
		if i > start && c.with != dropped {
			part.with = rune(strongest)
		}
		t.apply(part)
	}
}

// Range returns the part of the raw text that [start, end) of the plain text
// replaces, including each edit that it touches.
func (t *Text) Range(start, end int) (rawStart, rawEnd int) {
	rawStart, rawEnd = start, end
	if n := t.before(start + 1); n > 0 {
		if e := t.edits[n-1]; start < e.end {
			rawStart = e.rawStart
		} else {
			rawStart = e.rawEnd + start - e.end
		}
	}
	if n := t.before(end); n > 0 {
		if e := t.edits[n-1]; end <= e.end {
			rawEnd = e.rawEnd
		} else {
			rawEnd = e.rawEnd + end - e.end
		}
	}
	return rawStart, rawEnd
}

// before returns how many edits start before a place in the plain text.
func (t *Text) before(at int) int {
	return sort.Search(len(t.edits), func(i int) bool { return t.edits[i].start >= at })
}

// Doubt returns the greatest doubt among the edits that [start, end) of the plain
// text touches, and whether there are any.
func (t *Text) Doubt(start, end int) (doubt Doubt, touched bool) {
	const most = 64 // as many as any number has digits and separators
	n := t.before(start)
	for n > 0 && t.edits[n-1].end > start {
		n--
	}
	for k := n; k < min(len(t.edits), n+most) && t.edits[k].start < end; k++ {
		doubt, touched = max(doubt, t.edits[k].doubt), true
	}
	return doubt, touched
}

// A Window is a part of the plain text around edits, and the number of the edit after it.
type Window struct {
	Start, End, Next int
}

// Window returns the part around the edit of this number, from 0 on, and around
// those that follow closely: so many bytes on either side, and up to a space. Its end is
// 0 if there is no such edit.
func (t *Text) Window(number, around int) (w Window) {
	if number >= len(t.edits) {
		return w
	}
	w.Start, w.Next = t.edits[number].start-around, number
	for w.Next < len(t.edits) && (w.Next == number || t.edits[w.Next].start-around <= w.End) {
		w.End = t.edits[w.Next].end + around
		w.Next++
	}
	w.Start, w.End = max(0, w.Start), min(w.End, len(t.plain))
	for limit := w.Start - around; w.Start > max(0, limit) && t.plain[w.Start-1] > ' '; {
		w.Start--
	}
	for limit := w.End + around; w.End < min(limit, len(t.plain)) && t.plain[w.End] > ' '; {
		w.End++
	}
	return w
}

// readerReach is more than what a reader of disguises reads before and after a byte.
const readerReach = 512

// disguises returns the disguises of the plain text. Those of the raw text that a decoder reads are gone, and
// a change makes others only near it, so that only what is near changes is read. regroups states
// whether the raw text had another layout.
func (t *Text) disguises(regroups bool) Disguises {
	d := Disguises{Regroups: regroups}
	plain := stringOf(t.plain)
	for w := t.Window(0, readerReach); w.End > 0 && !(d.Decodes && d.Regroups); w = t.Window(w.Next, readerReach) {
		for i := nextPair(plain, w.Start); i < w.End; i = nextPair(plain, i+1) {
			d.Add(plain, i)
		}
	}
	return d
}
