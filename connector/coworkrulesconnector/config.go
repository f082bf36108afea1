package coworkrulesconnector

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language"
	"github.com/cowork-otel/collector/internal/alert"
)

// Config is the configuration of the connector.
type Config struct {
	// BuiltinRules are the names of the built-in rules that are enabled, or all.
	BuiltinRules []string `mapstructure:"builtin_rules"`

	// CostThresholdUSD is the cost above which a request fires cost_threshold. If it is not
	// set, the rule is disabled.
	CostThresholdUSD *float64 `mapstructure:"cost_threshold_usd"`

	// Overrides set keys of built-in rules, by name.
	Overrides map[string]map[string]any `mapstructure:"overrides"`

	// Rules are additional rules.
	Rules []alert.Spec `mapstructure:"rules"`

	// ShownAttributes are attributes outside the schema that rules may group by and that
	// messages may contain.
	ShownAttributes []string `mapstructure:"shown_attributes"`

	// RepeatInterval is the interval at which an alert that fires is sent again.
	RepeatInterval time.Duration `mapstructure:"repeat_interval"`

	// Lateness is the maximum age of an event, by its own time, that is evaluated.
	Lateness time.Duration `mapstructure:"lateness"`

	// EvaluationInterval is the interval at which rules are evaluated without events.
	EvaluationInterval time.Duration `mapstructure:"evaluation_interval"`

	// MaxGroups bounds the groups of a rule.
	MaxGroups int `mapstructure:"max_groups"`

	// MaxActive bounds the alerts of a rule that fire at the same time.
	MaxActive int `mapstructure:"max_active"`

	// Storage is a storage extension that keeps windows and alerts over a restart.
	Storage *component.ID `mapstructure:"storage"`

	// CheckpointInterval is the interval at which the state is stored.
	CheckpointInterval time.Duration `mapstructure:"checkpoint_interval"`
}

var (
	_ confmap.Validator   = (*Config)(nil)
	_ confmap.Unmarshaler = (*Config)(nil)
)

// Bounds of settings.
const (
	maxGroups   = 10_000_000
	maxActive   = 100_000
	maxInterval = 366 * 24 * time.Hour
)

// A durationRange is the range of a duration.
type durationRange struct {
	key          string
	value        time.Duration
	min, max     time.Duration
	defaultValue string
}

// Unmarshal checks the form of all rules and decodes the configuration.
func (c *Config) Unmarshal(conf *confmap.Conf) error {
	if err := checkForm(conf); err != nil {
		return err
	}
	type plain Config // without this method, which a new Conf would call again
	return decodeDays(conf).Unmarshal((*plain)(c))
}

// Validate checks that all rules compile and that durations and bounds are in range.
func (c *Config) Validate() error {
	var errs []error
	for _, r := range []durationRange{
		{"repeat_interval", c.RepeatInterval, time.Minute, maxInterval, "4h"},
		{"lateness", c.Lateness, 0, 24 * time.Hour, "5m"},
		{"evaluation_interval", c.EvaluationInterval, 100 * time.Millisecond, time.Minute, "5s"},
		{"checkpoint_interval", c.CheckpointInterval, 100 * time.Millisecond, time.Hour, "10s"},
	} {
		if r.value < r.min || r.value > r.max {
			errs = append(errs, fmt.Errorf("%s: %v: must be from %v to %v (%s is the default)", r.key, r.value, r.min, r.max, r.defaultValue))
		}
	}
	if c.Lateness > 0 && c.Lateness < time.Millisecond { // a number without a unit
		errs = append(errs, fmt.Errorf("lateness: %v: must have a unit of ms or more (5m is the default)", c.Lateness))
	}
	if c.MaxGroups < 1 || c.MaxGroups > maxGroups {
		errs = append(errs, fmt.Errorf("max_groups: %d: must be from 1 to %d (10000 is the default)", c.MaxGroups, maxGroups))
	}
	if c.MaxActive < 1 || c.MaxActive > maxActive {
		errs = append(errs, fmt.Errorf("max_active: %d: must be from 1 to %d (1000 is the default)", c.MaxActive, maxActive))
	}
	return errors.Join(append(errs, c.checkRules())...)
}

// checkRules compiles the rules that the configuration writes or changes. The built-in ones
// are compiled by tests: compiling all takes 0.7 s, and each start would do so twice.
func (c *Config) checkRules() error {
	specs, invalid := specsOf(c)
	lang, err := language.New()
	if err != nil {
		return errors.Join(invalid, err)
	}
	specs = slices.DeleteFunc(specs, func(s alert.Spec) bool { return s.Place == 0 && c.Overrides[s.Name] == nil })
	_, err = c.compile(specs, lang)
	return errors.Join(invalid, err)
}
