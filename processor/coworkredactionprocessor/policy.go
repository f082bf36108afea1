package coworkredactionprocessor

import (
	"maps"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/pii"
)

// The markers of what is replaced whole, and the names they are counted under.
var (
	wholePrompt    = whole{"prompt", "[REDACTED_PROMPT]"}
	wholeResponse  = whole{"response", "[REDACTED_RESPONSE]"}
	wholeBody      = whole{"api_body", "[REDACTED_BODY]"}
	wholeSensitive = whole{"sensitive_attribute", "[REDACTED]"}
	wholeIdentity  = whole{"identity", "[REDACTED]"}
	wholeEmail     = whole{"identity", "[REDACTED_EMAIL]"}
	wholeOverLimit = whole{"over_limit", "[REDACTED]"}
	wholeFailure   = whole{"failure", "[REDACTED]"}
)

// A whole replaces a value whatever is in it.
type whole struct{ name, marker string }

// content lists the keys whose values are replaced whole, by what they hold.
// The gen_ai names are those of the GenAI semantic conventions, which the span
// exports of other Anthropic clients use.
var content = []struct {
	on     func(*Config) bool
	with   whole
	keys   []string
	bodies bool // only in events that have an API body
}{
	{
		on:   func(c *Config) bool { return c.RedactPromptContent },
		with: wholePrompt,
		keys: []string{"prompt", "prompt_text", "user_prompt", "gen_ai.prompt", "gen_ai.input.messages"},
	},
	{
		on:   func(c *Config) bool { return c.RedactResponseContent },
		with: wholeResponse,
		keys: []string{"response", "response.model_output", "gen_ai.completion", "gen_ai.output.messages"},
	},
	{
		on:     func(c *Config) bool { return c.RedactAPIBodies },
		with:   wholeBody,
		keys:   []string{"body"},
		bodies: true,
	},
}

// A rule says what happens to the value of a key. A key without a rule is
// scanned.
type rule struct {
	whole    whole
	bodies   bool // only in events that have an API body
	identity bool
}

// A scanner finds and replaces; *pii.Scanner is one.
type scanner interface {
	Redact(found []pii.Finding, key, text string) (string, []pii.Finding)
}

// A policy is the configuration, made ready for use. It is safe for concurrent
// use.
type policy struct {
	rules    map[string]rule
	labels   map[string]bool // configured keys, which may be told in a metric
	scanner  scanner
	identify identify
	maxBytes int
}

func newPolicy(cfg *Config) (*policy, error) {
	scanner, err := newScanner(cfg)
	if err != nil {
		return nil, err
	}
	p := &policy{
		rules:    map[string]rule{},
		labels:   map[string]bool{},
		scanner:  scanner,
		identify: newIdentify(cfg.Identities, scanner),
		maxBytes: int(cfg.MaxValueBytes),
	}
	for _, name := range fields {
		p.labels[name] = true
	}
	// Where two rules claim a key, the later one here wins: it removes more.
	for _, key := range cfg.Identities.Attributes {
		p.rules[string(key)], p.labels[string(key)] = rule{identity: true}, true
	}
	for _, key := range cfg.ExtraSensitiveAttributes {
		p.rules[string(key)], p.labels[string(key)] = rule{whole: wholeSensitive}, true
	}
	for _, c := range content {
		if !c.on(cfg) {
			continue
		}
		for _, key := range c.keys {
			if r, ok := p.rules[key]; !ok || r.identity || !c.bodies {
				p.rules[key] = rule{whole: c.with, bodies: c.bodies}
			}
		}
	}
	return p, nil
}

func newScanner(cfg *Config) (*pii.Scanner, error) {
	set := pii.Settings{Allowed: cfg.AllowedValues}
	for _, name := range slices.Sorted(maps.Keys(cfg.CustomPatterns)) {
		set.Custom = append(set.Custom, pii.Custom{Name: string(name), Regexp: string(cfg.CustomPatterns[name])})
	}
	for _, name := range cfg.DisabledPatterns {
		set.Disabled = append(set.Disabled, string(name))
	}
	for _, key := range cfg.ExtraSensitiveAttributes {
		set.Keys = append(set.Keys, string(key))
	}
	return pii.New(set)
}

// label is how a key is told in a metric: only names that the schema knows or
// the administrator wrote, since any other is the sender's text.
func (p *policy) label(key string) string {
	if attr := cowork.AttributeOf(key); attr != nil {
		return attr.Name
	}
	if p.labels[key] {
		return key
	}
	return unknownLabel
}

// unknownLabel stands for every key that only the sender knows.
const unknownLabel = "other"
