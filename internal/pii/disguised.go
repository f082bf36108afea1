package pii

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/detect"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

const (
	// maxLayers bounds how often what was decoded is decoded again.
	maxLayers = 4
	// maxEncoded bounds how deep base64 within base64 is followed.
	maxEncoded = 2
)

// A disguised is the scratch space for undoing the disguises of a text. It is not
// safe for concurrent use.
type disguised struct {
	spans  []span.Span // of the texts that are being read, concatenated
	levels [maxEncoded + 1]struct {
		layers    [maxLayers]deobfuscate.Text
		regrouped deobfuscate.Text
		encoded   []byte
	}
}

// shrink frees scratch space that a large text made large.
func (d *disguised) shrink() {
	for i := range d.levels {
		l := &d.levels[i]
		for k := range l.layers {
			l.layers[k].Shrink(maxScratch)
		}
		l.regrouped.Shrink(maxScratch)
		if cap(l.encoded) > maxScratch {
			l.encoded = nil
		}
	}
}

// findings returns the findings of a text, both unchanged and with its disguises
// undone. They are valid until the next scan. depth is how often the text was decoded
// from base64 or hexadecimal digits.
func (d *document) findings(key, in string, depth int) []span.Span {
	if d.again && d.nesting == 0 && depth == 0 && len(in) >= partsLeast {
		d.walk.parts = aroundMarkers(d.walk.parts, in)
	}
	found := d.walk.scan(d.s, key, in)
	d.walk.parts = d.walk.parts[:0]
	has, encodes := d.walk.disguises, d.walk.encodes
	if strings.IndexByte(in, 0) >= 0 || strings.IndexByte(in, '\b') >= 0 {
		has = deobfuscate.Of(in) // the masks have no room for these bytes
	}
	if has == (deobfuscate.Disguises{}) && !encodes {
		return found
	}
	h := &d.disguised
	l := &h.levels[depth]
	first := len(h.spans)
	h.spans = append(h.spans, found...)
	plain, layers := in, 0
	for has.Decodes && layers < maxLayers {
		l.layers[layers].Decode(plain)
		plain = view(l.layers[layers].Plain())
		layers++
		has = deobfuscate.Of(plain)
	}
	if layers > 0 {
		d.decoded(key, plain, depth, layers)
		encodes = d.walk.encodes
	}
	if has.Regroups {
		d.regrouped(key, plain, depth, layers)
	}
	if encodes && depth < maxEncoded {
		d.encoded(plain, depth, layers)
	}
	found = d.walk.join(d.s, key, in, h.spans[first:])
	h.spans = h.spans[:first]
	return found
}

// given adds a span of the plain text after so many layers of decoding, with offsets into
// the given text.
func (d *document) given(f span.Span, depth, layers int) {
	l := &d.disguised.levels[depth]
	for k := layers - 1; k >= 0; k-- {
		f.Start, f.End = l.layers[k].Range(f.Start, f.End)
	}
	d.disguised.spans = append(d.disguised.spans, f)
}

// decoded adds the findings of the decoded text. They are as sure as those of any text,
// since its readers decode it too.
func (d *document) decoded(key, plain string, depth, layers int) {
	for _, f := range d.walk.scan(d.s, key, plain) {
		d.given(f, depth, layers)
	}
}

// regrouped adds the findings that depend on another layout. They are short, so of a
// long text only the parts around changes are scanned.
func (d *document) regrouped(key, plain string, depth, layers int) {
	t := &d.disguised.levels[depth].regrouped
	t.Regroup(plain)
	in := view(t.Plain())
	if len(in) <= wholeText {
		d.regroupedPart(t, key, in, 0, depth, layers)
		return
	}
	for w := t.Window(0, aroundChange); w.End > 0; w = t.Window(w.Next, aroundChange) {
		d.regroupedPart(t, "", in[w.Start:w.End], w.Start, depth, layers)
	}
}

const (
	// wholeText is the length of the longest text that is scanned completely.
	wholeText = 4 << 10
	// aroundChange is more than the length of an address, a number or a token with its context words.
	aroundChange = 512
)

// regroupedPart adds the findings in a part of the plain text of t that begins at offset at.
func (d *document) regroupedPart(t *deobfuscate.Text, key, part string, at, depth, layers int) {
	for _, f := range d.walk.scan(d.s, key, part) {
		doubt, touched := t.Doubt(at+f.Start, at+f.End)
		if touched && d.walk.acceptsRegrouped(f, doubt) {
			f.Start, f.End = t.Range(at+f.Start, at+f.End)
			d.given(f, depth, layers)
		}
	}
}

// contextOf has the context of the patterns whose context words raise confidence.
var contextOf = [span.BuiltinCount]detect.Context{
	span.CreditCard: detect.CardContext, span.SocialSecurity: detect.SocialSecurityContext, span.Phone: detect.PhoneContext,
}

// acceptsRegrouped reports whether a finding of the text that was scanned last is sure
// enough, given the doubt about the changes of the text.
func (w *walk) acceptsRegrouped(f span.Span, doubt deobfuscate.Doubt) bool {
	if f.Rank == span.FromCustom || f.ID >= span.BuiltinCount {
		return false
	}
	spoken := contextOf[f.ID] != 0 && w.HasContext(contextOf[f.ID], f.Start, f.End)
	switch doubt {
	case deobfuscate.Spelled:
		return f.Rank >= span.Structural && f.ID != span.URLCredential
	case deobfuscate.Dashed:
		return spoken || f.ID == span.CreditCard || f.ID == span.SocialSecurity || f.ID == span.IBAN
	case deobfuscate.Spaced:
		return spoken || f.ID == span.Email && w.isCommonAddress(f)
	}
	return true
}

// isCommonAddress reports whether an address has a name of some length and a
// common top-level domain: code sometimes has an @ between two names.
func (w *walk) isCommonAddress(f span.Span) bool {
	name, domain, _ := strings.Cut(w.Text[f.Start:f.End], "@")
	label := domain[strings.LastIndexByte(domain, '.')+1:]
	return len(name) > 2 && !text.ContainsFold(shortWords, label) && (len(label) == 2 || detect.IsCommonTopLevelDomain(label))
}

// shortWords are domains of countries that are also words of a sentence or of code.
var shortWords = []string{"am", "as", "at", "be", "do", "id", "in", "is", "it", "me", "my", "no", "so", "to"}

// encoded adds each run of base64 or hexadecimal digits that decodes to a text
// with a finding: the complete run becomes one.
func (d *document) encoded(plain string, depth, layers int) {
	l := &d.disguised.levels[depth]
	for i := 0; ; {
		var run deobfuscate.Run
		run, l.encoded = deobfuscate.NextRun(l.encoded[:0], plain, i)
		if run.End == 0 {
			return
		}
		i = run.End
		best := span.Span{Rank: span.Harmless}
		for _, f := range d.findings("", view(l.encoded), depth+1) {
			if (f.Rank >= span.Structural || f.ID == span.Secret) && (best.Rank == span.Harmless || f.Beats(best)) {
				best = f
			}
		}
		if best.Rank != span.Harmless {
			best.Start, best.End = run.Start, run.End
			d.given(best, depth, layers)
		}
	}
}

// join merges the spans of several scans of a text into findings.
func (w *walk) join(s *Scanner, key, in string, spans []span.Span) []span.Span {
	w.reset(s, key, in)
	if w.found = append(w.found, spans...); len(w.found) > 0 {
		w.resolve()
	}
	return w.found
}
