package coworkeventprocessor

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/cowork"
)

// Config configures which log records are Cowork's, and what happens to them.
type Config struct {
	// ServiceNames are the values of service.name of Cowork's records. A record of the
	// scope com.anthropic.claude_code.events is Cowork's with any service.name.
	ServiceNames []string `mapstructure:"service_names"`

	// Normalize converts names, numbers, booleans and times to one form.
	Normalize bool `mapstructure:"normalize"`

	// Require is the set of attributes that a valid event has: minimal or standard.
	Require Level `mapstructure:"require"`

	// RequiredAttributes are required of every event, in addition to those of Require.
	RequiredAttributes []string `mapstructure:"required_attributes"`

	// OnInvalid is what happens to an invalid event: mark or drop.
	OnInvalid Action `mapstructure:"on_invalid"`

	// ExpectContent is false where clients are configured to send no prompts, responses
	// and tool details. Events with content are then counted.
	ExpectContent bool `mapstructure:"expect_content"`

	// Prices are what models cost, by a pattern of their names. They give a cost to
	// requests whose client sends none.
	Prices map[string]Price `mapstructure:"prices"`

	// TrustMarks keeps the attributes and kinds of the collector's own, cowork.*, which
	// are renamed otherwise. It is for a collector that only other collectors send to.
	TrustMarks bool `mapstructure:"trust_marks"`

	// Organizations are the values of organization.id that are expected. Every
	// organization is expected if there are none.
	Organizations []string `mapstructure:"organizations"`

	// OnOtherOrganization is what happens to an event of an organization that is not
	// listed: mark or drop.
	OnOtherOrganization Action `mapstructure:"on_other_organization"`

	// Tenants is what happens to the telemetry of senders with a token of cowork_tenants.
	Tenants Tenants `mapstructure:"tenants"`
}

// A Price is what a model costs, in US dollars per million tokens. Absent prices of the
// cache are derived from Input, as in the list prices of the API.
type Price struct {
	Input           *float64 `mapstructure:"input"`
	Output          *float64 `mapstructure:"output"`
	CacheRead       *float64 `mapstructure:"cache_read"`
	CacheCreation   *float64 `mapstructure:"cache_creation"`
	CacheCreation1h *float64 `mapstructure:"cache_creation_1h"`
}

var _ confmap.Validator = (*Config)(nil)

// Validate checks the lists of names and the prices. The types of the other keys validate themselves.
func (c *Config) Validate() error {
	var errs []error
	if i := slices.Index(c.ServiceNames, ""); i >= 0 {
		errs = append(errs, fmt.Errorf("service_names::%d: is empty (a service.name, for example cowork)", i))
	}
	if i := slices.Index(c.RequiredAttributes, ""); i >= 0 {
		errs = append(errs, fmt.Errorf("required_attributes::%d: is empty (an attribute's name, for example department)", i))
	}
	for _, pattern := range slices.Sorted(maps.Keys(c.Prices)) {
		errs = append(errs, c.Prices[pattern].check(pattern))
	}
	if i := slices.Index(c.Organizations, ""); i >= 0 {
		errs = append(errs, fmt.Errorf("organizations::%d: is empty (an organization.id, or remove the entry)", i))
	}
	return errors.Join(errs...)
}

// A Level is a set of attributes that a valid event has.
type Level string

// The levels. Minimal has the attributes that assign an event to its session: every
// client sends them. Standard has all that seed 004 lists. Clients without an account
// (remote sessions, API keys, Bedrock) do not send all of these.
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
	return unknownError("level", string(l), string(LevelMinimal), string(LevelStandard))
}

// An Action is what happens to an invalid event.
type Action string

// The actions: a marked event has the attribute cowork.validation.errors, a
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
	return unknownError("action", string(a), string(ActionMark), string(ActionDrop))
}

func unknownError(noun, value string, have ...string) error {
	return fmt.Errorf("unknown %s %q (have %s)", noun, value, strings.Join(have, ", "))
}
