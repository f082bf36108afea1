package pii

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/literal"
	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// A cursor reads one text: it visits the candidates and collects the spans that the
// detectors accept. It is not safe for concurrent use.
type cursor struct {
	s *Scanner
	text.View
	numbers detect.Reader
	cells   detect.Reader // of one cell of a table
	tokens  token.Reader
	secrets secret.Reader
	custom  literal.Search
	window  *prefilter.Window
	parts   []interval // the parts of a redacted text that are scanned again; none means all of it

	found []span.Span
	cut   []span.Span       // scratch space of cutMarkers
	signs deobfuscate.Signs // of disguises

	hasForeign bool // the text may have a noun with a letter beyond ASCII
	hasPair    bool // the text has the noun pw
}

// reset prepares the cursor for a text.
func (c *cursor) reset(s *Scanner, v text.View) {
	c.s, c.View = s, v
	c.numbers.Reset(v)
	c.tokens = token.NewReader(v)
	c.secrets.Reset(v)
	c.found, c.signs = c.found[:0], deobfuscate.Signs{}
	c.hasForeign, c.hasPair = false, false
}

// forget drops the references to the text.
func (c *cursor) forget() {
	c.s, c.View = nil, text.View{}
	c.numbers.Reset(text.View{})
	c.cells.Reset(text.View{})
	c.tokens = token.Reader{}
	c.secrets.Reset(text.View{})
}

// scanText returns the findings of a text as it is given. They are valid until the next scan.
func (c *cursor) scanText(s *Scanner, v text.View) []span.Span {
	c.reset(s, v)
	if v.Text == "" || strings.HasPrefix(v.Text, span.MarkerStart) && s.protected(v.Text, 0) == len(v.Text) {
		return nil
	}
	if s.gate != nil {
		c.found = c.custom.Append(c.found, s.gate, v.Text)
	}
	if v.Key != "" {
		secret.Keyed(&c.secrets)
		c.accept(detect.KeyedNationalID(&c.numbers))
		c.accept(detect.KeyedAccount(&c.numbers))
	}
	secret.CredentialFile(&c.secrets)
	if !prefilter.IsIdentifier(v.Text) || deobfuscate.Encodes(v.Text, 0) {
		c.visitAll()
	}
	c.collectSecrets()
	c.secrets.Meter.EndText(len(v.Text))
	if len(c.found) > 0 {
		c.resolve()
	}
	return c.found
}

// collectSecrets collects the secrets that were found by their context.
func (c *cursor) collectSecrets() {
	if c.hasPair {
		secret.PairNouns(&c.secrets)
	}
	if c.hasForeign {
		secret.ForeignNouns(&c.secrets)
	}
	if c.enabled(span.Secret) {
		c.found = append(c.found, c.secrets.Found...)
	}
}

// enabled reports whether a built-in pattern is switched on.
func (c *cursor) enabled(id span.ID) bool { return c.s.on>>id&1 == 1 }

// accept collects the result of a detector and returns where the search continues, 0 if
// there is none or its pattern is switched off, so that others are tried on the same text.
func (c *cursor) accept(found span.Span, ok bool) int {
	switch {
	case !ok:
		return 0
	case found.Rank == span.Harmless:
		return found.End
	case !c.enabled(found.ID):
		return 0
	}
	c.found = append(c.found, found)
	return found.End
}
