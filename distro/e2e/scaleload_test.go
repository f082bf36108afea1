package e2e

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// sums holds the sums of a prompt's events by attribute of the summary. Money is in
// millionths.
type sums map[string]int64

// A load holds the events of many prompts and their expected results.
type load struct {
	rng     *rand.Rand
	records []plog.LogRecord
	sums    map[string]sums              // by prompt.id
	trace   map[eventKey]pcommon.TraceID // of all events: the client's trace id or none
	traced  map[string]bool              // by prompt.id: the client sends spans

	session  string
	sequence int64
	clock    time.Time
}

// An eventKey identifies an event of a load.
type eventKey struct {
	session  string
	sequence int64
}

// personal lists values that must not reach the second tier.
var personal = []string{"jane.doe", "bob@"}

// newLoad returns the events of n prompts, always the same for a seed. Some events have
// no prompt, some prompt ids are no UUID, and some clients send spans: the first event of
// their prompts has no trace id, and the others have one.
func newLoad(seed uint64, n int) *load {
	l := &load{
		rng: rand.New(rand.NewPCG(seed, 0)), sums: map[string]sums{}, trace: map[eventKey]pcommon.TraceID{}, traced: map[string]bool{},
		clock: time.Now().Truncate(time.Millisecond),
	}
	for i := range n {
		if i%4 == 0 {
			l.session, l.sequence = l.uuid(), 0
			l.add("", "plugin_loaded", map[string]any{"plugin.name": "docs"})
		}
		id := l.uuid()
		if i%20 == 1 {
			id = fmt.Sprintf("prompt-%d-%d", seed, i)
		}
		first := len(l.records)
		l.prompt(id)
		if i%10 == 2 {
			l.traceFrom(first + 1)
			l.traced[id] = true
		}
	}
	return l
}

// prompt adds the events of a prompt.
func (l *load) prompt(id string) {
	l.sums[id] = sums{}
	l.add(id, "user_prompt", map[string]any{"prompt": "write to jane.doe@example.com", "prompt_length": "29"})
	for range 1 + l.rng.IntN(4) {
		micros, input, output := l.rng.Int64N(1_000_000), l.rng.Int64N(5000), l.rng.Int64N(2000)
		request := "req_" + strconv.FormatUint(l.rng.Uint64(), 36)
		l.add(id, "api_request", map[string]any{
			"request_id": request, "model": "claude-opus-5-5", "duration_ms": l.rng.Int64N(9000),
			"cost_usd": float64(micros) / 1e6, "cost_usd_micros": micros, "input_tokens": input, "output_tokens": output,
		})
		l.count(id, sums{"api_request_count": 1, "cost_usd": micros, "input_tokens": input, "output_tokens": output})
		if l.rng.IntN(3) > 0 {
			l.tool(id, request)
		}
	}
	if l.rng.IntN(5) == 0 {
		l.add(id, "api_error", map[string]any{"model": "claude-opus-5-5", "status_code": "529", "error": "no answer for bob@corp.example", "attempt": int64(1)})
		l.count(id, sums{"api_error_count": 1})
	}
}

func (l *load) tool(id, request string) {
	use := "toolu_" + strconv.FormatUint(l.rng.Uint64(), 36)
	l.add(id, "tool_decision", map[string]any{"tool_name": "Read", "tool_use_id": use, "request_id": request, "decision": "accept", "source": "config"})
	l.add(id, "tool_result", map[string]any{"tool_name": "Read", "tool_use_id": use, "request_id": request, "success": "true", "duration_ms": "12"})
	l.count(id, sums{"tool_count": 1})
}

// count adds to the expected sums of a prompt.
func (l *load) count(id string, more sums) {
	for key, n := range more {
		l.sums[id][key] += n
	}
}

// add adds an event.
func (l *load) add(promptID, name string, attributes map[string]any) {
	rec := plog.NewLogRecord()
	l.clock = l.clock.Add(time.Millisecond)
	rec.SetTimestamp(pcommon.NewTimestampFromTime(l.clock))
	rec.Body().SetStr("claude_code." + name)
	// The values are strings or numbers, so this cannot fail.
	_ = rec.Attributes().FromRaw(attributes)
	rec.Attributes().PutStr("event.name", name)
	rec.Attributes().PutStr("event.timestamp", l.clock.UTC().Format("2006-01-02T15:04:05.000Z"))
	rec.Attributes().PutInt("event.sequence", l.sequence)
	rec.Attributes().PutStr("session.id", l.session)
	if promptID != "" {
		rec.Attributes().PutStr("prompt.id", promptID)
		l.count(promptID, sums{"event_count": 1})
	}
	l.trace[keyOf(rec)] = pcommon.TraceID{}
	l.sequence++
	l.records = append(l.records, rec)
}

// traceFrom sets a client's trace id on the records from an index on.
func (l *load) traceFrom(first int) {
	trace := pcommon.TraceID([]byte(l.uuid())[:16])
	for _, rec := range l.records[first:] {
		rec.SetTraceID(trace)
		rec.SetSpanID(pcommon.SpanID(trace[:8]))
		l.trace[keyOf(rec)] = trace
	}
}

// shuffled returns the events in batches, in random order.
func (l *load) shuffled(size int) (batches []plog.Logs) {
	for i, at := range l.rng.Perm(len(l.records)) {
		if i%size == 0 {
			ld := plog.NewLogs()
			rl := ld.ResourceLogs().AppendEmpty()
			rl.Resource().Attributes().PutStr("service.name", "cowork")
			rl.ScopeLogs().AppendEmpty().Scope().SetName("com.anthropic.claude_code.events")
			batches = append(batches, ld)
		}
		l.records[at].CopyTo(batches[len(batches)-1].ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().AppendEmpty())
	}
	return batches
}

func (l *load) uuid() string {
	a, b := l.rng.Uint64(), l.rng.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", a>>32, a>>16&0xffff, a&0xfff, b>>48&0xfff, b&0xffffffffffff)
}

func keyOf(rec plog.LogRecord) eventKey {
	session, _ := rec.Attributes().Get("session.id")
	sequence, _ := rec.Attributes().Get("event.sequence")
	return eventKey{session.Str(), sequence.Int()}
}
