package pii

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/document"
)

// TestScanAfterPanic checks that a text is scanned completely with the scratch of a scan
// that panicked: its caller recovers, and the scratch is used again.
func TestScanAfterPanic(t *testing.T) {
	s, err := New(Settings{})
	require.NoError(t, err)
	p := newScan(s, "")
	p.cursor.parts = append(p.cursor.parts, interval{0, 64})
	pool.Put(p)
	in := strings.Repeat("clean text ", 400) + "jane.doe@example.com"
	p = newScan(s, in)
	defer p.release()
	found, _ := p.find("", in, document.AnyJSON, given)
	require.Len(t, found, 1)
	require.Equal(t, "jane.doe@example.com", in[found[0].Start:found[0].End])
}
