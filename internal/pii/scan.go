package pii

// This file connects the layers: documents, plain forms of disguised text, and the scan of one text.

import (
	"strings"
	"sync"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/document"
	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A scan is the working memory of one call of a [Scanner]. It is pooled, so that clean text
// allocates nothing. It is not safe for concurrent use.
type scan struct {
	walk     walk
	window   prefilter.Window
	document document.Reader
	plain    deobfuscate.Reader
	isLarge  bool // the text may have made the memory large
}

// maxScratch is the most decoded text that is kept from one call to the next.
const maxScratch = 1 << 20

var pool = sync.Pool{New: func() any {
	p := new(scan)
	p.walk.window = &p.window
	return p
}}

// newScan returns a scan for a text.
func newScan(s *Scanner, in string) *scan {
	p := pool.Get().(*scan)
	p.walk.s = s
	// A scan that panicked left these behind, and its caller recovered.
	p.walk.parts = p.walk.parts[:0]
	p.plain.Reset()
	p.isLarge = p.isLarge || len(in) > maxScratch/2
	return p
}

// release drops the references to the text and returns the scan to the pool.
func (p *scan) release() {
	p.walk.s, p.walk.View = nil, text.View{}
	p.document.Release()
	if p.isLarge {
		p.isLarge = false
		p.document.Shrink(maxScratch)
		p.plain.Shrink(maxScratch)
	}
	pool.Put(p)
}

// findings returns the findings of a text, both as it is given and with its disguises
// undone. They are valid until the next scan. Of a long text that was redacted
// only the parts around the markers are scanned.
func (p *scan) findings(v text.View, wasRedacted bool) []span.Span {
	if wasRedacted && len(v.Text) >= partsLeast {
		p.walk.parts = aroundMarkers(p.walk.parts, v.Text)
	}
	found, signs := p.ScanPlain(v)
	p.walk.parts = p.walk.parts[:0]
	if signs == (deobfuscate.Signs{}) {
		return found
	}
	return p.plain.Findings(p, v, found, signs, wasRedacted && len(v.Text) >= partsLeast)
}

// ScanPlain implements [deobfuscate.Scanner].
func (p *scan) ScanPlain(v text.View) ([]span.Span, deobfuscate.Signs) {
	found := p.walk.scan(p.walk.s, v)
	signs := p.walk.signs
	if strings.IndexByte(v.Text, 0) >= 0 || strings.IndexByte(v.Text, '\b') >= 0 {
		signs.Disguises = deobfuscate.Of(v.Text) // the masks have no room for these bytes
	}
	return found, signs
}

// MergeSpans implements [deobfuscate.Scanner].
func (p *scan) MergeSpans(v text.View, spans []span.Span) []span.Span {
	w := &p.walk
	w.reset(w.s, v)
	if w.found = append(w.found, spans...); len(w.found) > 0 {
		w.resolve()
	}
	return w.found
}

// AcceptsRegrouped implements [deobfuscate.Scanner].
func (p *scan) AcceptsRegrouped(f span.Span, doubt deobfuscate.Doubt) bool {
	return p.walk.acceptsRegrouped(f, doubt)
}

// ScanString implements [document.Scanner].
func (p *scan) ScanString(v text.View, wasRedacted bool) []span.Span {
	return p.findings(v, wasRedacted)
}

// ScanNumber implements [document.Scanner].
func (p *scan) ScanNumber(v text.View) []span.Span { return p.walk.scan(p.walk.s, v) }

// Announces implements [document.Scanner].
func (p *scan) Announces(name string) bool {
	const numbers = phoneTopic | ssnTopic | cardTopic | ibanTopic
	return announcedStrength(name) != noSecret || topicsIn(name)&numbers != 0
}

// announcedStrength returns the strength of the strongest name of a secret in a text such as
// "Password field" or input[type="password"].
func announcedStrength(in string) (found strength) {
	for end := 2; end <= min(len(in), 4*nameMax); end++ {
		if text.Is(in[end-1], text.Letter) && (end == len(in) || !text.Is(in[end], text.Letter)) && endsLikeName(in, end) {
			from := text.RunStart(in, end, end-nameMax, text.Letter|text.Joiner|text.Space)
			if s := secretStrength(in[from:end]); s >= tokenName {
				found = max(found, s)
			}
		}
	}
	return found
}

// sensitiveValue is the id of values that are replaced because of their key.
const sensitiveValue span.ID = 1<<16 - 1

var sensitivePattern = Pattern{"sensitive_attribute", span.MarkerStart + "]"}

// ReplacedBy implements [document.Scanner].
func (p *scan) ReplacedBy(key string) (span.ID, bool) {
	_, found := p.walk.s.keys[key]
	return sensitiveValue, found
}

// IsMarked implements [document.Scanner].
func (p *scan) IsMarked(value string) bool { return p.walk.s.protected(value, 0) == len(value) }
