package coworkredactionprocessor

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
)

// These tests are about text that is replaced because it is content, not because of a
// finding in it.

// words is text without a finding, longer than max_unknown_bytes.
const words = "Please summarise the numbers of the northern branch for the board, and mention that the " +
	"closing of the plant is planned for the spring of the next year."

// clientRedactor returns a redactor for the telemetry of a client.
func clientRedactor(t *testing.T, change func(*Config)) *redactor {
	t.Helper()
	r := redactorOf(t, change)
	r.client = true
	return r
}

// TestContentOfTheSchema checks that every attribute which the schema classifies as
// content of a prompt, a response or an API body follows its switch, with any type of
// value.
func TestContentOfTheSchema(t *testing.T) {
	off := func(c *Config) {
		c.RedactPromptContent, c.RedactResponseContent, c.RedactAPIBodies = false, false, false
	}
	markers := map[cowork.Gate]string{
		cowork.UserPrompts: "[REDACTED_PROMPT]", cowork.AssistantResponses: "[REDACTED_RESPONSE]", cowork.RawAPIBodies: "[REDACTED_BODY]",
	}
	checked := map[string]bool{}
	for attr := range cowork.Attributes() {
		marker := markers[attr.Gate]
		if attr.Class != cowork.Content || marker == "" {
			continue
		}
		checked[attr.Name] = true
		for _, value := range []any{"short", words, []byte(words), map[string]any{"a": "b"}, []any{"a", map[string]any{"b": "c"}}, int64(7)} {
			require.Equal(t, marker, clean(t, clientRedactor(t, defaults), attr.Name, value), attr.Name)
			require.Equal(t, value, clean(t, clientRedactor(t, off), attr.Name, value), attr.Name)
		}
	}
	for _, name := range []string{
		"prompt", "prompt_text", "user_prompt", "new_context", "user_system_prompt", "response", "response.model_output", "body",
		"system_prompt", "system_prompt_preview", "system_reminders", "tool", "gen_ai.prompt", "gen_ai.completion",
		"gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions",
	} {
		require.True(t, checked[name], name)
	}
}

// TestReadmeContent checks that the README lists every attribute with its switch.
func TestReadmeContent(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	rows := map[*contentSwitch]string{}
	for line := range strings.Lines(string(readme)) {
		for name, s := range map[string]*contentSwitch{"| prompt |": &promptSwitch, "| response |": &responseSwitch, "| API body |": &bodySwitch} {
			if strings.HasPrefix(line, name) {
				rows[s] = line
				require.Contains(t, line, s.with.Marker)
			}
		}
	}
	for attr := range cowork.Attributes() {
		if s := switchOf(attr); s != nil {
			require.Contains(t, rows[s], "`"+attr.Name+"`")
		}
	}
}

func TestGenAIContent(t *testing.T) {
	r := redactorOf(t, defaults)
	for key, want := range map[string]string{
		"gen_ai.prompt.0.content": "[REDACTED_PROMPT]", "gen_ai.completion.0.content": "[REDACTED_RESPONSE]",
		"gen_ai.tool.call.arguments": "[REDACTED_RESPONSE]", "gen_ai.tool.call.result": "[REDACTED_PROMPT]",
		"gen_ai.system_instructions": "[REDACTED_BODY]", "gen_ai.promptness": "short", "gen_ai.operation.name": "short",
	} {
		require.Equal(t, want, clean(t, r, key, "short"), key)
	}
	m := pcommon.NewMap()
	m.PutStr("gen_ai.prompt.jane.doe@example.com", "x")
	r.attributes("", m, 0)
	require.Equal(t, map[string]any{"[REDACTED_EMAIL]": "[REDACTED_PROMPT]"}, m.AsRaw(), "such a key is the sender's")
}

// TestBodiesOfOtherServices checks that common names of the schema, such as tool, are
// replaced in clients' telemetry only.
func TestBodiesOfOtherServices(t *testing.T) {
	require.Equal(t, "hammer", clean(t, redactorOf(t, defaults), "tool", "hammer"))
	require.Equal(t, "[REDACTED_BODY]", clean(t, clientRedactor(t, defaults), "tool", "hammer"))
	require.Equal(t, map[string]any{"tool": "hammer"}, clean(t, clientRedactor(t, defaults), "tool_input", map[string]any{"tool": "hammer"}))
}

// content are the attributes that the tests of signals write to every map: content of the
// schema, an unknown attribute, and a repeated prompt.
func putContent(m pcommon.Map) {
	for _, key := range []string{
		"prompt", "new_context", "system_reminders", "system_prompt_preview", "system_prompt", "tool", "response.model_output",
		"gen_ai.input.messages", "notes_of_the_day",
	} {
		m.PutStr(key, words)
	}
	m.PutStr("error", "cannot do: "+words[:60])
	m.PutStr("tool_input", `{"text":"x","quote":"`+words[10:90]+`"}`)
	m.PutEmptyBytes("raw_text").FromRaw([]byte(words))
	list := m.PutEmptySlice("history")
	list.AppendEmpty().SetEmptyMap().PutStr("said", words)
	m.PutStr("conversation", `{"messages":[{"role":"user","content":"`+words+`"},{"role":"assistant","prompt":"short prompt"}]}`)
	m.PutStr(words, "a key")
}

// requireNoContent checks that an output in JSON has no part of words.
func requireNoContent(t *testing.T, out []byte, err error) {
	t.Helper()
	require.NoError(t, err)
	for i := 0; i+24 <= len(words); i++ {
		require.NotContains(t, string(out), words[i:i+24])
	}
	require.NotContains(t, string(out), "c3VtbWFyaXNl", "bytes, which JSON has in base64")
	require.NotContains(t, string(out), "short prompt")
	for _, marker := range []string{"[REDACTED_CONTENT]", "[REDACTED_PROMPT]", "[REDACTED_RESPONSE]", "[REDACTED_BODY]"} {
		require.Contains(t, string(out), marker)
	}
}

func TestContentInLogs(t *testing.T) {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	putContent(rl.Resource().Attributes())
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	putContent(sl.Scope().Attributes())
	rec := sl.LogRecords().AppendEmpty()
	rec.Body().SetStr(words)
	rec.SetEventName(words)
	rec.SetSeverityText(words)
	putContent(rec.Attributes())
	putContent(sl.LogRecords().AppendEmpty().Body().SetEmptyMap().PutEmptyMap("attributes"))

	set, _ := settings(t)
	sink := new(consumertest.LogsSink)
	p, err := NewFactory().CreateLogs(t.Context(), set, createDefaultConfig(), sink)
	require.NoError(t, err)
	require.NoError(t, p.ConsumeLogs(t.Context(), ld))
	out, err := (&plog.JSONMarshaler{}).MarshalLogs(sink.AllLogs()[0])
	requireNoContent(t, out, err)
	input, _ := rec.Attributes().Get("tool_input")
	require.JSONEq(t, `{"text":"x","quote":"[REDACTED_PROMPT]"}`, input.Str())
	talk, _ := rec.Attributes().Get("conversation")
	require.JSONEq(t, `{"messages":[{"role":"user","content":"[REDACTED_CONTENT]"},{"role":"assistant","prompt":"[REDACTED_PROMPT]"}]}`, talk.Str())
}

func TestContentInTraces(t *testing.T) {
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	rs.Resource().Attributes().PutStr("service.name", "cowork")
	putContent(rs.Resource().Attributes())
	span := rs.ScopeSpans().AppendEmpty().Spans().AppendEmpty()
	span.SetName(words)
	span.Status().SetMessage(words)
	putContent(span.Attributes())
	event := span.Events().AppendEmpty()
	event.SetName(words)
	putContent(event.Attributes())
	putContent(span.Links().AppendEmpty().Attributes())

	set, _ := settings(t)
	sink := new(consumertest.TracesSink)
	p, err := NewFactory().CreateTraces(t.Context(), set, createDefaultConfig(), sink)
	require.NoError(t, err)
	require.NoError(t, p.ConsumeTraces(t.Context(), td))
	out, err := (&ptrace.JSONMarshaler{}).MarshalTraces(sink.AllTraces()[0])
	requireNoContent(t, out, err)
	require.Equal(t, "[REDACTED_PROMPT]", span.Status().Message(), "a message repeats the prompt, like an error")
}

func TestContentInMetrics(t *testing.T) {
	md := pmetric.NewMetrics()
	sm := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty()
	metric := sm.Metrics().AppendEmpty()
	metric.SetDescription(words)
	putContent(metric.Metadata())
	point := metric.SetEmptySum().DataPoints().AppendEmpty()
	point.Attributes().PutStr("service.name", "claude-code") // clients repeat it there
	putContent(point.Attributes())
	putContent(point.Exemplars().AppendEmpty().FilteredAttributes())
	summary := sm.Metrics().AppendEmpty().SetEmptySummary().DataPoints().AppendEmpty()
	summary.Attributes().PutStr("service.name", "claude-code")
	putContent(summary.Attributes())

	set, _ := settings(t)
	sink := new(consumertest.MetricsSink)
	p, err := NewFactory().CreateMetrics(t.Context(), set, createDefaultConfig(), sink)
	require.NoError(t, err)
	require.NoError(t, p.ConsumeMetrics(t.Context(), md))
	sm.Metrics().At(0).Metadata().Clear() // has no service.name, so it is not a client's
	out, err := (&pmetric.JSONMarshaler{}).MarshalMetrics(sink.AllMetrics()[0])
	requireNoContent(t, out, err)
}

func TestOtherServices(t *testing.T) {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "checkout")
	sl := rl.ScopeLogs().AppendEmpty()
	rec := sl.LogRecords().AppendEmpty()
	rec.Body().SetStr(words)
	rec.Attributes().PutStr("service.name", "cowork") // the resource decides
	rec.Attributes().PutStr("notes", words+" to jane.doe@example.com")
	rec.Attributes().PutStr("prompt", words)
	r := redactorOf(t, defaults)
	r.redactBatch(func(r *redactor) { redactLogs(r, ld) })
	require.Equal(t, map[string]any{
		"service.name": "cowork", "notes": words + " to [REDACTED_EMAIL]", "prompt": "[REDACTED_PROMPT]",
	}, rec.Attributes().AsRaw(), "scanned, as the text of any service")
	require.Equal(t, words, rec.Body().Str())
}

func TestSenders(t *testing.T) {
	for service, want := range map[string]bool{
		"cowork": true, "claude-code": true, "claude-code-desktop": true, "claude-desktop": true, "claude-cowork": true,
		"claude-for-office": true, "claude-platform": false, "checkout": false, "": false, "coworking": false,
	} {
		require.Equal(t, want, isClientService(service), service)
	}
	for scope, want := range map[string]bool{
		"com.anthropic.claude_code": true, "com.anthropic.claude_code.events": true, "com.anthropic.claude_code.tracing": true,
		"claude-desktop.events": true, "com.anthropic.claude-platform": false, "com.anthropic.sdk.go": false, "io.netty": false, "": false,
	} {
		require.Equal(t, want, isClientScope(scope), scope)
	}
}

// TestPromptKeys checks that the fast lookup finds the keys of prompts and no others.
func TestPromptKeys(t *testing.T) {
	rules := redactorOf(t, defaults).rules
	keys := newPromptKeys(rules)
	for key, rule := range rules {
		require.Equal(t, rule.prompt, keys.rule(key) != nil, key)
		require.True(t, !rule.prompt || rule.with == replacePrompt, key)
	}
	require.NotNil(t, keys.rule("prompt"))
	require.NotNil(t, keys.rule("gen_ai.prompt.0.content"))
	require.Nil(t, keys.rule("gen_ai.tool.call.result"))
	require.Nil(t, keys.rule("gen_ai.completion.0.content"))
	require.Nil(t, keys.rule(""))
	require.Nil(t, keys.rule(strings.Repeat("p", 100)))
	require.Empty(t, newPromptKeys(redactorOf(t, func(c *Config) { c.RedactPromptContent = false }).rules).rules)
}

func isJSON(text string) bool { return json.Valid([]byte(text)) }
