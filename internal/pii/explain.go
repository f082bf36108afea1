package pii

import (
	"github.com/cowork-otel/collector/internal/pii/internal/document"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"
)

// A Decision is how a value was judged that the context may make a secret: its noun, its
// link, the features of the value and their weights.
type Decision = secret.Decision

// Explain calls yield for each value of a text that is judged by its context, in the
// strings of JSON too. The offsets are those in value, the string that was scanned.
func (s *Scanner) Explain(key, in string, yield func(value string, d Decision)) {
	p := newScan(s, in)
	defer p.release()
	p.cursor.secrets.Explain = func(d Decision) { yield(p.cursor.secrets.Text[d.Start:d.End], d) }
	defer func() { p.cursor.secrets.Explain = nil }()
	p.find(key, in, document.LikelyJSON, given)
}
