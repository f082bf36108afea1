package configcheck

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDayHours(t *testing.T) {
	for text, want := range map[string]string{"14d": "336h", "1w": "168h", "2 days": "48h", "d": "", "1.5d": "", "123456d": "", "5m": ""} {
		require.Equal(t, want, dayHours(text), text)
	}
}

func TestShort(t *testing.T) {
	for d, want := range map[time.Duration]string{5 * time.Minute: "5m", 24 * time.Hour: "24h", 90 * time.Second: "1m30s", 10 * time.Second: "10s", time.Hour + time.Second: "1h0m1s"} {
		require.Equal(t, want, short(d))
	}
}
