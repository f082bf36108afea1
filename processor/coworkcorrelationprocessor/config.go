package coworkcorrelationprocessor

import (
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
)

// Config is the configuration of the processor.
type Config struct {
	// IdleTimeout closes a prompt that received no event for this long.
	IdleTimeout time.Duration `mapstructure:"idle_timeout"`

	// MaxPrompts limits the open prompts. When it is exceeded, the one idle longest is
	// closed.
	MaxPrompts int `mapstructure:"max_prompts"`

	// Deduplicate drops duplicate events.
	Deduplicate bool `mapstructure:"deduplicate"`

	// Summary emits a summary for each prompt that was closed.
	Summary bool `mapstructure:"summary"`

	// Storage is a storage extension from which a restart restores open prompts.
	Storage *component.ID `mapstructure:"storage"`

	// CheckpointInterval is how often changes are stored.
	CheckpointInterval time.Duration `mapstructure:"checkpoint_interval"`
}

var _ confmap.Validator = (*Config)(nil)

// maxPrompts is the largest max_prompts: more do not fit into a large machine.
const maxPrompts = 100_000_000

// Validate checks the durations and the limit.
func (c *Config) Validate() error {
	var errs []error
	for _, d := range []struct {
		key          string
		value        time.Duration
		defaultValue string
	}{{"idle_timeout", c.IdleTimeout, "5m"}, {"checkpoint_interval", c.CheckpointInterval, "1s"}} {
		switch {
		case d.value <= 0:
			errs = append(errs, fmt.Errorf("%s: %v: must be positive (%s is the default)", d.key, d.value, d.defaultValue))
		case d.value < time.Millisecond: // a number without a unit
			errs = append(errs, fmt.Errorf("%s: %v: must have a unit of ms or more (%s is the default)", d.key, d.value, d.defaultValue))
		}
	}
	if c.MaxPrompts <= 0 || c.MaxPrompts > maxPrompts {
		errs = append(errs, fmt.Errorf("max_prompts: %d: must be from 1 to %d (100000 is the default)", c.MaxPrompts, maxPrompts))
	}
	return errors.Join(errs...)
}

// The shortest and the longest time between ticks.
const (
	minTick = 100 * time.Millisecond
	maxTick = time.Second
)

// tickInterval returns how often prompts are checked: ten times in their idle timeout, and
// each time a checkpoint can be due.
func (c *Config) tickInterval() time.Duration {
	interval := c.IdleTimeout / 10
	if c.Storage != nil {
		interval = min(interval, c.CheckpointInterval)
	}
	return min(max(interval, minTick), maxTick)
}
