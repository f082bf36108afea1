package pii

// This file holds the replacement of findings by markers.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/secret"

	"github.com/cowork-otel/collector/internal/pii/internal/document"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// The bounds of how often the result of a round is scanned again. A long text with findings in more
// rounds is made to have them.
const (
	maxRounds     = 8
	maxLongRounds = 4
	longText      = 4 << 10
)

// redact replaces the findings of a text, and those that only the replacement
// reveals, until a scan finds nothing.
//
// A marker changes the neighbours of the text around it, so that a part of a
// longer word may become a finding of its own. Repeating until nothing is found
// makes redacting idempotent for any set of detectors.
func (s *Scanner) redact(found []Finding, key, in, opens string) (string, []Finding) {
	p := newScan(s, in)
	defer p.release()
	spans, was := p.find(key, in, opens, given)
	if len(spans) == 0 {
		return in, found
	}
	first := len(found)
	found = s.place(found, first, spans)
	out := splice(in, found[first:])
	rounds := maxRounds
	if len(in) >= longText {
		rounds = maxLongRounds
	}
	for range rounds {
		if p.cursor.secrets.Meter.IsStrained(len(found)-first, len(in)-len(out)) {
			was = given
		}
		spans, was = p.find(key, out, opens, was)
		if len(spans) == 0 {
			return out, found
		}
		found = s.place(found, first, spans)
		out = splice(in, found[first:])
	}
	return s.replaceAll(found[:first], p, in, opens, spans[0].ID)
}

// replaceAll replaces the complete text, after maxRounds rounds with findings.
func (s *Scanner) replaceAll(found []Finding, p *scan, in, opens string, id span.ID) (string, []Finding) {
	f := Finding{End: len(in), Pattern: s.pattern(id)}
	if _, was := p.find("", in, opens, given); was == redactedJSON {
		f.quote = 1
	}
	found = append(found, f)
	return splice(in, found[len(found)-1:]), found
}

// A state is the history of a text.
type state uint8

const (
	given        state = iota // it was not redacted yet
	redactedText              // it was redacted as text
	redactedJSON              // it was redacted as JSON
)

// find returns the spans of a text, which is read as JSON if it opens with one of
// these bytes and is JSON, and the state of the text once they are replaced. The
// spans are valid until the next call.
func (p *scan) find(key, in, opens string, was state) ([]document.Span, state) {
	p.cursor.secrets.Meter.StartRound()
	d := &p.document
	d.Reset(p, len(p.cursor.s.custom) > 0, was == redactedJSON)
	if document.StartsWith(in, opens) && d.Read(key, in) {
		return d.Spans, redactedJSON
	}
	for _, f := range p.findings(text.View{Text: in, Key: key}, was == redactedText) {
		d.Spans = append(d.Spans, document.Span{Start: f.Start, End: f.End, ID: f.ID})
	}
	return d.Spans, redactedText
}

// place adds spans of the redacted text to the findings from first on, which
// redacted it, with offsets into the text as it was given.
func (s *Scanner) place(found []Finding, first int, spans []document.Span) []Finding {
	if len(found) == first {
		for _, f := range spans {
			found = append(found, Finding{f.Start, f.End, s.pattern(f.ID), f.Strings})
		}
		return found
	}
	old := append([]Finding(nil), found[first:]...)
	found = found[:first]
	shift := 0 // from an offset of the redacted text to one of the given text
	next := func() Finding {
		f := old[0]
		old = old[1:]
		shift += f.End - f.Start - len(f.Pattern.Marker) - 2*len(quotes[f.quote])
		return f
	}
	for _, f := range spans {
		for len(old) > 0 && old[0].Start-shift < f.Start {
			found = append(found, next())
		}
		start := f.Start + shift
		for len(old) > 0 && old[0].Start-shift < f.End {
			next() // a value that is replaced because of its key may contain markers
		}
		found = append(found, Finding{start, f.End + shift, s.pattern(f.ID), f.Strings})
	}
	return append(found, old...)
}

// splice returns text with the findings replaced.
func splice(in string, found []Finding) string {
	size := len(in)
	for _, f := range found {
		size += len(f.Pattern.Marker) + 2*len(quotes[f.quote]) - (f.End - f.Start)
	}
	var b strings.Builder
	b.Grow(size)
	at := 0
	for _, f := range found {
		b.WriteString(in[at:f.Start])
		b.WriteString(quotes[f.quote])
		b.WriteString(f.Pattern.Marker)
		b.WriteString(quotes[f.quote])
		at = f.End
	}
	b.WriteString(in[at:])
	return b.String()
}

// quotes has the quotation mark of a JSON string by [Finding].quote: none, then that
// of a string, of a string within a string, and so on. Each level escapes the
// quotation mark and the backslashes of the one before.
var quotes = [document.MaxNesting + 2]string{"", `"`, `\"`, `\\\"`, `\\\\\\\"`, `\\\\\\\\\\\\\\\"`}

// Of a long text that was redacted only the parts around the markers are scanned
// again, since a marker changes only what is next to it. Detectors look back at less
// than partAfter bytes. Those that look ahead stop at a marker or within partBefore bytes.
const (
	partsLeast = 2048 // the length of a text that is scanned in parts
	partBefore = secret.Reach
	partAfter  = secret.Reach
)

// An interval is a part of a text.
type interval struct{ Start, End int }

// aroundMarkers appends the parts of a text around its markers, in order.
func aroundMarkers(parts []interval, in string) []interval {
	for i := 0; ; {
		n := strings.Index(in[i:], span.MarkerStart)
		if n < 0 {
			return parts
		}
		i += n + len(span.MarkerStart)
		part := interval{max(0, i-partBefore), i + span.MarkerMax + partAfter}
		if last := len(parts) - 1; last >= 0 && part.Start <= parts[last].End {
			parts[last].End = part.End
			continue
		}
		parts = append(parts, part)
	}
}

// behindOf returns the parts that end after i.
func behindOf(parts []interval, i int) []interval {
	for len(parts) > 0 && parts[0].End <= i {
		parts = parts[1:]
	}
	return parts
}
