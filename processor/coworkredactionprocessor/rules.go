package coworkredactionprocessor

import (
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/pii"
)

// The replacements of complete values: the marker, and the name of the pattern that
// counts them.
var (
	replacePrompt    = &pii.Pattern{Name: "prompt", Marker: "[REDACTED_PROMPT]"}
	replaceResponse  = &pii.Pattern{Name: "response", Marker: "[REDACTED_RESPONSE]"}
	replaceBody      = &pii.Pattern{Name: "api_body", Marker: "[REDACTED_BODY]"}
	replaceSensitive = &pii.Pattern{Name: "sensitive_attribute", Marker: "[REDACTED]"}
	replaceIdentity  = &pii.Pattern{Name: "identity", Marker: "[REDACTED]"}
	replaceEmail     = &pii.Pattern{Name: "identity", Marker: "[REDACTED_EMAIL]"}
	replaceOverLimit = &pii.Pattern{Name: "over_limit", Marker: "[REDACTED]"}
	replaceFailure   = &pii.Pattern{Name: "failure", Marker: "[REDACTED]"}
)

// replaced returns a text as one finding.
func replaced(text string, with *pii.Pattern) pii.Finding {
	return pii.Finding{End: len(text), Pattern: with}
}

// contentKeys lists the keys whose values are replaced completely because of their
// content. The gen_ai names are those of the GenAI semantic conventions, which the
// span exports of other Anthropic clients use.
var contentKeys = []struct {
	enabled    func(*Config) bool
	with       *pii.Pattern
	keys       []string
	bodiesOnly bool // only in events with an API body
}{
	{
		enabled: func(c *Config) bool { return c.RedactPromptContent },
		with:    replacePrompt,
		keys:    []string{"prompt", "prompt_text", "user_prompt", "gen_ai.prompt", "gen_ai.input.messages"},
	},
	{
		enabled: func(c *Config) bool { return c.RedactResponseContent },
		with:    replaceResponse,
		keys:    []string{"response", "response.model_output", "gen_ai.completion", "gen_ai.output.messages"},
	},
	{
		enabled:    func(c *Config) bool { return c.RedactAPIBodies },
		with:       replaceBody,
		keys:       []string{"body"},
		bodiesOnly: true,
	},
}

// A redactFunc returns a text without sensitive values, and appends the findings.
type redactFunc func(found []pii.Finding, key, text string) (string, []pii.Finding)

// ruleSet is the compiled configuration. It is safe for concurrent use.
type ruleSet struct {
	rules          map[string]*keyRule
	scan           redactFunc // of every other text
	redactIdentity redactFunc
	maxBytes       int
	slowPatterns   []pii.Custom
}

func newRuleSet(cfg *Config) (*ruleSet, error) {
	scanner, err := cfg.NewScanner()
	if err != nil {
		return nil, err
	}
	return &ruleSet{
		rules:          newKeyRules(cfg),
		scan:           scanner.Redact,
		redactIdentity: newRedactIdentity(cfg.Identities, scanner),
		maxBytes:       int(cfg.MaxValueBytes),
		slowPatterns:   scanner.SlowPatterns(),
	}, nil
}

// A keyRule is how the value of a key is redacted. The zero action scans it.
type keyRule struct {
	action

	configured bool // the action is from the configuration
	inSchema   bool
	exempt     func(text string) bool // reports whether a text is not scanned; nil means every text is
	label      string                 // the key in metrics: unknownLabel for a key that only the sender defines
}

// An action is what happens to the value of a key.
type action struct {
	with       *pii.Pattern
	bodiesOnly bool // replaced only in events with an API body
	identity   bool
}

// unknownLabel is the label of keys that neither the schema nor the configuration defines.
const unknownLabel = "other"

var unknownRule = keyRule{label: unknownLabel}

// newKeyRules merges the schema and the configuration into one rule a key.
func newKeyRules(cfg *Config) map[string]*keyRule {
	rules := map[string]*keyRule{}
	ruleOf := func(key string) *keyRule {
		if rules[key] == nil {
			rules[key] = &keyRule{label: unknownLabel}
		}
		return rules[key]
	}
	configure := func(key string, a action) *keyRule {
		rule := ruleOf(key)
		rule.action, rule.configured = a, true
		return rule
	}
	for _, name := range fields {
		ruleOf(name).label = name
	}
	// Of two actions for one key the later one here applies: it removes more.
	for _, key := range cfg.Identities.Attributes {
		configure(string(key), action{identity: true}).label = string(key)
	}
	for _, key := range cfg.ExtraSensitiveAttributes {
		configure(string(key), action{with: replaceSensitive}).label = string(key)
	}
	for _, c := range contentKeys {
		if !c.enabled(cfg) {
			continue
		}
		for _, key := range c.keys {
			if rule := ruleOf(key); !rule.configured || rule.identity || !c.bodiesOnly {
				configure(key, action{with: c.with, bodiesOnly: c.bodiesOnly})
			}
		}
	}
	for attr := range cowork.Attributes() {
		rule := ruleOf(attr.Name)
		rule.inSchema, rule.label = true, attr.Name
		switch attr.Class {
		case cowork.Identifier:
			rule.exempt = cowork.IsIdentifier
		case cowork.Measure:
			rule.exempt = isShortNumber
		}
	}
	return rules
}

// isShortNumber reports whether a text is a number too short to be a payment card. Those
// of measures are not scanned, so that later components can add them up.
func isShortNumber(text string) bool {
	const cardDigits = 13
	if len(text) >= cardDigits || text[0] == '+' { // a telephone number begins with +
		return false
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}
