package database

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPauses waits for a server that is away for long. The pause overflowed at the 40th
// attempt, and the collector ended with a panic.
func TestPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for attempt := 1; attempt <= 100; attempt++ {
			begin := time.Now()
			require.True(t, pause(t.Context(), attempt))
			waited := time.Since(begin)
			require.LessOrEqual(t, waited, longestWait)
			require.GreaterOrEqual(t, waited, firstPause/2)
			if attempt > 10 {
				require.GreaterOrEqual(t, waited, longestWait/2)
			}
		}
	})
}
