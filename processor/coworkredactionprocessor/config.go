package coworkredactionprocessor

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"go.opentelemetry.io/collector/config/configopaque"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/pii"
)

// Config configures what is removed, replaced and kept.
type Config struct {
	// Enabled switches the processor on. When false, telemetry passes unchanged.
	Enabled bool `mapstructure:"enabled"`

	// TrustMarks passes log records unchanged that cowork_redaction of another collector
	// has marked. It is for a second tier that no client can reach.
	TrustMarks bool `mapstructure:"trust_marks"`

	// RedactPromptContent replaces prompts completely. When false they are scanned.
	RedactPromptContent bool `mapstructure:"redact_prompt_content"`

	// RedactResponseContent replaces the model's responses completely. When false
	// they are scanned.
	RedactResponseContent bool `mapstructure:"redact_response_content"`

	// RedactAPIBodies replaces the bodies of api_request_body and
	// api_response_body completely, for any form of these names, and the parts of
	// requests that clients send elsewhere: system prompts, reminders, definitions of
	// tools. When false they are scanned.
	RedactAPIBodies bool `mapstructure:"redact_api_bodies"`

	// UnknownContent is what happens to long texts of attributes that are not known, in
	// the telemetry of Cowork's clients: replace or scan.
	UnknownContent UnknownContent `mapstructure:"unknown_content"`

	// MaxUnknownBytes is the length of the longest text of such an attribute that is
	// scanned instead of replaced.
	MaxUnknownBytes Bytes `mapstructure:"max_unknown_bytes"`

	// KnownAttributes are keys that are known in addition to those of the schema and of
	// the semantic conventions.
	KnownAttributes []Key `mapstructure:"known_attributes"`

	// ExtraSensitiveAttributes are keys whose values are replaced completely, at any
	// depth, also in JSON within a string.
	ExtraSensitiveAttributes []Key `mapstructure:"extra_sensitive_attributes"`

	// CustomPatterns are regular expressions (RE2 syntax) by name. [REDACTED_<NAME>]
	// replaces each match. They are tried before the built-in patterns, in the order
	// of their names.
	CustomPatterns map[CustomName]Pattern `mapstructure:"custom_patterns"`

	// DisabledPatterns are names of built-in patterns that are switched off.
	DisabledPatterns []PatternName `mapstructure:"disabled_patterns"`

	// AllowedValues are not findings. Only the exact value is exempt, never the
	// text around it.
	AllowedValues []string `mapstructure:"allowed_values"`

	// Identities are the attributes that identify a person or a machine.
	Identities Identities `mapstructure:"identities"`

	// MaxValueBytes is the length of the longest value that is scanned. A longer one is
	// replaced completely.
	MaxValueBytes Bytes `mapstructure:"max_value_bytes"`
}

// NewScanner returns the scanner that the configuration describes. It finds what
// the processor finds in a text, but applies no rule for identities, prompts,
// responses and API bodies, which depend on the attribute.
func (c *Config) NewScanner() (*pii.Scanner, error) {
	set := pii.Settings{Allowed: c.AllowedValues}
	for _, name := range slices.Sorted(maps.Keys(c.CustomPatterns)) {
		set.Custom = append(set.Custom, pii.Custom{Name: string(name), Regexp: string(c.CustomPatterns[name])})
	}
	for _, name := range c.DisabledPatterns {
		set.Disabled = append(set.Disabled, string(name))
	}
	for _, key := range c.ExtraSensitiveAttributes {
		set.Keys = append(set.Keys, string(key))
	}
	return pii.New(set)
}

// Identities configures the attributes that identify someone and what happens to them.
type Identities struct {
	// Attributes are keys, at any depth.
	Attributes []Key `mapstructure:"attributes"`

	// Action is redact, pseudonymize or keep.
	Action Action `mapstructure:"action"`

	// Actions are the actions of attributes that differ from Action. Their keys need not
	// be in Attributes.
	Actions map[Key]Action `mapstructure:"actions"`

	// Display is what a user is shown as: the first of these that is there becomes
	// cowork.user.name. Without it the name, and with the action keep also the address.
	Display []Display `mapstructure:"display"`

	// Key is the HMAC-SHA-256 key of pseudonyms.
	Key configopaque.String `mapstructure:"key"`
}

var _ confmap.Validator = (*Identities)(nil)

// minKeyBytes is the size of a SHA-256 sum: a shorter HMAC key is weaker than
// the function it keys (RFC 2104 §3).
const minKeyBytes = 32

// shownAs returns what a user is shown as.
func (i *Identities) shownAs() []Display {
	switch {
	case len(i.Display) > 0:
		return i.Display
	case i.Action == ActionKeep:
		return []Display{DisplayName, DisplayEmail}
	}
	return []Display{DisplayName}
}

// Validate checks that pseudonyms have a key that is long enough.
func (i *Identities) Validate() error {
	if !i.needsKey() || len(i.Key) >= minKeyBytes {
		return nil
	}
	return fmt.Errorf("key: has %d bytes (a pseudonym needs at least %d, for example from openssl rand -hex 32)", len(i.Key), minKeyBytes)
}

// needsKey reports whether pseudonyms are written.
func (i *Identities) needsKey() bool {
	return i.Action == ActionPseudonymize || slices.Contains(i.Display, DisplayPseudonym) ||
		slices.Contains(slices.Collect(maps.Values(i.Actions)), ActionPseudonymize)
}

// actions returns the action of each attribute that identifies someone.
func (i *Identities) actions() map[Key]Action {
	actions := map[Key]Action{}
	for _, key := range i.Attributes {
		actions[key] = i.Action
	}
	maps.Copy(actions, i.Actions)
	return actions
}

// An Action is what happens to an identity.
type Action string

// The actions. Redact replaces the value. Pseudonymize replaces it by a keyed
// hash, so that the events of one person can be counted together without their name.
// Keep keeps e-mail addresses, and removes all other findings.
const (
	ActionRedact       Action = "redact"
	ActionPseudonymize Action = "pseudonymize"
	ActionKeep         Action = "keep"
)

// Validate checks that the action exists.
func (a Action) Validate() error {
	switch a {
	case ActionRedact, ActionPseudonymize, ActionKeep:
		return nil
	}
	return fmt.Errorf("unknown action %q (have redact, pseudonymize, keep)", string(a))
}

// UnknownContent is what happens to long texts of attributes that are not known.
type UnknownContent string

// The values. Replace replaces the text: a new version of a client may send content under
// a new name. Scan scans it.
const (
	UnknownReplace UnknownContent = "replace"
	UnknownScan    UnknownContent = "scan"
)

// Validate checks that the value exists.
func (u UnknownContent) Validate() error {
	switch u {
	case UnknownReplace, UnknownScan:
		return nil
	}
	return fmt.Errorf("unknown value %q (have replace, scan)", string(u))
}

// A Key is the name of an attribute.
type Key string

// Validate checks that the key is not empty.
func (k Key) Validate() error {
	if k != "" {
		return nil
	}
	return errors.New("is empty (an attribute's name, for example enduser.id)")
}

// A CustomName is the name of a custom pattern.
type CustomName string

// Validate checks that the name is valid in a marker.
func (n CustomName) Validate() error {
	return pii.CheckCustom(pii.Custom{Name: string(n), Regexp: "x"})
}

// A Pattern is a regular expression in RE2 syntax.
type Pattern string

// Validate checks that the expression compiles and does not match everywhere.
func (p Pattern) Validate() error {
	return pii.CheckCustom(pii.Custom{Name: "custom", Regexp: string(p)})
}

// A PatternName is the name of a built-in pattern.
type PatternName string

// Validate checks that the pattern exists.
func (n PatternName) Validate() error {
	return pii.CheckName(string(n))
}

// Bytes is a size.
type Bytes int

// Validate checks that the size is positive.
func (b Bytes) Validate() error {
	if b > 0 {
		return nil
	}
	return fmt.Errorf("must be positive, is %d", int(b))
}
