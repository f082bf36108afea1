package coworkredactionprocessor

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/pii"
)

// The replacements of complete values: the marker, and the name of the pattern that
// counts them.
var (
	replacePrompt    = &pii.Pattern{Name: "prompt", Marker: "[REDACTED_PROMPT]"}
	replaceResponse  = &pii.Pattern{Name: "response", Marker: "[REDACTED_RESPONSE]"}
	replaceBody      = &pii.Pattern{Name: "api_body", Marker: "[REDACTED_BODY]"}
	replaceContent   = &pii.Pattern{Name: "unknown_content", Marker: "[REDACTED_CONTENT]"}
	replaceRepeat    = &pii.Pattern{Name: "prompt_repeat", Marker: "[REDACTED_PROMPT]"}
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

// A redactFunc returns a text without sensitive values, and appends the findings.
type redactFunc func(found []pii.Finding, key, text string) (string, []pii.Finding)

// ruleSet is the compiled configuration. It is safe for concurrent use.
type ruleSet struct {
	rules        map[string]*keyRule
	scan         redactFunc   // of every other text
	display      *displayRule // nil if names stay as they are
	maxBytes     int
	maxUnknown   int // bytes of a text of an unknown attribute
	promptKeys   *promptKeys
	slowPatterns []pii.Custom
}

func newRuleSet(cfg *Config) (*ruleSet, error) {
	scanner, err := cfg.NewScanner()
	if err != nil {
		return nil, err
	}
	rules := newKeyRules(cfg)
	setIdentityActions(rules, cfg.Identities, scanner)
	maxUnknown := int(cfg.MaxUnknownBytes)
	if cfg.UnknownContent == UnknownScan {
		maxUnknown = math.MaxInt
	}
	return &ruleSet{
		rules:        rules,
		scan:         newCleanTexts().skipClean(scanner.Redact),
		display:      newDisplayRule(cfg.Identities, scanner),
		maxBytes:     int(cfg.MaxValueBytes),
		maxUnknown:   maxUnknown,
		promptKeys:   newPromptKeys(rules),
		slowPatterns: scanner.SlowPatterns(),
	}, nil
}

// A keyRule is how the value of a key is redacted. The zero action scans it.
type keyRule struct {
	action

	configured bool // the action is from the configuration
	inSchema   bool
	known      bool                   // long texts are scanned
	content    bool                   // the schema classifies the value as content
	json       bool                   // the schema defines the value as JSON
	names      bool                   // the value is a name, which repeats no prompt
	prompt     bool                   // the value is a prompt that is replaced
	people     bool                   // cowork_roster writes the value, which is not scanned then
	exempt     func(text string) bool // reports whether a text is not scanned; nil means every text is
	identify   redactFunc             // redacts the value of an identity
	label      string                 // the key in metrics: unknownLabel for a key that only the sender defines
}

// An action is what happens to the value of a key.
type action struct {
	with       *pii.Pattern
	bodiesOnly bool // replaced only in events with an API body and in clients' telemetry
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
		rule := ruleOf(name)
		rule.label, rule.known, rule.names = name, !slices.Contains(nameFields, name), true
	}
	for _, key := range cfg.KnownAttributes {
		rule := ruleOf(string(key))
		rule.label, rule.known = string(key), true
	}
	// Of two actions for one key the later one here applies: it removes more.
	for key := range cfg.Identities.actions() {
		rule := configure(string(key), action{identity: true})
		rule.label, rule.known = string(key), true
	}
	for _, key := range cfg.ExtraSensitiveAttributes {
		configure(string(key), action{with: replaceSensitive}).label = string(key)
	}
	for attr := range cowork.Attributes() {
		s := switchOf(attr)
		if s == nil || !s.enabled(cfg) {
			continue
		}
		bodiesOnly := s == &bodySwitch && !strings.HasPrefix(attr.Name, genAI)
		if rule := ruleOf(attr.Name); !rule.configured || rule.identity || !bodiesOnly {
			rule = configure(attr.Name, action{with: s.with, bodiesOnly: bodiesOnly})
			rule.prompt = attr.Gate == cowork.UserPrompts // and no result of a tool
		}
	}
	for attr := range cowork.Attributes() {
		rule := ruleOf(attr.Name)
		rule.inSchema, rule.known, rule.label, rule.json = true, true, attr.Name, attr.Type == cowork.JSON
		rule.people = isPeople(attr.Name)
		switch attr.Class {
		case cowork.Content:
			rule.content = true
		case cowork.Label:
			rule.names = true
		case cowork.Identifier:
			rule.exempt = cowork.IsIdentifier
		case cowork.Measure:
			rule.exempt = isShortNumber
		}
	}
	ruleOf(unknownAttribute).known = false // its elements are names: a client may send anything
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
