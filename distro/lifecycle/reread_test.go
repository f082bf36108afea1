package lifecycle

import (
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSignalWhileReading checks that a signal ends a process whose new configuration does
// not arrive.
func TestSignalWhileReading(t *testing.T) {
	hang := make(chan struct{})
	defer close(hang)
	p := &process{signals: make(chan os.Signal, 2), reread: func() { <-hang }}
	p.signals <- syscall.SIGHUP
	p.signals <- syscall.SIGTERM
	require.False(t, p.readAgain())

	p = &process{signals: make(chan os.Signal, 2), reread: func() {}}
	require.True(t, p.readAgain())
}
