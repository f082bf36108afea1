package coworkrulesconnector

import (
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language"
	"github.com/cowork-otel/collector/internal/alert"
)

// Config says which rules there are, and what is kept of them.
type Config struct {
	// BuiltinRules are the names of the built-in rules that are on, or the word all.
	BuiltinRules []string `mapstructure:"builtin_rules"`

	// CostThresholdUSD is what a single request may cost. Without it the built-in rule
	// cost_threshold is off.
	CostThresholdUSD *float64 `mapstructure:"cost_threshold_usd"`

	// Overrides change keys of built-in rules, by name.
	Overrides map[string]map[string]any `mapstructure:"overrides"`

	// Rules are one's own.
	Rules []alert.Spec `mapstructure:"rules"`

	// ShownAttributes are attributes that the schema does not know, by which rules may
	// group, and which their alerts may tell.
	ShownAttributes []string `mapstructure:"shown_attributes"`

	// RepeatInterval is when an alert that fires is told again.
	RepeatInterval time.Duration `mapstructure:"repeat_interval"`

	// Lateness is how old an event may be, by its own time, and still count.
	Lateness time.Duration `mapstructure:"lateness"`

	// EvaluationInterval is how often rules are told the time.
	EvaluationInterval time.Duration `mapstructure:"evaluation_interval"`

	// MaxGroups bounds the groups of a rule.
	MaxGroups int `mapstructure:"max_groups"`

	// MaxActive bounds the alerts of a rule that fire at a time.
	MaxActive int `mapstructure:"max_active"`

	// Storage is a storage extension, through which windows and alerts survive a restart.
	Storage *component.ID `mapstructure:"storage"`

	// CheckpointInterval is how often the state is stored.
	CheckpointInterval time.Duration `mapstructure:"checkpoint_interval"`
}

var _ confmap.Validator = (*Config)(nil)

// Bounds of what can be set.
const (
	maxGroups   = 10_000_000
	maxActive   = 100_000
	maxInterval = 366 * 24 * time.Hour
)

// A span is the range in which a duration makes sense.
type span struct {
	key        string
	value      time.Duration
	least, top time.Duration
	standard   string
}

// Validate checks that rules compile and that times and bounds can be kept.
func (c *Config) Validate() error {
	var errs []error
	for _, s := range []span{
		{"repeat_interval", c.RepeatInterval, time.Minute, maxInterval, "4h"},
		{"lateness", c.Lateness, 0, 24 * time.Hour, "5m"},
		{"evaluation_interval", c.EvaluationInterval, 100 * time.Millisecond, time.Minute, "5s"},
		{"checkpoint_interval", c.CheckpointInterval, 100 * time.Millisecond, time.Hour, "10s"},
	} {
		if s.value < s.least || s.value > s.top {
			errs = append(errs, fmt.Errorf("%s: %v: must be from %v to %v (%s is the default)", s.key, s.value, s.least, s.top, s.standard))
		}
	}
	if c.MaxGroups < 1 || c.MaxGroups > maxGroups {
		errs = append(errs, fmt.Errorf("max_groups: %d: must be from 1 to %d (10000 is the default)", c.MaxGroups, maxGroups))
	}
	if c.MaxActive < 1 || c.MaxActive > maxActive {
		errs = append(errs, fmt.Errorf("max_active: %d: must be from 1 to %d (1000 is the default)", c.MaxActive, maxActive))
	}
	lang, err := language.New()
	if err == nil {
		_, err = c.compile(lang)
	}
	return errors.Join(append(errs, err)...)
}
