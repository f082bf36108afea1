package span_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestMarkerEnd(t *testing.T) {
	require.Equal(t, 10, span.MarkerEnd("[REDACTED]", 0))
	require.Equal(t, 17, span.MarkerEnd("x [REDACTED_EMAIL] y", 2)-1)
	for _, in := range []string{"[REDACTED", "[REDACTED_]", "[REDACTED_email]", "[REDACTED_" + strings.Repeat("A", 65) + "]", "REDACTED]"} {
		require.Zero(t, span.MarkerEnd(in, 0), in)
	}
}

func TestBeforeCutsMarkers(t *testing.T) {
	const in = "key [REDACTED_EMAIL] and value"
	i := strings.Index(in, "value")
	require.Equal(t, " and ", span.Before(in, i, 10), "the marker is cut")
	require.Equal(t, in[:i], span.Before(in, i, 100))
	require.Equal(t, strings.Index(in, " and"), span.AfterMarker(in, 8))
	require.Equal(t, 2, span.AfterMarker(in, 2))
}
