package pii

// This file holds the search for candidates, the bytes at which a finding can begin,
// and the choice of the detectors for each.

import (
	"math/bits"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// The sets of bytes that candidates are computed from.
const (
	inWord    = iota // letters and digits
	inToken          // the bytes of tokens
	inDigits         // digits
	inSigns          // signs that can begin a finding anywhere
	inMarks          // signs that can do so only next to certain others
	inOpeners        // the first bytes of disguises, some of which are signs too
	inAtDot          // the first letters of the words at and dot
)

const (
	alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	tokenBytes   = alphanumeric + "_-.$/+=~:!%@?&"
)

// masks computes the sets of a text.
var masks = prefilter.NewTable([prefilter.Foreign]string{
	inWord:    alphanumeric,
	inToken:   tokenBytes,
	inDigits:  "0123456789",
	inSigns:   "@%+:=>~$",
	inMarks:   ",-",
	inOpeners: "&[{(\x1b\\@%=<",
	inAtDot:   "aAdD",
})

// windowBlocks is how many blocks are read together. The masks of one more are computed to look ahead.
const windowBlocks = 16

// A window has the masks of a part of a text, of the block before it and of the block after it.
type window [1 + windowBlocks + 1]prefilter.Block

// run visits the candidates of a text, in order.
func (w *walk) run() {
	m := w.window
	m[0] = prefilter.Block{}
	next := 0 // the text before it is read
	parts := w.parts
	for base := 0; base < len(w.Text); base += windowBlocks * prefilter.Size {
		if len(w.parts) > 0 {
			if parts = behindOf(parts, base); len(parts) == 0 {
				return
			}
			if parts[0].Start >= base+windowBlocks*prefilter.Size {
				m[0] = prefilter.Block{} // adds candidates at most
				continue
			}
		}
		in := w.Text[base:min(len(w.Text), base+(windowBlocks+1)*prefilter.Size)]
		masks.Make(m[1:], in)
		n := (len(in) + prefilter.Size - 1) / prefilter.Size
		if n <= windowBlocks {
			m[n+1] = prefilter.Block{}
		} else {
			n = windowBlocks
		}
		for b := range n {
			at := base + b*prefilter.Size
			c := candidatesOf(&m[b], &m[b+1], &m[b+2])
			w.noteDisguises(c, at)
			if next >= at+prefilter.Size {
				continue
			}
			if next > at {
				c.findings &= ^uint64(0) << (next - at)
				c.words &= ^uint64(0) << (next - at)
				c.tokens &= ^uint64(0) << (next - at)
			}
			words := keywordHeads.filter(c.words, w.Text, at) | tokenHeads.filter(c.tokens, w.Text, at)
			for found := c.findings | words; found != 0; found &= found - 1 {
				i := at + bits.TrailingZeros64(found)
				if i < next {
					continue
				}
				if maybe := prefilters[w.Text[i]]; maybe == nil || maybe(w, i) {
					next = w.visit(i)
				}
			}
		}
		m[0] = m[windowBlocks]
	}
}

// candidates are the bytes of a block at which something can begin, a bit for each.
type candidates struct {
	findings  uint64 // a sign, a number or a word that can begin a finding
	words     uint64 // a word that may be a keyword
	tokens    uint64 // a word that continues like a token
	disguises uint64 // a disguise
	encoded   uint64 // base64 or hexadecimal digits that may decode to text
}

// candidatesOf returns the candidates of a block.
func candidatesOf(last, now, next *prefilter.Block) candidates {
	word, digits := now[inWord], now[inDigits]
	afterWord := word<<1 | last[inWord]>>63
	// The letter of an escape such as \n is no part of the next word. This includes
	// more letters than those of escapes, which startsWord rejects.
	opens := now[inOpeners] &^ now[inSigns]
	afterEscape := afterWord & (opens<<2 | (last[inOpeners]&^last[inSigns])>>62)
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
		disguises: now[inOpeners] | now[prefilter.Foreign] | digits&^two | starts&short,
		encoded:   long,
	}
}

// noteDisguises records whether a block contains a disguise.
func (w *walk) noteDisguises(c candidates, at int) {
	if !w.disguises.Decodes || !w.disguises.Regroups {
		for found := deobfuscate.Begin(c.disguises, w.Text, at); found != 0; found &= found - 1 {
			w.disguises.Add(w.Text, at+bits.TrailingZeros64(found))
		}
	}
	for found := c.encoded; found != 0 && !w.encodes; found &= found - 1 {
		w.encodes = deobfuscate.Encodes(w.Text, at+bits.TrailingZeros64(found))
	}
}

// ahead returns the bytes that have a byte of a set k bytes after them.
func ahead(now, next uint64, k int) uint64 { return now>>k | next<<(64-k) }

// runLeast is the least length of a token, and of base64 that is decoded.
const runLeast = 16

// runs returns the bytes of a set that start a run of runLeast of it.
func runs(now, next uint64) uint64 {
	for k := 1; k < runLeast; k *= 2 {
		now &= ahead(now, next, k)
		next &= next >> k
	}
	return now
}

// A detector reads the text around the byte at i for a finding, and returns where the walk continues.
type detector func(w *walk, i int) int

// detectors has the detector of each sign.
var detectors = [256]detector{
	'@': (*walk).at,
	'+': single(detect.InternationalPhone),
	'(': single(detect.Phone),
	'-': (*walk).dash,
	':': (*walk).colon,
	'=': (*walk).assignment,
	',': (*walk).comma,
	'>': (*walk).greater,
	'~': (*walk).tilde,
	'$': (*walk).dollar,
}

// visit runs the detectors of the candidate at i and returns where the walk continues.
func (w *walk) visit(i int) int {
	c := w.Text[i]
	if read := detectors[c]; read != nil {
		return read(w, i)
	}
	switch {
	case !text.Is(c, text.Alnum), !w.StartsWord(i):
		return i + 1
	case text.Is(c, text.Digit):
		return w.digitRun(i)
	case tokenStarts[c&0x7f][w.Next(i+1)&0x7f] != 0:
		if end := w.word(i); end > i {
			return end
		}
	}
	return w.longWord(i)
}

// colon detects a URL, an IP address or an assignment with a colon at i.
func (w *walk) colon(i int) int {
	if found, ok := detect.URL(&w.Reader, i); ok {
		w.addCredential(found)
		return i + len("://")
	}
	if end := w.accept(detect.IPv6(&w.Reader, i)); end > i {
		return end
	}
	return w.assignment(i)
}

// longWord detects a token of unknown format in the word that starts at i, if the word is long.
func (w *walk) longWord(i int) int {
	last := i + longLeast - 1
	if last < len(w.Text) && text.Is(w.Text[last], text.Alnum) && text.Is(w.Text[i+longLeast/2], text.Alnum) {
		if end := text.RunEnd(w.Text, i+1, len(w.Text), text.Alnum); end > last {
			return w.long(i, end)
		}
	}
	return i + 1
}
