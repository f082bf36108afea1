package coworkeventprocessor

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/cowork"
)

// Config says which log records are Cowork's, and what happens to them.
type Config struct {
	// ServiceNames are the values of service.name that make a record Cowork's. A
	// record of the scope com.anthropic.claude_code.events is Cowork's anyhow.
	ServiceNames []string `mapstructure:"service_names"`

	// Normalize brings names, numbers, booleans and times into one form.
	Normalize bool `mapstructure:"normalize"`

	// Require says how much an event must carry to be valid: minimal or standard.
	Require Level `mapstructure:"require"`

	// RequiredAttributes are demanded of every event besides those of Require.
	RequiredAttributes []string `mapstructure:"required_attributes"`

	// OnInvalid says what happens to an invalid event: mark or drop.
	OnInvalid Action `mapstructure:"on_invalid"`

	// ExpectContent is false where policy says that clients send no prompts,
	// responses and tool details. Events that do are then counted.
	ExpectContent bool `mapstructure:"expect_content"`
}

var _ confmap.Validator = (*Config)(nil)

// Validate checks what concerns more than one word of the configuration.
func (c *Config) Validate() error {
	var errs []error
	if i := slices.Index(c.ServiceNames, ""); i >= 0 {
		errs = append(errs, fmt.Errorf("service_names::%d: is empty (a service.name, for example cowork)", i))
	}
	if i := slices.Index(c.RequiredAttributes, ""); i >= 0 {
		errs = append(errs, fmt.Errorf("required_attributes::%d: is empty (an attribute's name, for example department)", i))
	}
	return errors.Join(errs...)
}

// A Level names a set of attributes that an event must carry.
type Level string

// The levels. Minimal is what an event needs to be placed in its session: every
// client sends it. Standard is all that seed 004 lists, which clients without an
// account (remote sessions, API keys, Bedrock) lack.
const (
	LevelMinimal  Level = "minimal"
	LevelStandard Level = "standard"
)

var levels = map[Level]cowork.Require{
	LevelMinimal:  cowork.Minimal,
	LevelStandard: cowork.Standard,
}

// Validate checks that the level exists.
func (l Level) Validate() error {
	if _, ok := levels[l]; ok {
		return nil
	}
	return unknown("level", string(l), string(LevelMinimal), string(LevelStandard))
}

// An Action is what happens to an invalid event.
type Action string

// The actions: a marked event carries the attribute cowork.validation.errors, a
// dropped one is counted by kind and reason.
const (
	ActionMark Action = "mark"
	ActionDrop Action = "drop"
)

// Validate checks that the action exists.
func (a Action) Validate() error {
	if a == ActionMark || a == ActionDrop {
		return nil
	}
	return unknown("action", string(a), string(ActionMark), string(ActionDrop))
}

func unknown(noun, word string, have ...string) error {
	return fmt.Errorf("unknown %s %q (have %s)", noun, word, strings.Join(have, ", "))
}
