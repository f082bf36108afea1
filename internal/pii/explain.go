package pii

import (
	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/document"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Decision is how a value was judged that the context may make a secret: its noun, its
// link, the features of the value and their weights.
type Decision = secret.Decision

// A Weight is a feature of a value and what it adds to the score of a [Decision].
type Weight = secret.Weight

// Explain calls yield for each value of a text that is judged by its context, in the
// strings of JSON too. The offsets of a decision are those in the given text, -1 for a value
// of a disguised text. A value without a noun has no decision, nor has any value if the
// pattern secret is disabled.
func (s *Scanner) Explain(key, in string, yield func(value string, d Decision)) {
	p := newScan(s, in)
	defer p.release()
	if !p.cursor.enabled(span.Secret) {
		return
	}
	e := &explainer{scan: p}
	p.cursor.secrets.Explain = e.add
	defer func() { p.cursor.secrets.Explain = nil }()
	p.document.Reset(e, len(s.custom) > 0, false)
	if document.StartsWith(in, document.LikelyJSON) && p.document.Read(key, in) {
		for _, f := range p.document.Spans {
			e.judged[f.ID].Start, e.judged[f.ID].End = f.Start, f.End
		}
	} else {
		e.judged = e.judged[:0]
		for _, f := range e.ScanString(text.View{Text: in, Key: key}, false) {
			e.judged[f.ID].Start, e.judged[f.ID].End = f.Start, f.End
		}
	}
	for _, j := range e.judged {
		yield(j.value, j.Decision)
	}
}

// A judgement is a decision and its value.
type judgement struct {
	Decision
	value string
}

// An explainer collects the decisions of a scan. To a [document.Reader] it returns the
// judged values in place of findings, each with the index of its decision as the id, so that
// the reader maps their offsets to those of the document.
type explainer struct {
	*scan
	judged  []judgement
	isPlain bool // the text that is scanned is the plain form of another
	first   int  // the first decision of the string that is scanned
	places  []span.Span
}

// maxJudged bounds the decisions of a text: the ids of spans have 16 bits.
const maxJudged = 1<<16 - 1

// add collects a decision about a value of the text that is scanned. The plain form of a
// text repeats the decisions about the values outside of disguises.
func (e *explainer) add(d Decision) {
	j := judgement{d, e.cursor.secrets.Text[d.Start:d.End]}
	if len(e.judged) == maxJudged || e.isPlain && e.repeats(j) {
		return
	}
	if !e.isPlain {
		e.places = append(e.places, span.Span{Start: d.Start, End: d.End, ID: span.ID(len(e.judged))})
	}
	j.Start, j.End = -1, -1
	j.value = string([]byte(j.value)) // the memory of decoded text is used again
	e.judged = append(e.judged, j)
}

// repeats reports whether a decision about the string that is scanned was made before.
func (e *explainer) repeats(j judgement) bool {
	for _, before := range e.judged[e.first:] {
		if before.value == j.value && before.Noun == j.Noun && before.Link == j.Link {
			return true
		}
	}
	return false
}

// ScanString implements [document.Scanner].
func (e *explainer) ScanString(v text.View, _ bool) []span.Span {
	e.first, e.places = len(e.judged), e.places[:0]
	found, signs := e.scan.ScanPlain(v)
	if signs != (deobfuscate.Signs{}) {
		e.isPlain = true
		e.plain.Findings(e, v, found, signs, false)
		e.isPlain = false
	}
	return e.places
}

// ScanNumber implements [document.Scanner].
func (e *explainer) ScanNumber(v text.View) []span.Span {
	e.first, e.places = len(e.judged), e.places[:0]
	e.scan.ScanNumber(v)
	return e.places
}

// ReplacedBy implements [document.Scanner]. The decisions about the values of a key are
// collected also if the values are replaced.
func (e *explainer) ReplacedBy(string) (span.ID, bool) { return 0, false }
