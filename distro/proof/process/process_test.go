package process

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSumSeries(t *testing.T) {
	const exposition = "# TYPE a counter\na{x=\"1\"} 2\na{x=\"b c\"} 3\na_b 7\nc 1e3\n"
	require.InDelta(t, 5, sumSeries(exposition, "a"), 0)
	require.InDelta(t, 1000, sumSeries(exposition, "c"), 0)
	require.Zero(t, sumSeries(exposition, "d"))
}

func TestFreePorts(t *testing.T) {
	first, err := FreePorts(3)
	require.NoError(t, err)
	second, err := FreePorts(3)
	require.NoError(t, err)
	for _, address := range append(first, second...) {
		l, err := net.Listen("tcp", address)
		require.NoError(t, err, "each address is unused, and given once")
		defer l.Close()
	}
}

// TestStart checks that a command that ends at once is an error with what it printed.
func TestStart(t *testing.T) {
	c, err := New("/bin/false", t.TempDir())
	require.NoError(t, err)
	require.ErrorContains(t, c.Start(), "collector: ended at start")
	require.False(t, c.Running())
}
