package pii

import (
	"math/bits"

	"github.com/cowork-otel/collector/internal/pii/internal/disguise"
	"github.com/cowork-otel/collector/internal/pii/internal/mask"
)

// The sets of bytes that candidates are made of.
const (
	inWord    = iota // letters and digits
	inToken          // what tokens are made of
	inDigits         // digits
	inSigns          // signs that may announce something wherever they stand
	inMarks          // those that do so only beside certain others
	inOpeners        // what a disguise opens with, some of which are signs too
	inAtDot          // what the words at and dot start with
)

const (
	alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	tokenBytes   = alphanumeric + "_-.$/+=~:!%@?&"
)

// masks makes the sets of a text.
var masks = mask.NewTable([mask.Foreign]string{
	inWord:    alphanumeric,
	inToken:   tokenBytes,
	inDigits:  "0123456789",
	inSigns:   "@%+:=>~$",
	inMarks:   ",-",
	inOpeners: "&[{(\x1b\\@%=<",
	inAtDot:   "aAdD",
})

// windowBlocks is how many blocks are looked at together; the masks of one more are made to look ahead.
const windowBlocks = 16

// A window has the masks of a part of a text, of the block before it and of the one behind it.
type window [1 + windowBlocks + 1]mask.Block

// run visits the candidates of a text, in order: the places where a finding can
// be announced. It stops at no other byte.
func (w *walk) run() {
	m := w.window
	m[0] = mask.Block{}
	next := 0 // what is before is read
	parts := w.parts
	for base := 0; base < len(w.text); base += windowBlocks * mask.Size {
		if len(w.parts) > 0 {
			if parts = behindOf(parts, base); len(parts) == 0 {
				return
			}
			if parts[0].start >= base+windowBlocks*mask.Size {
				m[0] = mask.Block{} // makes more candidates at most
				continue
			}
		}
		text := w.text[base:min(len(w.text), base+(windowBlocks+1)*mask.Size)]
		masks.Make(m[1:], text)
		n := (len(text) + mask.Size - 1) / mask.Size
		if n <= windowBlocks {
			m[n+1] = mask.Block{}
		} else {
			n = windowBlocks
		}
		for b := range n {
			at := base + b*mask.Size
			c := candidatesOf(&m[b], &m[b+1], &m[b+2])
			w.lookBehind(c, at)
			if next >= at+mask.Size {
				continue
			}
			if next > at {
				c.findings &= ^uint64(0) << (next - at)
				c.words &= ^uint64(0) << (next - at)
				c.tokens &= ^uint64(0) << (next - at)
			}
			words := announcing.of(c.words, w.text, at) | tokenHeads.of(c.tokens, w.text, at) | tokenHeads.ofTwo(c.tokens, w.text, at)
			next = w.visitAll(c.findings|words, at, next)
		}
		m[0] = m[windowBlocks]
	}
}

// candidates are the bytes of a block at which something can begin, a bit for each.
type candidates struct {
	findings  uint64 // a finding can be announced
	words     uint64 // a word starts that may announce something
	tokens    uint64 // a word starts that goes on as tokens do
	disguises uint64 // a disguise can begin
	encoded   uint64 // a text that is base64 or hexadecimal can begin
}

// candidatesOf returns the candidates of a block. A finding is announced by words,
// numbers and signs, some of which do so only beside certain others.
func candidatesOf(last, now, next *mask.Block) candidates {
	word, digits := now[inWord], now[inDigits]
	afterWord := behind(word, last[inWord], 1)
	// The letter of an escape such as \n is no part of the word behind it. This says
	// so of more letters, which startsWord puts right.
	opens := now[inOpeners] &^ now[inSigns]
	afterEscape := afterWord & behind(opens, last[inOpeners]&^last[inSigns], 2)
	starts := word & (^afterWord | afterEscape)
	beforeDigit := ahead(digits, next[inDigits], 1)
	dashes := ahead(now[inMarks], next[inMarks], 1) & ahead(now[inMarks], next[inMarks], 2)
	marks := now[inMarks] & (^afterWord | afterEscape | beforeDigit | dashes)
	letters := word &^ digits
	two, three := ahead(word, next[inWord], 1), ahead(word, next[inWord], 2)
	iban := letters & ahead(letters, next[inWord]&^next[inDigits], 1) & ahead(digits, next[inDigits], 2) & ahead(digits, next[inDigits], 3)
	short := now[inAtDot] & two &^ (three & ahead(word, next[inWord], 3))
	long := starts & runs(now[inToken], next[inToken])
	return candidates{
		findings:  now[inSigns] | opens&beforeDigit | marks | starts&(digits|iban|runs(word, next[inWord])),
		words:     starts & letters & two & three,
		tokens:    long & letters,
		disguises: now[inOpeners] | now[mask.Foreign] | digits&^two | starts&short,
		encoded:   long,
	}
}

// lookBehind notes whether a block holds a disguise.
func (w *walk) lookBehind(c candidates, at int) {
	if !w.disguises.All() {
		for found := disguise.Begin(c.disguises, w.text, at); found != 0; found &= found - 1 {
			w.disguises.Look(w.text, at+bits.TrailingZeros64(found))
		}
	}
	for found := c.encoded; found != 0 && !w.encodes; found &= found - 1 {
		w.encodes = disguise.Encodes(w.text, at+bits.TrailingZeros64(found))
	}
}

// behind returns which bytes have a byte of a set k bytes before them.
func behind(now, last uint64, k int) uint64 { return now<<k | last>>(64-k) }

// ahead returns which bytes have a byte of a set k bytes behind them.
func ahead(now, next uint64, k int) uint64 { return now>>k | next<<(64-k) }

// runLeast is the least length of a token, or of base64 that is looked into.
const runLeast = 16

// runs returns which bytes of a set start a run of runLeast of it.
func runs(now, next uint64) uint64 {
	for k := 1; k < runLeast; k *= 2 {
		now &= ahead(now, next, k)
		next &= next >> k
	}
	return now
}

// visitAll visits the candidates of the block at a place, except those before
// next, which were read already, and returns up to where the text is read.
func (w *walk) visitAll(found uint64, at, next int) int {
	for ; found != 0; found &= found - 1 {
		i := at + bits.TrailingZeros64(found)
		if i < next {
			continue
		}
		if p := promises[w.text[i]]; p != nil && !p(w, i) {
			continue
		}
		next = w.visit(i)
	}
	return next
}

// visit looks at what a candidate announces and returns where to go on.
func (w *walk) visit(i int) int {
	switch c := w.text[i]; {
	case verifiers[c] != nil:
		return verifiers[c](w, i)
	case !is(c, alnum), !w.startsWord(i):
		return i + 1
	case is(c, digit):
		return w.digitRun(i)
	case startsToken(c, w.next(i+1)):
		if end := w.word(i); end > i {
			return end
		}
	}
	return w.longWord(i)
}

// longWord looks at the word that starts at i, if it is a long one, for a token of unknown format.
func (w *walk) longWord(i int) int {
	last := i + longLeast - 1
	if last < len(w.text) && is(w.text[last], alnum) && is(w.text[i+longLeast/2], alnum) {
		if end := runEnd(w.text, i+1, len(w.text), alnum); end > last {
			return w.long(i, end)
		}
	}
	return i + 1
}

// startsWord reports whether a letter or digit starts a word. The letter of an
// escape such as \n belongs to no word.
func (w *walk) startsWord(i int) bool {
	if i == 0 {
		return true
	}
	if is(w.text[i-1], alnum) {
		return w.previous(i) == 0
	}
	return w.text[i-1] != '\\' || !isEscape[w.text[i]]
}

// digitRun looks at the run of digits that starts at start, and at the word that goes on behind it.
func (w *walk) digitRun(start int) int {
	end := runEnd(w.text, start+1, len(w.text), digit)
	if stop := w.digits(start, end); stop > end {
		return stop
	}
	if w.next(end) == '|' {
		return w.pipe(end)
	}
	if !is(w.next(end), letter) {
		return end
	}
	if startsToken(w.text[start], w.text[start+1]) {
		if stop := w.word(start); stop > end {
			return stop
		}
	}
	return max(end, w.longWord(start))
}
