package coworkcorrelationprocessor

import (
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
)

// Config says when a prompt ends and what is kept of it.
type Config struct {
	// IdleTimeout is how long a prompt may be silent before it is closed.
	IdleTimeout time.Duration `mapstructure:"idle_timeout"`

	// MaxPrompts bounds the prompts in progress. Over it, the one idle longest is
	// closed early.
	MaxPrompts int `mapstructure:"max_prompts"`

	// Deduplicate drops events that came before.
	Deduplicate bool `mapstructure:"deduplicate"`

	// Summary appends an event for each prompt that was closed.
	Summary bool `mapstructure:"summary"`

	// Storage is a storage extension, through which open prompts survive a restart.
	Storage *component.ID `mapstructure:"storage"`

	// CheckpointInterval is how often what changed is stored.
	CheckpointInterval time.Duration `mapstructure:"checkpoint_interval"`
}

var _ confmap.Validator = (*Config)(nil)

// maxPrompts is as many prompts as a large machine can hold.
const maxPrompts = 100_000_000

// Validate checks that the times and the bound can be kept.
func (c *Config) Validate() error {
	var errs []error
	if c.IdleTimeout <= 0 {
		errs = append(errs, fmt.Errorf("idle_timeout: %v: must be positive (5m is the default)", c.IdleTimeout))
	}
	if c.MaxPrompts <= 0 || c.MaxPrompts > maxPrompts {
		errs = append(errs, fmt.Errorf("max_prompts: %d: must be from 1 to %d (100000 is the default)", c.MaxPrompts, maxPrompts))
	}
	if c.CheckpointInterval <= 0 {
		errs = append(errs, fmt.Errorf("checkpoint_interval: %v: must be positive (1s is the default)", c.CheckpointInterval))
	}
	return errors.Join(errs...)
}
