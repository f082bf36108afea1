package pii

import (
	"strings"
)

// maxRounds bounds how often the result of a round is scanned again.
const maxRounds = 8

// redact replaces what is found, and what can only be seen once that is
// replaced, until nothing is left.
//
// A marker changes what its neighbours stand beside, so that what was part of a
// longer word may become a finding of its own. Going on until a scan
// is silent makes redacting idempotent whatever the verifiers do.
func (s *Scanner) redact(found []Finding, key, text string, opens string) (string, []Finding) {
	p := pool.Get().(*scratch)
	defer p.release()
	spans := p.find(s, key, text, opens, given)
	if len(spans) == 0 {
		return text, found
	}
	first := len(found)
	found = s.place(found, first, spans)
	out := splice(text, found[first:])
	for range maxRounds {
		spans = p.find(s, key, out, opens, p.state())
		if len(spans) == 0 {
			return out, found
		}
		found = s.place(found, first, spans)
		out = splice(text, found[first:])
	}
	return s.whole(found[:first], p, text, opens, spans[0].id)
}

// whole replaces all of a text that did not settle.
func (s *Scanner) whole(found []Finding, p *scratch, text, opens string, id patternID) (string, []Finding) {
	f := Finding{End: len(text), Pattern: s.pattern(id)}
	p.doc.begin(s, &p.walk)
	if startsWith(text, opens) && p.doc.read("", text) {
		f.quote = 1
	}
	found = append(found, f)
	return splice(text, found[len(found)-1:]), found
}

// What JSON opens with: anything at all, and what only JSON is likely to open with.
const (
	anyJSON    = `{["-0123456789tfn`
	likelyJSON = `{["`
)

// A state says what a text is the result of.
type state uint8

const (
	given        state = iota // it was not redacted yet
	redactedText              // it was redacted as text
	redactedJSON              // it was redacted as JSON
)

// state returns what the result of the text that was read last will be.
func (p *scratch) state() state {
	if p.doc.isJSON {
		return redactedJSON
	}
	return redactedText
}

// find returns the spans of a text, which is read as JSON if it opens with one of
// these bytes and is JSON. They are valid until the next call.
func (p *scratch) find(s *Scanner, key, text string, opens string, was state) []leafSpan {
	p.doc.begin(s, &p.walk)
	p.doc.again = was == redactedJSON
	p.doc.isJSON = startsWith(text, opens) && p.doc.read(key, text)
	if !p.doc.isJSON {
		p.doc.again = was == redactedText
		p.doc.leaf(key, text)
	}
	return p.doc.spans
}

// startsWith reports whether the first byte of text that is no white space is one of these.
func startsWith(text, opens string) bool {
	i := skipSpace(text, 0)
	return i < len(text) && strings.IndexByte(opens, text[i]) >= 0
}

// place adds spans of the redacted text to the findings from first on, which
// redacted it, in terms of the text as it was given.
func (s *Scanner) place(found []Finding, first int, spans []leafSpan) []Finding {
	if len(found) == first {
		for _, f := range spans {
			found = append(found, Finding{f.start, f.end, s.pattern(f.id), f.quote})
		}
		return found
	}
	old := append([]Finding(nil), found[first:]...)
	found = found[:first]
	shift := 0 // what to add to an offset of the redacted text
	next := func() Finding {
		f := old[0]
		old = old[1:]
		shift += f.End - f.Start - len(f.Pattern.Marker) - 2*quoteLen(f.quote)
		return f
	}
	for _, f := range spans {
		for len(old) > 0 && old[0].Start-shift < f.start {
			found = append(found, next())
		}
		start := f.start + shift
		for len(old) > 0 && old[0].Start-shift < f.end {
			next() // a value that is replaced for its key's sake may hold markers
		}
		found = append(found, Finding{start, f.end + shift, s.pattern(f.id), f.quote})
	}
	return append(found, old...)
}

// splice returns text with the findings replaced.
func splice(text string, found []Finding) string {
	size := len(text)
	for _, f := range found {
		size += len(f.Pattern.Marker) + 2*quoteLen(f.quote) - (f.End - f.Start)
	}
	var b strings.Builder
	b.Grow(size)
	at := 0
	for _, f := range found {
		b.WriteString(text[at:f.Start])
		writeQuote(&b, f.quote)
		b.WriteString(f.Pattern.Marker)
		writeQuote(&b, f.quote)
		at = f.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// quoteLen is the length of a quotation mark that many strings deep: a string
// within a string needs a backslash before it, one within that needs three.
func quoteLen(quote uint8) int {
	if quote == 0 {
		return 0
	}
	return 1 << (quote - 1)
}

func writeQuote(b *strings.Builder, quote uint8) {
	if quote == 0 {
		return
	}
	for range quoteLen(quote) - 1 {
		b.WriteByte('\\')
	}
	b.WriteByte('"')
}
