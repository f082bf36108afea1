package pii

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// TestScanAfterPanic checks that a text is scanned completely with the scratch of a scan
// that panicked: its caller recovers, and the scratch is used again.
func TestScanAfterPanic(t *testing.T) {
	s, err := New(Settings{})
	require.NoError(t, err)
	p := pool.Get().(*scratch)
	defer p.release()
	p.doc.walk.parts = append(p.doc.walk.parts, interval{0, 64})
	p.doc.disguised.spans = append(p.doc.disguised.spans, span.Span{})
	in := strings.Repeat("clean text ", 400) + "jane.doe@example.com"
	found, _ := p.find(s, "", in, anyJSON, given)
	require.Len(t, found, 1)
	require.Equal(t, "jane.doe@example.com", in[found[0].Start:found[0].End])
}
