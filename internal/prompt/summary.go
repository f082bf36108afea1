package prompt

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// SummaryName is the name of the event that is emitted when a prompt is closed.
const SummaryName = "cowork.prompt_summary"

const attrPart = "cowork.prompt.part"

// countAttributes are the counts of a summary, in the order of the documentation.
var countAttributes = [...]struct {
	count Count
	key   string
}{
	{Events, "cowork.prompt.event_count"},
	{APIRequests, "cowork.prompt.api_request_count"},
	{APIErrors, "cowork.prompt.api_error_count"},
	{APIRefusals, "cowork.prompt.api_refusal_count"},
	{InputTokens, "cowork.prompt.input_tokens"},
	{OutputTokens, "cowork.prompt.output_tokens"},
	{CacheReadTokens, "cowork.prompt.cache_read_tokens"},
	{CacheCreationTokens, "cowork.prompt.cache_creation_tokens"},
	{Tools, "cowork.prompt.tool_count"},
	{ToolFailures, "cowork.prompt.tool_failure_count"},
	{ToolRejects, "cowork.prompt.tool_reject_count"},
	{ClientTraced, "cowork.prompt.client_traced_count"},
}

// Summaries returns a batch with the summary of each part, under the resource of its
// prompt's first record and under the scope that set fills in. Prompts of one sender
// share a resource.
func Summaries(traces []Trace, set func(pcommon.InstrumentationScope)) plog.Logs {
	ld := plog.NewLogs()
	records := map[*sender]plog.LogRecordSlice{}
	for i := range traces {
		t := &traces[i]
		slice, ok := records[t.sender]
		if !ok {
			rl := ld.ResourceLogs().AppendEmpty()
			t.sender.resource().CopyTo(rl.Resource())
			sl := rl.ScopeLogs().AppendEmpty()
			set(sl.Scope())
			slice = sl.LogRecords()
			records[t.sender] = slice
		}
		t.writeTo(slice.AppendEmpty())
	}
	return ld
}

// writeTo writes the summary into a record. The record is the same each time, and its
// span id identifies the part, so that a copy is recognised.
func (t *Trace) writeTo(rec plog.LogRecord) {
	rec.SetTimestamp(t.End)
	rec.SetObservedTimestamp(t.End)
	rec.SetEventName(SummaryName)
	rec.Body().SetStr(SummaryName)
	rec.SetTraceID(t.ID)
	rec.SetSpanID(t.spanID())

	m := rec.Attributes()
	t.sender.user().CopyTo(m)
	m.EnsureCapacity(m.Len() + 29)
	m.PutStr("event.name", SummaryName)
	m.PutStr("prompt.id", t.PromptID)
	if t.SessionID != "" {
		m.PutStr("session.id", t.SessionID)
	}
	if t.Previous != "" {
		m.PutStr("cowork.prompt.previous_id", t.Previous)
	}
	m.PutStr("cowork.prompt.start", t.Start.AsTime().Format(time.RFC3339Nano))
	m.PutInt("cowork.prompt.duration_ms", int64(t.End-t.Start)/int64(time.Millisecond))
	for _, c := range countAttributes {
		m.PutInt(c.key, t.Sums[c.count])
	}
	m.PutDouble("cowork.prompt.cost_usd", t.CostUSD())
	putList(m, "cowork.prompt.models", t.Models)
	putList(m, "cowork.prompt.tools", t.Tools)
	putList(m, "cowork.prompt.connectors", t.Connectors)
	putList(m, "cowork.prompt.skills", t.Skills)
	putList(m, "cowork.prompt.subagents", t.Subagents)
	m.PutBool("cowork.prompt.complete", t.Complete)
	if t.Origin != "" {
		m.PutStr(cowork.OriginAttribute, string(t.Origin))
	}
	m.PutInt(attrPart, int64(t.Part))
	m.PutStr("cowork.prompt.close_reason", t.Reason.String())
}

func (t *Trace) spanID() pcommon.SpanID { return SpanID(t.ID, partName(int64(t.Part))) }

func putList(m pcommon.Map, key string, texts []string) {
	list := m.PutEmptySlice(key)
	list.EnsureCapacity(len(texts))
	for _, text := range texts {
		list.AppendEmpty().SetStr(text)
	}
}
