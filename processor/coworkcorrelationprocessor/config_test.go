package coworkcorrelationprocessor

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

func TestConfig(t *testing.T) {
	check := func(change func(*Config), want ...string) {
		t.Helper()
		cfg := createDefaultConfig().(*Config)
		change(cfg)
		err := cfg.Validate()
		if len(want) == 0 {
			require.NoError(t, err)
			return
		}
		require.EqualError(t, err, strings.Join(want, "\n"))
	}
	check(defaults)
	check(func(c *Config) { c.IdleTimeout, c.CheckpointInterval = 5, 300 },
		"idle_timeout: 5ns: must have a unit of ms or more (5m is the default)", "checkpoint_interval: 300ns: must have a unit of ms or more (1s is the default)")
	check(func(c *Config) { c.IdleTimeout = 0 }, "idle_timeout: 0s: must be positive (5m is the default)")
	check(func(c *Config) { c.MaxPrompts = -1 }, "max_prompts: -1: must be from 1 to 100000000 (100000 is the default)")
	check(func(c *Config) { c.IdleTimeout, c.MaxPrompts, c.CheckpointInterval = -time.Second, 1e9, 0 },
		"idle_timeout: -1s: must be positive (5m is the default)",
		"checkpoint_interval: 0s: must be positive (1s is the default)",
		"max_prompts: 1000000000: must be from 1 to 100000000 (100000 is the default)")
}

func TestTickInterval(t *testing.T) {
	check := func(want, idle, checkpoint time.Duration, storage *component.ID) {
		t.Helper()
		cfg := Config{IdleTimeout: idle, CheckpointInterval: checkpoint, Storage: storage}
		require.Equal(t, want, cfg.tickInterval())
	}
	check(time.Second, 5*time.Minute, time.Millisecond, nil)
	check(500*time.Millisecond, 5*time.Second, time.Second, nil)
	check(100*time.Millisecond, time.Millisecond, time.Second, nil)
	check(200*time.Millisecond, 5*time.Minute, 200*time.Millisecond, &statefultest.DiskID)
}
