package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"1d": 24 * time.Hour, "1w": 168 * time.Hour, "2w1d": 360 * time.Hour, "1d12h30m": 36*time.Hour + 30*time.Minute, "90m": 90 * time.Minute, "0": 0,
	} {
		got, err := ParseDuration(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "d", "1 d", "1d2w", "1d-1h", "1.5d", "1day", "5", "99999999d", "9999w99999d", "106750d99999h"} {
		_, err := ParseDuration(text)
		require.Error(t, err, text)
	}
}
