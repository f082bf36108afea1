package coworkmetricsconnector

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/semconv"
)

func TestValidate(t *testing.T) {
	check := func(want string, configure func(*Config)) {
		t.Helper()
		cfg := createDefaultConfig().(*Config)
		configure(cfg)
		err := cfg.Validate()
		if want == "" {
			require.NoError(t, err)
			return
		}
		require.EqualError(t, err, want)
	}
	check("", defaults)
	check("", deltas)
	check("", func(cfg *Config) { cfg.Dimensions = nil })
	check("", func(cfg *Config) { cfg.Histogram = Exponential })
	check("flush_interval: 0s: must be from 10ms to 24h0m0s (15s is the default)", func(cfg *Config) { cfg.FlushInterval = 0 })
	check("flush_interval: 48h0m0s: must be from 10ms to 24h0m0s (15s is the default)", func(cfg *Config) { cfg.FlushInterval = 48 * time.Hour })
	check(`temporality: "both": must be one of ["cumulative" "delta"] (cumulative is the default)`, func(cfg *Config) { cfg.Temporality = "both" })
	check(`histogram: "": must be one of ["explicit" "exponential"] (explicit is the default)`, func(cfg *Config) { cfg.Histogram = "" })
	check("max_series: 0: must be from 1 to 10000000 (20000 is the default)", func(cfg *Config) { cfg.MaxSeries = 0 })
	check("checkpoint_interval: 0s: must be from 10ms to 24h0m0s (1s is the default)", func(cfg *Config) { cfg.CheckpointInterval = 0 })
	check(`dimensions: "prompt.id": is different for each session, prompt or request; metrics would have no end`+
		` (organization.id, user.account_uuid, user.account_id and user.id are possible)`, func(cfg *Config) { cfg.Dimensions = []string{"user", "prompt.id"} })

	check("semconv: both: selects the metrics that gen_ai adds (gen_ai: true adds them)", func(cfg *Config) { cfg.Semconv = semconv.Both })
	check("", func(cfg *Config) { cfg.Semconv, cfg.GenAI = semconv.Both, true })

	err := (&Config{Dimensions: []string{"session.id"}}).Validate()
	require.Equal(t, 5, strings.Count(err.Error(), "\n"), "all errors are returned")
}
