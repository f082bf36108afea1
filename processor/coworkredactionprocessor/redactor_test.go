package coworkredactionprocessor

import (
	"math"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/pii"
)

// redactorOf returns a redactor with the default configuration, changed.
func redactorOf(t *testing.T, change func(*Config)) *redactor {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	change(cfg)
	rules, err := newRuleSet(cfg)
	require.NoError(t, err)
	return newRedactor(rules, newUnknownAttributes())
}

func defaults(*Config) {}

// clean returns the redacted value of a key.
func clean(t *testing.T, r *redactor, key string, raw any) any {
	t.Helper()
	v := pcommon.NewValueEmpty()
	require.NoError(t, v.FromRaw(raw))
	r.value(r.rule(key), key, v, 0)
	return v.AsRaw()
}

func TestValues(t *testing.T) {
	r := redactorOf(t, defaults)
	check := func(key string, in, want any) {
		t.Helper()
		require.Equal(t, want, clean(t, r, key, in))
	}
	const mail, marker = "mail jane.doe@example.com", "mail [REDACTED_EMAIL]"
	check("note", mail, marker)
	check("note", map[string]any{"a": []any{mail, map[string]any{"b": mail}}}, map[string]any{"a": []any{marker, map[string]any{"b": marker}}})
	check("note", []byte(mail), []byte(marker))
	check("note", int64(4111111111111111), "[REDACTED_CREDIT_CARD]")
	check("note", float64(4111111111111111), "[REDACTED_CREDIT_CARD]")
	for _, harmless := range []any{
		nil, true, int64(0), int64(math.MinInt64), int64(1795229032356000000), 0.015184, math.Inf(1), math.NaN(), []byte{0xff, 0}, "", "a\x00b",
	} {
		if f, ok := harmless.(float64); ok && math.IsNaN(f) {
			require.True(t, math.IsNaN(clean(t, r, "note", harmless).(float64)))
			continue
		}
		check("note", harmless, harmless)
	}
}

func TestReplacedWhole(t *testing.T) {
	check := func(change func(*Config), key string, in, want any) {
		t.Helper()
		require.Equal(t, want, clean(t, redactorOf(t, change), key, in))
	}
	for _, key := range []string{"prompt", "prompt_text", "user_prompt", "gen_ai.input.messages"} {
		check(defaults, key, "anything", "[REDACTED_PROMPT]")
		check(defaults, key, []any{"a", 1}, "[REDACTED_PROMPT]")
		check(defaults, key, "", "")
		check(defaults, key, nil, nil)
		check(func(c *Config) { c.RedactPromptContent = false }, key, "to a@b.example", "to [REDACTED_EMAIL]")
	}
	for _, key := range []string{"response", "response.model_output", "gen_ai.output.messages"} {
		check(defaults, key, "anything", "[REDACTED_RESPONSE]")
		check(func(c *Config) { c.RedactResponseContent = false }, key, "to a@b.example", "to [REDACTED_EMAIL]")
	}
	sensitive := func(c *Config) { c.ExtraSensitiveAttributes = []Key{"salary", "user.email", "session.id"} }
	check(sensitive, "salary", int64(95000), "[REDACTED]")
	check(sensitive, "user.email", "a@b.example", "[REDACTED]")
	check(sensitive, "session.id", "f4e2b124-f977-4412-8b09-da2871d3f914", "[REDACTED]")
	check(sensitive, "tool_input", `{"salary":95000}`, `{"salary":"[REDACTED]"}`)
	check(sensitive, "nested", map[string]any{"salary": true}, map[string]any{"salary": "[REDACTED]"})
}

func TestAPIBodies(t *testing.T) {
	r := redactorOf(t, defaults)
	r.bodies = true
	require.Equal(t, "[REDACTED_BODY]", clean(t, r, "body", "a request"))
	r.bodies = false
	require.Equal(t, "a request", clean(t, r, "body", "a request"))
}

func TestIdentities(t *testing.T) {
	const key = "0123456789abcdef0123456789abcdef"
	with := func(action Action, attributes ...Key) *redactor {
		return redactorOf(t, func(c *Config) {
			c.Identities = Identities{Attributes: attributes, Action: action, Key: key, Display: []Display{DisplayName}}
		})
	}
	check := func(r *redactor, key string, in, want any) {
		t.Helper()
		require.Equal(t, want, clean(t, r, key, in))
		require.Equal(t, want, clean(t, r, key, want), "a second time changes nothing")
	}
	redact := with(ActionRedact, "user.email", "process.owner", "user.account_uuid")
	check(redact, "user.email", "Jane Doe", "[REDACTED_EMAIL]")
	check(redact, "process.owner", "jane", "[REDACTED]")
	check(redact, "process.owner", "jane@corp", "[REDACTED_EMAIL]")
	check(redact, "process.owner", []any{"jane", int64(7)}, []any{"[REDACTED]", "[REDACTED]"})
	check(redact, "process.owner", map[string]any{"name": "jane"}, "[REDACTED]")
	check(redact, "user.account_uuid", "f4e2b124-f977-4412-8b09-da2871d3f914", "[REDACTED]")
	check(redact, "enduser.id", "jane", "jane")

	pseudonymize := with(ActionPseudonymize, "user.email", "enduser.id")
	name := clean(t, pseudonymize, "user.email", "jane@example.com")
	require.Regexp(t, `^u_[0-9a-f]{32}$`, name)
	check(pseudonymize, "enduser.id", " Jane@Example.com ", name)
	check(pseudonymize, "user.email", "[REDACTED_EMAIL]", "[REDACTED_EMAIL]")
	other := clean(t, pseudonymize, "user.email", "bob@example.com")
	require.NotEqual(t, name, other)

	keep := with(ActionKeep, "user.email")
	check(keep, "user.email", "jane@example.com", "jane@example.com")
	check(keep, "user.email", "jane@example.com 536-22-8726", "jane@example.com [REDACTED_SSN]")
	check(keep, "note", "jane@example.com", "[REDACTED_EMAIL]")
}

// TestIdentityActions checks that an attribute has its own action, with and without a
// place in the list of attributes.
func TestIdentityActions(t *testing.T) {
	r := redactorOf(t, func(c *Config) {
		c.Identities.Attributes = []Key{"user.email", "enduser.id"}
		c.Identities.Actions = map[Key]Action{
			"enduser.id": ActionKeep, "process.owner": ActionPseudonymize, "host.name": ActionPseudonymize, "user.groups": ActionRedact,
		}
		c.Identities.Key = "0123456789abcdef0123456789abcdef"
	})
	require.Equal(t, "[REDACTED_EMAIL]", clean(t, r, "user.email", "jane@example.com"))
	require.Equal(t, "jane@example.com", clean(t, r, "enduser.id", "jane@example.com"))
	require.Equal(t, []any{"[REDACTED]", "[REDACTED]"}, clean(t, r, "user.groups", []any{"a", "b"}))
	owner := clean(t, r, "process.owner", `CORP\Jane`)
	require.Regexp(t, `^u_[0-9a-f]{32}$`, owner)
	require.Equal(t, owner, clean(t, r, "process.owner", ` corp\jane`))
	require.Equal(t, owner, clean(t, r, "host.name", `corp\jane`), "the attribute is no part of the sum")
	require.Equal(t, "jane", clean(t, r, "login", "jane"))
}

func TestIdentifiersAndMeasuresSurviveInTheirShape(t *testing.T) {
	r := redactorOf(t, defaults)
	check := func(key string, in, want any) {
		t.Helper()
		require.Equal(t, want, clean(t, r, key, in))
	}
	check("session.id", "f4e2b124-f977-4412-8b09-da2871d3f914", "f4e2b124-f977-4412-8b09-da2871d3f914")
	check("tool_use_id", "toolu_01A09q90qw90lq917835lq9", "toolu_01A09q90qw90lq917835lq9")
	check("session.id", "session of a@b.example", "session of [REDACTED_EMAIL]")
	check("request_id", "req_4111111111111111", "req_4111111111111111") // no issuer's number is glued to a word
	check("duration_ms", "165", "165")
	check("duration_ms", int64(1795229032356), int64(1795229032356))
	check("duration_ms", "536-22-8726", "[REDACTED_SSN]")
	check("input_tokens", int64(4111111111111111), "[REDACTED_CREDIT_CARD]")
}

func TestKeys(t *testing.T) {
	r := redactorOf(t, defaults)
	m := pcommon.NewMap()
	for _, key := range []string{"plain", "a@b.example", "c@d.example", "of e@f.example", "session.id"} {
		m.PutStr(key, key)
	}
	r.attributes("", m, 0)
	require.Equal(t, map[string]any{
		"plain": "plain", "session.id": "session.id",
		"[REDACTED_EMAIL]": "[REDACTED_EMAIL]", "[REDACTED_EMAIL]_2": "[REDACTED_EMAIL]", "of [REDACTED_EMAIL]": "of [REDACTED_EMAIL]",
	}, m.AsRaw())
	r.attributes("", m, 0)
	require.Equal(t, 5, m.Len(), "a second time changes nothing")
}

func TestLimitBytes(t *testing.T) {
	r := redactorOf(t, func(c *Config) { c.MaxValueBytes = 8 })
	require.Equal(t, "12345678", clean(t, r, "note", "12345678"))
	require.Equal(t, "[REDACTED]", clean(t, r, "note", "123456789"))
	require.Equal(t, []byte("[REDACTED]"), clean(t, r, "note", []byte("123456789")))
	require.EqualValues(t, 2, r.counters.limits[limitBytes])
	require.Equal(t, map[string]any{"[REDACTED]": "x"}, clean(t, r, "note", map[string]any{"a key that is long": "x"}))
	require.EqualValues(t, 1, r.counters.findings[findingCounter{"over_limit", keyLabel, ""}])
}

func TestLimitDepth(t *testing.T) {
	r := redactorOf(t, defaults)
	v := pcommon.NewValueEmpty()
	deep := v
	for range maxDepth {
		deep = deep.SetEmptySlice().AppendEmpty()
	}
	deep.SetStr("to a@b.example")
	bottom := deep
	r.value(r.rule("note"), "note", v, 0)
	require.Equal(t, "to [REDACTED_EMAIL]", bottom.Str())
	require.Zero(t, r.counters.limits[limitDepth])

	bottom.SetEmptySlice().AppendEmpty().SetStr("to a@b.example")
	r.value(r.rule("note"), "note", v, 0)
	require.Equal(t, []any{"[REDACTED]"}, bottom.Slice().AsRaw())
	require.EqualValues(t, 1, r.counters.limits[limitDepth])
}

func TestLimitKeys(t *testing.T) {
	r := redactorOf(t, defaults)
	m := pcommon.NewMap()
	for i := range maxRenames + 3 {
		m.PutInt("x"+strconv.Itoa(i)+"@b.example", 1)
	}
	r.attributes("", m, 0)
	require.Equal(t, maxRenames, m.Len())
	require.EqualValues(t, 3, r.counters.limits[limitKeys])
	for key := range m.All() {
		require.NotContains(t, key, "example")
	}
}

// TestFailureRedacts uses a scanner that panics.
func TestFailureRedacts(t *testing.T) {
	r := redactorOf(t, defaults)
	r.scan = func(found []pii.Finding, _, text string) (string, []pii.Finding) {
		if strings.Contains(text, "boom") {
			panic(text)
		}
		return text, found
	}
	require.Equal(t, "[REDACTED]", clean(t, r, "note", "boom"))
	require.Equal(t, "fine", clean(t, r, "note", "fine"))
	require.Equal(t, map[string]any{"[REDACTED]": int64(1)}, clean(t, r, "note", map[string]any{"boom": int64(1)}))
	require.EqualValues(t, 3, r.counters.failures) // the key twice: seen, then renamed
}

// TestAllocClean checks that a record without findings allocates nothing.
func TestAllocClean(t *testing.T) {
	if underRace() {
		t.Skip("the race detector drops pooled memory at random; make test runs this without it")
	}
	r := redactorOf(t, defaults)
	m := pcommon.NewMap()
	require.NoError(t, m.FromRaw(map[string]any{
		"session.id": "f4e2b124-f977-4412-8b09-da2871d3f914", "event.name": "tool_result", "duration_ms": 165, "success": true,
		"tool_parameters": `{"bash_command":"ls","full_command":"ls -l \"a b\" | wc -l","description":"Count files"}`,
		"model":           "claude-opus-5-5", "cost_usd": 0.015184, "department": "finance", "nested": map[string]any{"a": []any{"b", "c"}},
	}))
	require.Zero(t, testing.AllocsPerRun(100, func() { r.attributes("", m, 0) }))
}

// underRace reports whether the test was built with the race detector.
func underRace() bool {
	info, _ := debug.ReadBuildInfo()
	return slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}
