package coworkredactionprocessor

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

const replacedContent = "[REDACTED_CONTENT]"

func TestUnknownContent(t *testing.T) {
	r := clientRedactor(t, func(c *Config) {
		c.KnownAttributes = []Key{"our_notes"}
		c.Identities.Attributes = append(c.Identities.Attributes, "our_owner")
		c.ExtraSensitiveAttributes = []Key{"salary"}
	})
	check := func(key string, in, want any) {
		t.Helper()
		m := pcommon.NewMap()
		require.NoError(t, m.FromRaw(map[string]any{key: in}))
		r.attributes("", m, 0)
		require.Equal(t, map[string]any{key: want}, m.AsRaw())
		r.attributes("", m, 0)
		require.Equal(t, map[string]any{key: want}, m.AsRaw(), "a second time changes nothing")
	}
	long := words
	check("notes", long, replacedContent)
	check("notes", long[:128], long[:128])
	check("notes", long[:129], replacedContent)
	check("notes", []byte(long), []byte(replacedContent))
	check("notes", []any{long, "short", int64(1)}, []any{replacedContent, "short", int64(1)})
	check("notes", map[string]any{"a": long, "model": long, "description": long}, map[string]any{"a": replacedContent, "model": long, "description": replacedContent})
	check("notes", map[string]any{"model": map[string]any{"a": long}}, map[string]any{"model": map[string]any{"a": replacedContent}})
	check("notes", map[string]any{long: "x"}, map[string]any{replacedContent: "x"})

	// Attributes that are known.
	check("tool_input", long, long)
	check("tool_input", map[string]any{"a": []any{long}}, map[string]any{"a": []any{long}})
	check("tool_input", `{"a":"`+long+`"}`, `{"a":"`+long+`"}`)
	check("error", long, long)
	check("our_notes", long, long)
	check("our_notes", `{"a":"`+long+`"}`, `{"a":"`+long+`"}`)
	check("our_owner", long, "[REDACTED]")
	check("url.full", "https://example.com/"+strings.Repeat("a/", 100), "https://example.com/"+strings.Repeat("a/", 100))
	check("exception.stacktrace", long, long)
	check("error.message", long, long)
	check("client.last_message", long, replacedContent)
	check("k8s.pod.annotation.text", long, long)

	// Namespaces with text of people.
	check("gen_ai.notes", long, replacedContent)
	check("log.record.original", long, replacedContent)
	check("user.notes", long, replacedContent)
	check("url", long, replacedContent)
	check("cowork.redaction.unknown_attributes", []any{"a", long}, []any{"a", replacedContent})

	// JSON in a string.
	check("notes", `{"a":"`+long+`","b":["`+long+`","x"],"n":1.50, "model":"m" }`, `{"a":"[REDACTED_CONTENT]","b":["[REDACTED_CONTENT]","x"],"n":1.50, "model":"m" }`)
	check("notes", `{"prompt":"short","response":["short"],"salary":"low","pad":"`+long+`"}`,
		`{"prompt":"[REDACTED_PROMPT]","response":["[REDACTED_RESPONSE]"],"salary":"[REDACTED]","pad":"[REDACTED_CONTENT]"}`)
	check("notes", `{"`+long+`":1}`, `{"[REDACTED_CONTENT]":1}`)
	check("notes", `{"a":"{\"b\":\"`+long+`\",\"c\":\"x\"}"}`, `{"a":"{\"b\":\"[REDACTED_CONTENT]\",\"c\":\"x\"}"}`)
	check("notes", `{"a":"to jane.doe@example.com","pad":"`+long+`"}`, `{"a":"to [REDACTED_EMAIL]","pad":"[REDACTED_CONTENT]"}`)
	check("notes", `"`+long+`"`, `"[REDACTED_CONTENT]"`)
	check("notes", `{"a":"`+long, replacedContent)
	check("notes", strings.Repeat("1234567 ", 20), replacedContent)
	deep := `"` + long + `"`
	for range maxJSONNesting + 2 {
		deep = `{"a":` + strconv.Quote(deep) + `}`
	}
	v := clean(t, r, "notes", deep).(string)
	require.True(t, isJSON(v))
	require.NotContains(t, v, "northern")
}

func TestUnknownContentScan(t *testing.T) {
	r := clientRedactor(t, func(c *Config) { c.UnknownContent = UnknownScan })
	require.Equal(t, words+" [REDACTED_EMAIL]", clean(t, r, "notes", words+" jane.doe@example.com"))
	r = clientRedactor(t, func(c *Config) { c.MaxUnknownBytes = 10 })
	require.Equal(t, replacedContent, clean(t, r, "notes", "12345678901"))
	require.Equal(t, "1234567890", clean(t, r, "notes", "1234567890"))
}

// TestUnknownOverLimit checks that max_value_bytes is applied first.
func TestUnknownOverLimit(t *testing.T) {
	r := clientRedactor(t, func(c *Config) { c.MaxValueBytes = 200 })
	require.Equal(t, "[REDACTED]", clean(t, r, "notes", strings.Repeat("a", 201)))
}

// TestUnknownFailure checks that a panic in the replacement of content does not let a text
// pass.
func TestUnknownFailure(t *testing.T) {
	r := redactorOf(t, defaults)
	require.Equal(t, "[REDACTED]", r.orReplace("text", func(string) string { panic("boom") }))
	require.EqualValues(t, 1, r.counters.failures)
}

func TestUnknownLabels(t *testing.T) {
	r := clientRedactor(t, defaults)
	put := func(names ...string) {
		m := pcommon.NewMap()
		for _, name := range names {
			m.PutStr(name, words)
		}
		r.attributes("", m, 0)
	}
	put("notes", "a.b-c_d/e", "to jane.doe@example.com", "jane.doe@example.com", "9lives", "order_4155550", "sk-ant-api03-"+strings.Repeat("aB3", 30))
	n := map[string]int64{}
	for f, count := range r.counters.findings {
		if f.pattern == "unknown_content" {
			n[f.attribute] = count
		}
	}
	require.Equal(t, map[string]int64{"notes": 1, "other": 6}, n)
	require.Equal(t, []string{"notes", "other"}, r.unknown.takeUnlogged())
	require.Equal(t, []string{"notes", "other"}, r.unknown.takeUnreported())
	put("notes")
	require.Empty(t, r.unknown.takeUnlogged(), "a name is logged once")
	require.Equal(t, []string{"notes"}, r.unknown.takeUnreported())
	require.Empty(t, r.unknown.takeUnreported())

	for i := range maxUnknownNames + 10 {
		put("many_" + strconv.Itoa(i))
	}
	require.LessOrEqual(t, len(r.unknown.labels), maxUnknownNames+1)
	put("many_0")
	require.Contains(t, r.unknown.takeUnreported(), "many_0")
}

// TestUnknownReport checks that the names of unknown attributes of all signals reach the
// next record of a client, a metric, and the log.
func TestUnknownReport(t *testing.T) {
	set, tel := settings(t)
	core, logged := observer.New(zap.InfoLevel)
	set.Logger = zap.New(core)
	set.ID = component.NewID(NewFactory().Type())
	factory := NewFactory()
	traces, err := factory.CreateTraces(t.Context(), set, createDefaultConfig(), consumertest.NewNop())
	require.NoError(t, err)
	sink := new(consumertest.LogsSink)
	logs, err := factory.CreateLogs(t.Context(), set, createDefaultConfig(), sink)
	require.NoError(t, err)

	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	rs.Resource().Attributes().PutStr("service.name", "cowork")
	rs.ScopeSpans().AppendEmpty().Spans().AppendEmpty().Attributes().PutStr("span_notes", words)
	require.NoError(t, traces.ConsumeTraces(t.Context(), td))

	send := func(service string, attributes map[string]any) map[string]any {
		ld := plog.NewLogs()
		rl := ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr("service.name", service)
		records := rl.ScopeLogs().AppendEmpty().LogRecords()
		require.NoError(t, records.AppendEmpty().Attributes().FromRaw(attributes))
		records.AppendEmpty()
		require.NoError(t, logs.ConsumeLogs(t.Context(), ld))
		require.Zero(t, records.At(1).Attributes().Len(), "one report in a batch")
		return records.At(0).Attributes().AsRaw()
	}
	require.Equal(t, map[string]any{}, send("checkout", map[string]any{}), "another service gets no report")
	require.Equal(t, map[string]any{
		"log_notes": replacedContent, unknownAttribute: []any{"gateway_notes", "log_notes", "span_notes"},
	}, send("cowork", map[string]any{"log_notes": words, unknownAttribute: []any{"gateway_notes", "span_notes"}}), "another collector reported too")
	require.Equal(t, map[string]any{}, send("cowork", map[string]any{}), "names are reported when they occur")

	var names []string
	for _, entry := range logged.FilterMessageSnippet("unknown attribute").All() {
		names = append(names, entry.ContextMap()["attribute"].(string))
		require.NotContains(t, entry.Message, "northern")
	}
	require.Equal(t, []string{"span_notes", "log_notes"}, names)
	got, err := tel.GetMetric("otelcol_processor_cowork_redaction_findings")
	require.NoError(t, err)
	labels := map[string]int64{}
	for _, point := range got.Data.(metricdata.Sum[int64]).DataPoints {
		label, _ := point.Attributes.Value("attribute")
		labels[label.AsString()] += point.Value
	}
	require.Equal(t, map[string]int64{"span_notes": 1, "log_notes": 1}, labels)
}

func TestIsName(t *testing.T) {
	for text, want := range map[string]bool{
		"claude_code.tool_result": true, "mcp__server__tool": true, "claude-opus-5-5[1m]": true, "agent:builtin": true,
		"": false, "two words": false, "a/b": false, "ä": false, "a@b": false, strings.Repeat("a", 129): false,
	} {
		require.Equal(t, want, isName(text), text)
	}
}
