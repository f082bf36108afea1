package pii

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/disguise"
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
	spans  []span // of the texts that are being read, concatenated
	levels [maxEncoded + 1]struct {
		layers    [maxLayers]disguise.Text
		regrouped disguise.Text
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
func (d *document) findings(key, text string, depth int) []span {
	if d.again && d.nesting == 0 && depth == 0 && len(text) >= partsLeast {
		d.walk.parts = aroundMarkers(d.walk.parts, text)
	}
	found := d.walk.scan(d.s, key, text)
	d.walk.parts = d.walk.parts[:0]
	has, encodes := d.walk.disguises, d.walk.encodes
	if strings.IndexByte(text, 0) >= 0 || strings.IndexByte(text, '\b') >= 0 {
		has = disguise.Of(text) // the masks have no room for these bytes
	}
	if has == (disguise.Disguises{}) && !encodes {
		return found
	}
	h := &d.disguised
	l := &h.levels[depth]
	first := len(h.spans)
	h.spans = append(h.spans, found...)
	plain, layers := text, 0
	for has.Decodes && layers < maxLayers {
		l.layers[layers].Decode(plain)
		plain = view(l.layers[layers].Plain())
		layers++
		has = disguise.Of(plain)
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
	found = d.walk.join(d.s, key, text, h.spans[first:])
	h.spans = h.spans[:first]
	return found
}

// given adds a span of the plain text after so many layers of decoding, with offsets into
// the given text.
func (d *document) given(f span, depth, layers int) {
	l := &d.disguised.levels[depth]
	for k := layers - 1; k >= 0; k-- {
		f.start, f.end = l.layers[k].Range(f.start, f.end)
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
	text := view(t.Plain())
	if len(text) <= wholeText {
		d.regroupedPart(t, key, text, 0, depth, layers)
		return
	}
	for w := t.Window(0, aroundChange); w.End > 0; w = t.Window(w.Next, aroundChange) {
		d.regroupedPart(t, "", text[w.Start:w.End], w.Start, depth, layers)
	}
}

const (
	// wholeText is the length of the longest text that is scanned completely.
	wholeText = 4 << 10
	// aroundChange is more than the length of an address, a number or a token with its context words.
	aroundChange = 512
)

// regroupedPart adds the findings in a part of the plain text of t that begins at offset at.
func (d *document) regroupedPart(t *disguise.Text, key, part string, at, depth, layers int) {
	for _, f := range d.walk.scan(d.s, key, part) {
		doubt, touched := t.Doubt(at+f.start, at+f.end)
		if touched && d.walk.acceptsRegrouped(f, doubt) {
			f.start, f.end = t.Range(at+f.start, at+f.end)
			d.given(f, depth, layers)
		}
	}
}

// topicOf has the topic of the patterns whose context words raise confidence.
var topicOf = [builtinCount]topic{creditCard: cardTopic, socialSecurity: ssnTopic, phone: phoneTopic}

// acceptsRegrouped reports whether a finding of the text that was scanned last is sure
// enough, given the doubt about the changes of the text.
func (w *walk) acceptsRegrouped(f span, doubt disguise.Doubt) bool {
	if f.rank == rankCustom || f.id >= builtinCount {
		return false
	}
	spoken := topicOf[f.id] != 0 && w.hasTopicNear(topicOf[f.id], f.start, f.end)
	switch doubt {
	case disguise.Spelled:
		return f.rank >= rankStructural && f.id != urlCredential
	case disguise.Dashed:
		return spoken || f.id == creditCard || f.id == socialSecurity || f.id == iban
	case disguise.Spaced:
		return spoken || f.id == email && w.isCommonAddress(f)
	}
	return true
}

// isCommonAddress reports whether an address has a name of some length and a
// common top-level domain: code sometimes has an @ between two names.
func (w *walk) isCommonAddress(f span) bool {
	name, domain, _ := strings.Cut(w.text[f.start:f.end], "@")
	label := domain[strings.LastIndexByte(domain, '.')+1:]
	return len(name) > 2 && !containsFold(shortWords, label) && (len(label) == 2 || containsFold(commonTopLevel, label))
}

// shortWords are domains of countries that are also words of a sentence or of code.
var shortWords = []string{"am", "as", "at", "be", "do", "id", "in", "is", "it", "me", "my", "no", "so", "to"}

// encoded adds each run of base64 or hexadecimal digits that decodes to a text
// with a finding: the complete run becomes one.
func (d *document) encoded(plain string, depth, layers int) {
	l := &d.disguised.levels[depth]
	for i := 0; ; {
		var run disguise.Run
		run, l.encoded = disguise.NextRun(l.encoded[:0], plain, i)
		if run.End == 0 {
			return
		}
		i = run.End
		best := span{rank: refused}
		for _, f := range d.findings("", view(l.encoded), depth+1) {
			if (f.rank >= rankStructural || f.id == secret) && (best.rank == refused || f.beats(best)) {
				best = f
			}
		}
		if best.rank != refused {
			best.start, best.end = run.Start, run.End
			d.given(best, depth, layers)
		}
	}
}

// join merges the spans of several scans of a text into findings.
func (w *walk) join(s *Scanner, key, text string, spans []span) []span {
	w.reset(s, key, text)
	if w.found = append(w.found, spans...); len(w.found) > 0 {
		w.resolve()
	}
	return w.found
}
