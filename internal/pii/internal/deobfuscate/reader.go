package deobfuscate

import (
	"strings"
	"unsafe"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	// maxLayers bounds how often what was decoded is decoded again.
	maxLayers = 4
	// maxEncoded bounds how deep base64 within base64 is followed.
	maxEncoded = 2
)

// A Scanner scans the plain texts that a [Reader] makes.
type Scanner interface {
	// ScanPlain returns the findings of a text, and the disguises that it may contain. The
	// findings are valid until the next call of ScanPlain or MergeSpans.
	ScanPlain(v text.View) ([]span.Span, Signs)
	// AcceptsRegrouped reports whether a finding in the text that was scanned last is surer than the doubt
	// about the layout that it needed.
	AcceptsRegrouped(f span.Span, doubt Doubt) bool
	// MergeSpans returns the spans of several scans of a text as findings, which are valid as above.
	MergeSpans(v text.View, spans []span.Span) []span.Span
}

// Signs are the disguises that a text may contain.
type Signs struct {
	Disguises
	Encodes bool // a run may encode a text
	Forms   bool // it has plus signs that are spaces
}

// A Reader scans a text with its disguises undone. The zero value is ready for use; a
// Reader that is used again allocates nothing once it is large enough. It is not safe for
// concurrent use.
type Reader struct {
	spans       []span.Span // of the texts that are being read, concatenated
	levels      [maxEncoded + 1]level
	wasRedacted bool
}

// A level has the plain texts of a text that was decoded as often as the number of the level.
type level struct {
	layers    [maxLayers]Text
	regrouped Text
	encoded   []byte
}

// Reset drops what a scan that panicked left behind.
func (r *Reader) Reset() { r.spans = r.spans[:0] }

// Shrink frees memory that a large text made larger than limit bytes.
func (r *Reader) Shrink(limit int) {
	for i := range r.levels {
		l := &r.levels[i]
		for k := range l.layers {
			l.layers[k].Shrink(limit)
		}
		l.regrouped.Shrink(limit)
		if cap(l.encoded) > limit {
			l.encoded = nil
		}
	}
}

// Findings returns the findings of a text whose scan returned found and signs: these, and
// those of its plain form. They are valid until the next scan. wasRedacted states that the text
// is the result of redacting one, so that of a long text only what is near a marker is scanned.
func (r *Reader) Findings(s Scanner, v text.View, found []span.Span, signs Signs, wasRedacted bool) []span.Span {
	r.wasRedacted = wasRedacted
	return r.findings(s, v, found, signs, 0)
}

// findings is Findings for a text that was decoded from base64 or hexadecimal digits depth times.
func (r *Reader) findings(s Scanner, v text.View, found []span.Span, signs Signs, depth int) []span.Span {
	if signs == (Signs{}) {
		return found
	}
	first := len(r.spans)
	r.spans = append(r.spans, found...)
	r.addPlain(s, v, signs, depth, false)
	if signs.Forms {
		// The plus signs of a form may be part of a value, so it is read with and without them.
		signs.Decodes, signs.Encodes = true, false
		r.addPlain(s, v, signs, depth, true)
	}
	found = s.MergeSpans(v, r.spans[first:])
	r.spans = r.spans[:first]
	return found
}

// addPlain adds the findings of the plain form of a text. isForm states whether the plus signs of
// forms are spaces.
func (r *Reader) addPlain(s Scanner, v text.View, signs Signs, depth int, isForm bool) {
	l := &r.levels[depth]
	plain, layers := v, 0
	for signs.Decodes && layers < maxLayers {
		if isForm && layers == 0 {
			l.layers[0].DecodeForm(plain.Text)
		} else {
			l.layers[layers].Decode(plain.Text)
		}
		plain.Text = stringOf(l.layers[layers].Plain())
		layers++
		signs.Disguises = l.layers[layers-1].disguises(signs.Regroups)
	}
	if layers > 0 {
		// The findings of the decoded text are as sure as those of any text, since its readers decode it too.
		signs.Encodes = r.scanDecoded(s, plain, depth, layers) && !isForm || layers == 1 && signs.Encodes
	}
	if signs.Regroups {
		r.regroup(s, plain, depth, layers)
	}
	if signs.Encodes && depth < maxEncoded {
		r.decodeRuns(s, plain.Text, depth, layers)
	}
}

// addSpan adds a span of the plain text after so many layers of decoding, with offsets into
// the given text.
func (r *Reader) addSpan(f span.Span, depth, layers int) {
	l := &r.levels[depth]
	for k := layers - 1; k >= 0; k-- {
		f.Start, f.End = l.layers[k].Range(f.Start, f.End)
	}
	r.spans = append(r.spans, f)
}

const (
	// wholeDecoded is the length of the longest decoded text that is scanned completely.
	wholeDecoded = 6 << 10
	// aroundDecoded is more than what detectors read before and after a finding, a private key apart.
	aroundDecoded = 2 << 10
	// aroundContext is more than what they read before the start and after the end of a finding.
	aroundContext = 512
)

// scanDecoded adds the findings of the decoded text, and reports whether a run may encode a text.
// Of a long text only the parts around changes are scanned: in the others the scan of the
// given text found the same.
func (r *Reader) scanDecoded(s Scanner, plain text.View, depth, layers int) (encodes bool) {
	if len(plain.Text) <= wholeDecoded || layers > 1 || strings.Contains(plain.Text, "-----BEGIN") {
		found, signs := s.ScanPlain(plain)
		for _, f := range found {
			if r.acceptsDecoded(s, f, f, depth, layers) {
				r.addSpan(f, depth, layers)
			}
		}
		return signs.Encodes
	}
	t := &r.levels[depth].layers[0]
	for w := t.Window(0, aroundDecoded); w.End > 0; w = t.Window(w.Next, aroundDecoded) {
		part := text.View{Text: plain.Text[w.Start:w.End], Key: plain.Key, Link: plain.Link}
		if r.isUnchanged(part.Text, depth) {
			continue
		}
		found, signs := s.ScanPlain(part)
		encodes = encodes || signs.Encodes
		for _, f := range found {
			inPart := f
			f.Start, f.End = f.Start+w.Start, f.End+w.Start
			if !r.acceptsDecoded(s, inPart, f, depth, layers) {
				continue
			}
			_, touched := t.Doubt(f.Start, f.End)
			if touched || (w.Start == 0 || f.Start >= w.Start+aroundContext) && (w.End == len(plain.Text) || f.End <= w.End-aroundContext) {
				r.addSpan(f, depth, layers)
			}
		}
	}
	return encodes
}

// acceptsDecoded reports whether a finding of the decoded text is sure enough: one near groups
// of digits with plus signs, which can be a sum, must be surer than others. inPart is the
// finding in the text that was scanned last, f in the complete text.
func (r *Reader) acceptsDecoded(s Scanner, inPart, f span.Span, depth, layers int) bool {
	const near = 64
	l := &r.levels[depth]
	for k := layers - 1; k > 0; k-- {
		f.Start, f.End = l.layers[k].Range(f.Start, f.End)
	}
	doubt, _ := l.layers[0].Doubt(f.Start-near, f.End)
	return doubt == None || s.AcceptsRegrouped(inPart, doubt)
}

// isUnchanged reports whether a part of a long text was scanned before, without a finding: a
// part of a redacted text without a marker.
func (r *Reader) isUnchanged(part string, depth int) bool {
	return r.wasRedacted && depth == 0 && !strings.Contains(part, span.MarkerStart)
}

const (
	// wholeRegrouped is the length of the longest text in another layout that is scanned completely.
	wholeRegrouped = 4 << 10
	// aroundRegrouped is more than the length of an address, a number or a token with its context words.
	aroundRegrouped = 512
)

// regroup adds the findings that depend on another layout. They are short, so of a
// long text only the parts around changes are scanned.
func (r *Reader) regroup(s Scanner, plain text.View, depth, layers int) {
	t := &r.levels[depth].regrouped
	t.Regroup(plain.Text)
	in := stringOf(t.Plain())
	if len(in) <= wholeRegrouped {
		r.regroupPart(s, text.View{Text: in, Key: plain.Key, Link: plain.Link}, 0, depth, layers)
		return
	}
	for w := t.Window(0, aroundRegrouped); w.End > 0; w = t.Window(w.Next, aroundRegrouped) {
		if part := in[w.Start:w.End]; !r.isUnchanged(part, depth) {
			r.regroupPart(s, text.View{Text: part}, w.Start, depth, layers)
		}
	}
}

// regroupPart adds the findings in a part of the regrouped text that begins at offset at.
func (r *Reader) regroupPart(s Scanner, part text.View, at, depth, layers int) {
	t := &r.levels[depth].regrouped
	found, _ := s.ScanPlain(part)
	for _, f := range found {
		doubt, touched := t.Doubt(at+f.Start, at+f.End)
		if touched && s.AcceptsRegrouped(f, doubt) {
			f.Start, f.End = t.Range(at+f.Start, at+f.End)
			r.addSpan(f, depth, layers)
		}
	}
}

// decodeRuns adds each run of base64 or hexadecimal digits that decodes to a text
// with a finding: the complete run becomes one.
func (r *Reader) decodeRuns(s Scanner, plain string, depth, layers int) {
	l := &r.levels[depth]
	for i := 0; ; {
		var run Run
		run, l.encoded = NextRun(l.encoded[:0], plain, i)
		if run.End == 0 {
			return
		}
		i = run.End
		var best span.Span
		in := text.View{Text: stringOf(l.encoded)}
		found, signs := s.ScanPlain(in)
		for _, f := range r.findings(s, in, found, signs, depth+1) {
			if (f.Rank >= span.Structural || f.ID == span.Secret) && (best.End == 0 || f.Beats(best)) {
				best = f
			}
		}
		if best.End > 0 {
			best.Start, best.End = run.Start, run.End
			r.addSpan(best, depth, layers)
		}
	}
}

// stringOf returns bytes as a string without a copy. The scan of a text ends
// before its bytes are reused, and findings contain offsets only.
func stringOf(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b)) //nolint:gosec // a view that no caller keeps
}
