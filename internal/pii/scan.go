package pii

// This file connects the layers: documents, plain forms of disguised text, and the scan of one text.

import (
	"strings"
	"sync"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/document"
	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A scan is the working memory of one call of a [Scanner]. It is pooled, so that clean text
// allocates nothing. It is not safe for concurrent use.
type scan struct {
	cursor   cursor
	window   prefilter.Window
	document document.Reader
	plain    deobfuscate.Reader
	isLarge  bool // the text may have made the memory large
}

// maxScratch is the most decoded text that is kept from one call to the next.
const maxScratch = 1 << 20

var pool = sync.Pool{New: func() any {
	p := new(scan)
	p.cursor.window = &p.window
	return p
}}

// newScan returns a scan for a text.
func newScan(s *Scanner, in string) *scan {
	p := pool.Get().(*scan)
	p.cursor.s = s
	p.cursor.secrets.Meter.StartCall(len(in))
	// A scan that panicked left these behind, and its caller recovered.
	p.cursor.parts = p.cursor.parts[:0]
	p.plain.Reset()
	p.isLarge = p.isLarge || len(in) > maxScratch/2
	return p
}

// release drops the references to the text and returns the scan to the pool.
func (p *scan) release() {
	p.cursor.forget()
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
		p.cursor.parts = aroundMarkers(p.cursor.parts, v.Text)
	}
	found, signs := p.ScanPlain(v)
	p.cursor.parts = p.cursor.parts[:0]
	if signs == (deobfuscate.Signs{}) {
		return found
	}
	return p.plain.Findings(p, v, found, signs, wasRedacted && len(v.Text) >= partsLeast)
}

// ScanPlain implements [deobfuscate.Scanner].
func (p *scan) ScanPlain(v text.View) ([]span.Span, deobfuscate.Signs) {
	found := p.cursor.scanText(p.cursor.s, v)
	signs := p.cursor.signs
	if strings.IndexByte(v.Text, 0) >= 0 || strings.IndexByte(v.Text, '\b') >= 0 {
		signs.Disguises = deobfuscate.Of(v.Text) // the masks have no room for these bytes
	}
	signs.Forms = deobfuscate.HasForms(v.Text)
	return found, signs
}

// MergeSpans implements [deobfuscate.Scanner].
func (p *scan) MergeSpans(v text.View, spans []span.Span) []span.Span {
	c := &p.cursor
	c.reset(c.s, v)
	if c.found = append(c.found, spans...); len(c.found) > 0 {
		c.resolve()
	}
	return c.found
}

// AcceptsRegrouped implements [deobfuscate.Scanner].
func (p *scan) AcceptsRegrouped(f span.Span, doubt deobfuscate.Doubt) bool {
	return acceptsRegrouped(&p.cursor, f, doubt)
}

// ScanString implements [document.Scanner].
func (p *scan) ScanString(v text.View, wasRedacted bool) []span.Span {
	return p.findings(v, wasRedacted)
}

// ScanNumber implements [document.Scanner].
func (p *scan) ScanNumber(v text.View) []span.Span { return p.cursor.scanText(p.cursor.s, v) }

// Announces implements [document.Scanner].
func (p *scan) Announces(name string) bool {
	return secret.IsLabel(name) || detect.Announces(name)
}

// sensitiveValue is the id of values that are replaced because of their key.
const sensitiveValue span.ID = 1<<16 - 1

var sensitivePattern = Pattern{"sensitive_attribute", span.MarkerStart + "]"}

// ReplacedBy implements [document.Scanner].
func (p *scan) ReplacedBy(key string) (span.ID, bool) {
	_, found := p.cursor.s.keys[key]
	return sensitiveValue, found
}

// IsMarked implements [document.Scanner].
func (p *scan) IsMarked(value string) bool { return p.cursor.s.protected(value, 0) == len(value) }
