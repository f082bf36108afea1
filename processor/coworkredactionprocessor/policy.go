package coworkredactionprocessor

import (
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

// A scanner finds and replaces; *pii.Scanner is one.
type scanner interface {
	Redact(found []pii.Finding, key, text string) (string, []pii.Finding)
}

// A policy is the configuration, made ready for use. It is safe for concurrent
// use.
type policy struct {
	subjects map[string]*subject
	scanner  scanner
	identify identify
	maxBytes int
	ungated  []pii.Custom // what every text is searched with as a whole
}

func newPolicy(cfg *Config) (*policy, error) {
	scanner, err := cfg.NewScanner()
	if err != nil {
		return nil, err
	}
	return &policy{
		subjects: newSubjects(cfg),
		scanner:  scanner,
		identify: newIdentify(cfg.Identities, scanner),
		maxBytes: int(cfg.MaxValueBytes),
		ungated:  scanner.Ungated(),
	}, nil
}
