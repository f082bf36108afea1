package coworkcorrelationprocessor

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
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
	check(func(c *Config) { c.IdleTimeout = 0 }, "idle_timeout: 0s: must be positive (5m is the default)")
	check(func(c *Config) { c.MaxPrompts = -1 }, "max_prompts: -1: must be from 1 to 100000000 (100000 is the default)")
	check(func(c *Config) { c.IdleTimeout, c.MaxPrompts, c.CheckpointInterval = -time.Second, 1e9, 0 },
		"idle_timeout: -1s: must be positive (5m is the default)",
		"max_prompts: 1000000000: must be from 1 to 100000000 (100000 is the default)",
		"checkpoint_interval: 0s: must be positive (1s is the default)")
}

func TestInterval(t *testing.T) {
	check := func(want, idle, checkpoint time.Duration, s *store) {
		t.Helper()
		c := correlator{cfg: &Config{IdleTimeout: idle, CheckpointInterval: checkpoint}, store: s}
		require.Equal(t, want, c.interval())
	}
	check(time.Second, 5*time.Minute, time.Millisecond, nil)
	check(500*time.Millisecond, 5*time.Second, time.Second, nil)
	check(100*time.Millisecond, time.Millisecond, time.Second, nil)
	check(200*time.Millisecond, 5*time.Minute, 200*time.Millisecond, &store{})

	c := correlator{cfg: createDefaultConfig().(*Config)}
	require.True(t, c.isDue(999*time.Millisecond), "a tick that came early")
	require.False(t, c.isDue(100*time.Millisecond))
}
