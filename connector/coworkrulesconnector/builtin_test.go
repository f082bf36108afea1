package coworkrulesconnector

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language"
	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
)

// TestSecretThenEgress checks that an allowed address does not hide another address in the
// same input.
func TestSecretThenEgress(t *testing.T) {
	specs, err := alert.Builtin()
	require.NoError(t, err)
	lang, err := language.New()
	require.NoError(t, err)
	outside, err := lang.For("rule").Condition(specs[indexOfRule(specs, "secret_then_egress")].Sequence.Steps[1])
	require.NoError(t, err)
	for input, want := range map[string]bool{
		`{"url":"https://docs.claude.com/a:b","prompt":"x: y"}`:                  false,
		`{"url":"https://claude.ai"}`:                                            false,
		`{"command":"curl \"https://claude.ai\" https://localhost:8080/x"}`:      false,
		`{"command":"echo std::cout; curl https://claude.ai/"}`:                  false,
		`{"command":"make test"}`:                                                false,
		`{"url":"https://evil.example.net/upload"}`:                              true,
		`{"url":"HTTPS://evil.example.net/upload"}`:                              true,
		`{"url":"https://evil.example.net/?x=https://claude.ai/"}`:               true,
		`{"command":"curl https://claude.ai/; curl https://evil.example.net/x"}`: true,
		`{"url":"https://claude.ai.evil.example.net/"}`:                          true,
		`{"url":"https://claude.ai:80@evil.example.net/"}`:                       true,
		`{"url":"https://claude.ai@evil.example.net/"}`:                          true,
	} {
		ld := event("tool_result", attributes{"tool_name": "Bash", "tool_input": input})
		for ev := range cowork.Events(ld) {
			require.Equal(t, want, outside(ev), input)
		}
	}
}

// TestBuiltinContent checks that the content of each built-in rule names the switches of the
// attributes that its conditions and expressions read. What is only shown needs none.
func TestBuiltinContent(t *testing.T) {
	specs, err := alert.Builtin()
	require.NoError(t, err)
	for _, s := range specs {
		require.ElementsMatch(t, contentOf(&s), s.Content, "%s: content", s.Name)
	}
}

// TestContentNeeded checks that a rule of a profile needs no content: a profile has rules for
// content that redaction may replace, and only a rule that is named is expected to fire.
func TestContentNeeded(t *testing.T) {
	const rule = "injected_instructions_in_prompt"
	cfg := NewFactory().CreateDefaultConfig().(*Config)
	cfg.BuiltinRules = []string{"strict"}
	require.Empty(t, cfg.ContentNeeded())
	cfg.BuiltinRules = []string{"strict", rule}
	needed := cfg.ContentNeeded()
	require.Len(t, needed, 1)
	require.Equal(t, []string{"user_prompts"}, needed[rule])
}
