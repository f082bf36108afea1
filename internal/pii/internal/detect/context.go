package detect

import (
	"math/bits"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Context is a set of subjects of context words, the words near a number.
type Context uint16

// The contexts.
const (
	PhoneContext Context = 1 << iota
	SocialSecurityContext
	CardContext
	IBANContext
	VersionContext
	NumberContext     // a number of any kind, possibly of a phone
	CallContext       // a call, an office or another word that a phone number often follows
	IdentifierContext // an identifier or a point in time
	ListContext       // places in a file, counters and units
	AddressContext    // a host or a network
	UpdateContext     // the change of a version
	GreetingContext   // the end of a letter

	contextCount = iota
)

// How far a context word may be from its number.
const (
	contextBefore = 40
	contextAfter  = 14
	// foreignWordMost is the length of a context word with letters beyond ASCII.
	foreignWordMost = 12
)

// A contextCache holds the contexts of the part of a text that was read.
type contextCache struct {
	ofKey    Context // the contexts of the key
	keyKnown bool
	readEnd  int               // the end of the text whose words are in wordEnd
	wordEnd  [contextCount]int // the end of the last word of each context, 0 if there is none
	lastEnd  int               // the end of the last word of any context
}

// HasContext reports whether the key, or a context word shortly before start or after
// end, belongs to a context.
func (r *Reader) HasContext(want Context, start, end int) bool {
	return r.isAboutKey(want) || r.hasContextBefore(want, start, contextBefore) || r.hasContextAfter(want, end)
}

// hasContextAfter reports whether a context word is shortly after i.
func (r *Reader) hasContextAfter(want Context, i int) bool {
	return r.nextLetter(i) < i+contextAfter && contextsIn(r.Text[i:min(len(r.Text), i+contextAfter)])&want != 0
}

// keyContexts returns the contexts of the key of the text.
func (r *Reader) keyContexts() Context {
	if c := &r.context; !c.keyKnown {
		c.keyKnown = true
		c.ofKey = contextsIn(r.Key)
		for _, w := range foreignContextWords {
			if hasForeign(r.Key) && strings.Contains(r.Key, w.word) {
				c.ofKey |= w.context
			}
		}
	}
	return r.context.ofKey
}

// harmlessContexts are those of numbers that are no personal data.
const harmlessContexts = IdentifierContext | VersionContext | ListContext

// isAboutKey reports whether the key of the text belongs to a context. That of an attribute of a
// record belongs to no harmless one: clients send no such numbers, so a number that looks like a card
// is replaced in organization.id too.
func (r *Reader) isAboutKey(want Context) bool {
	if r.Link == text.LinkAttribute {
		want &^= harmlessContexts
	}
	return r.keyContexts()&want != 0
}

// hasContextBefore reports whether a context word ends at most n bytes before i. It reads
// each byte once for all numbers of a text.
func (r *Reader) hasContextBefore(want Context, i, n int) bool {
	r.readContextTo(i)
	last := r.lastContext(want)
	return last > 0 && last <= i && i-last <= n
}

// readContextTo reads the words before i.
func (r *Reader) readContextTo(i int) {
	c := &r.context
	if i <= c.readEnd {
		return
	}
	from := max(c.readEnd, i-contextBefore)
	c.readEnd = i
	if r.nextLetter(from) >= i {
		return
	}
	if from = span.AfterMarker(r.Text, from); from < i {
		r.readContext(from, i)
	}
}

// hasAnyContextBefore reports whether a context word of any context can be before i, or one with
// letters beyond ASCII.
func (r *Reader) hasAnyContextBefore(i int) bool {
	r.readContextTo(i)
	before := r.Text[max(0, i-contextBefore-foreignWordMost):i]
	return r.context.lastEnd > 0 && i-r.context.lastEnd <= contextBefore || text.NextForeign(before, 0) < len(before)
}

// lastContext returns the end of the last word of a context that was read, 0 if there is none.
func (r *Reader) lastContext(want Context) int {
	return r.context.wordEnd[bits.TrailingZeros16(uint16(want))]
}

// isNearer reports whether a word of a context is between the last word of another one and i.
func isNearer(r *Reader, context, other Context, i int) bool {
	return r.hasContextBefore(context, i, contextBefore) && r.lastContext(context) > r.lastContext(other)
}

// readContext records the contexts of the words in [from, to).
func (r *Reader) readContext(from, to int) {
	if from > 0 && text.Is(r.Text[from-1], text.Letter) {
		from = text.RunEnd(r.Text, from, to, text.Letter)
	}
	eachContext(r.Text[from:to], func(found Context, end int) {
		r.context.lastEnd = from + end
		for ; found != 0; found &= found - 1 {
			r.context.wordEnd[bits.TrailingZeros16(uint16(found))] = from + end
		}
	})
}

// hasForeignContextBefore reports whether a context word with letters beyond ASCII starts
// at most n bytes, plus the length of the word, before i.
func (r *Reader) hasForeignContextBefore(want Context, i, n int) bool {
	before := r.Text[max(0, i-n-foreignWordMost):i]
	if text.NextForeign(before, 0) == len(before) {
		return false
	}
	for _, w := range foreignContextWords {
		if w.context == want && strings.Contains(before, w.word) {
			return true
		}
	}
	return false
}

// hasForeign reports whether a short text has a byte that is not ASCII.
func hasForeign(in string) bool {
	for i := range len(in) {
		if text.Is(in[i], text.Foreign) {
			return true
		}
	}
	return false
}

// contextsIn returns the contexts of the words of a short text.
func contextsIn(in string) (all Context) {
	eachContext(in, func(found Context, _ int) { all |= found })
	return all
}

// eachContext calls yield for each context word, with its end. It skips markers.
func eachContext(in string, yield func(found Context, end int)) {
	for i := 0; i < len(in); {
		c := in[i]
		if c == '[' {
			i = max(i+1, span.MarkerEnd(in, i))
			continue
		}
		if !text.Is(c, text.Letter) {
			i++
			continue
		}
		end := wordEnd(in, i)
		for _, w := range contextWords[text.ToLower(c)-'a'] {
			if text.EqualFold(in[i:end], w.word) {
				yield(w.context, end)
			}
		}
		i = end
	}
}

// wordEnd returns the end of the word that starts at i. A capital after a small letter
// starts another word.
func wordEnd(in string, i int) int {
	for i++; i < len(in) && text.Is(in[i], text.Letter) && !(text.Is(in[i], text.Upper) && text.Is(in[i-1], text.Lower)); i++ {
	}
	return i
}

// Announces reports whether a name is that of numbers which the detectors find by their
// context: a telephone number, a card, an account, a personal number.
func Announces(name string) bool {
	return contextsIn(name)&(PhoneContext|SocialSecurityContext|CardContext|IBANContext) != 0 || text.ContainsFold(contactKeys, name) || namesNationalID(name)
}
