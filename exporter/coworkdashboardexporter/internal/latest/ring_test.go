package latest

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

func toolResult(attrs map[string]any) plog.Logs {
	all := map[string]any{"session.id": "3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b01", "prompt.id": "3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b02", "user.account_uuid": "jane"}
	maps.Copy(all, attrs)
	return eventtest.Logs(eventtest.Event{Kind: "tool_result", At: noon, Attrs: all})
}

// TestRecord checks that a record is kept as it came, with each type of value.
func TestRecord(t *testing.T) {
	r := New(10, true, noon)
	ld := toolResult(map[string]any{
		"tool_name": "Bash", "duration_ms": int64(12), "ratio": 0.5, "success": true, "list": []any{"a", int64(1)}, "none": nil,
		"text": "a \"quote\"\nand \u202e", "bytes": []byte("x"),
	})
	rl := ld.ResourceLogs().At(0)
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	rec := rl.ScopeLogs().At(0).LogRecords().At(0)
	rec.Body().SetStr("claude_code.tool_result")
	rec.SetTraceID([16]byte{1})
	rec.SetSpanID([8]byte{2})
	rec.SetSeverityNumber(plog.SeverityNumberInfo)
	rec.SetSeverityText("INFO")
	r.Add(noon.Add(time.Second), ld)
	page := r.Read(report.EventFilter{Limit: 10})
	require.Len(t, page.Events, 1)
	e := page.Events[0]
	require.Equal(t, []string{"tool_result", "jane", "3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b01", "3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b02"}, []string{e.Kind, e.User, e.Session, e.Prompt})
	require.True(t, noon.Equal(e.Time))
	require.True(t, noon.Add(time.Second).Equal(e.Arrived))
	require.False(t, page.Unredacted || e.Cut || e.Hidden > 0)
	require.JSONEq(t, `{
		"time": "2026-11-29T12:00:00Z", "severity": "INFO", "severity_number": 9, "body": "claude_code.tool_result",
		"trace_id": "01000000000000000000000000000000", "span_id": "0200000000000000",
		"attributes": {"session.id": "3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b01", "prompt.id": "3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b02", "user.account_uuid": "jane",
			"tool_name": "Bash", "duration_ms": 12, "ratio": 0.5, "success": true, "list": ["a", 1], "none": null, "text": "a \"quote\"\nand \u202e", "bytes": "eA==",
			"event.name": "tool_result"},
		"scope": {"name": "com.anthropic.claude_code.events", "version": "2.1.329"},
		"resource": {"service.name": "cowork"}}`, string(e.Record))
}

// TestBounds reaches each bound: entries, bytes of all, of a record, of a text and a key.
func TestBounds(t *testing.T) {
	require.Nil(t, New(0, true, noon))
	(*Ring)(nil).Add(noon, toolResult(nil))
	require.Zero(t, (*Ring)(nil).TakeStats())

	r := New(3, true, noon)
	for range 50 {
		r.Add(noon, toolResult(nil))
	}
	page := r.Read(report.EventFilter{Limit: 2})
	require.Equal(t, []int{2, 3, 3, 3}, []int{len(page.Events), page.Matching, page.Kept, page.Most})
	require.Equal(t, noon.UnixMicro()+50, page.Last)
	require.Equal(t, page.Last, r.Last())
	require.LessOrEqual(t, len(r.entries), 2*3+1, "evicted entries are removed")
	many := plog.NewLogs()
	for range 5 {
		toolResult(nil).ResourceLogs().At(0).CopyTo(many.ResourceLogs().AppendEmpty())
	}
	r.Add(noon, many)
	page = r.Read(report.EventFilter{Limit: 9})
	require.Len(t, page.Events, 3)
	require.Equal(t, noon.UnixMicro()+55, page.Last, "records that were skipped have a number")
	require.Zero(t, r.TakeStats())

	long := strings.Repeat("é", maxValue)
	r.Add(noon, toolResult(map[string]any{"text": "x" + long, strings.Repeat("k", maxKey+1): "v"}))
	e := r.Read(report.EventFilter{Limit: 1}).Events[0]
	require.True(t, e.Cut)
	require.Equal(t, Stats{Cut: 1}, r.TakeStats())
	var record struct{ Attributes map[string]string }
	require.NoError(t, json.Unmarshal(e.Record, &record))
	require.Equal(t, "x"+long[:maxValue-2], record.Attributes["text"], "no part of a character")
	require.Equal(t, "v", record.Attributes[strings.Repeat("k", maxKey)])

	wide := map[string]any{}
	for i := range 100 {
		wide[fmt.Sprint("key", i)] = strings.Repeat("x", 1000)
	}
	wide["map"] = map[string]any{"a": strings.Repeat("x", 2*maxValue)}
	r.Add(noon, toolResult(wide))
	require.True(t, r.Read(report.EventFilter{Limit: 1}).Events[0].Cut)
	require.LessOrEqual(t, len(r.entries[len(r.entries)-1].record), maxRecord+100)
	require.True(t, json.Valid(r.Read(report.EventFilter{Limit: 1}).Events[0].Record))

	r = New(1000, true, noon)
	r.bytes = 50 << 10
	for range 10 {
		r.Add(noon, toolResult(wide))
	}
	require.LessOrEqual(t, r.size, r.bytes)
	require.Equal(t, Stats{Cut: 10, Evicted: 7}, r.TakeStats())
	require.Equal(t, 3, r.Read(report.EventFilter{}).Kept)
}

// TestFilter selects events by each part of a filter.
func TestFilter(t *testing.T) {
	r := New(100, true, noon)
	for i := range 4 {
		r.Add(noon, toolResult(map[string]any{"tool_name": "Bash", "n": int64(i)}))
	}
	r.Add(noon, eventtest.Logs(eventtest.Event{Kind: "alert", At: noon, Attrs: map[string]any{"user.account_uuid": "otto", "cowork.alert.message": "Failed Logins"}}))
	for name, c := range map[string]struct {
		f    report.EventFilter
		want int
	}{
		"all":            {report.EventFilter{}, 5},
		"kind":           {report.EventFilter{Kind: "alert"}, 1},
		"user":           {report.EventFilter{User: "jane"}, 4},
		"session":        {report.EventFilter{Session: "3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b01"}, 4},
		"prompt":         {report.EventFilter{Prompt: "3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b02", User: "otto"}, 0},
		"after":          {report.EventFilter{After: noon.UnixMicro() + 3}, 2},
		"until":          {report.EventFilter{Until: noon.UnixMicro() + 3}, 3},
		"equal":          {report.EventFilter{Attribute: report.AttributeMatch{Key: "n", Value: "2"}}, 1},
		"part is not":    {report.EventFilter{Attribute: report.AttributeMatch{Key: "tool_name", Value: "Bas"}}, 0},
		"contains":       {report.EventFilter{Attribute: report.AttributeMatch{Key: "cowork.alert.message", Value: "logins", Contains: true}}, 1},
		"has":            {report.EventFilter{Attribute: report.AttributeMatch{Key: "n", Contains: true}}, 4},
		"no such":        {report.EventFilter{Attribute: report.AttributeMatch{Key: "m", Contains: true}}, 0},
		"scope is no an": {report.EventFilter{Attribute: report.AttributeMatch{Key: "version", Contains: true}}, 0},
	} {
		c.f.Limit = 100
		page := r.Read(c.f)
		require.Len(t, page.Events, c.want, name)
		require.Equal(t, c.want, page.Matching, name)
		require.Equal(t, []string{"alert", "tool_result"}, page.Kinds, name)
		for i := range page.Events[:max(0, len(page.Events)-1)] {
			require.Greater(t, page.Events[i].Sequence, page.Events[i+1].Sequence, "the newest first")
		}
	}
	require.Equal(t, 2, r.Read(report.EventFilter{Until: noon.UnixMicro() + 3}).Newer)
}
