package prompt

import (
	"fmt"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// fleetMix has the kinds of events about as often as a fleet of 37 users sent them.
var fleetMix = []string{
	"tool_decision", "tool_result", "api_request", "hook_execution_start", "hook_execution_complete", "assistant_response",
	"tool_decision", "tool_result", "api_request", "hook_execution_start", "hook_execution_complete", "tool_decision",
	"tool_result", "api_request", "user_prompt", "hook_execution_start",
}

var mixAttributes = map[string]attributes{
	"tool_decision": {"tool_name": "Bash", "decision": "accept", "source": "config", "tool_source": "builtin"},
	"tool_result": {
		"tool_name": "Bash", "success": true, "duration_ms": 165, "tool_input_size_bytes": 44, "tool_result_size_bytes": 12,
	},
	"api_request": {
		"model": "claude-opus-5-5", "cost_usd": 0.012, "cost_usd_micros": 12000, "duration_ms": 1200, "input_tokens": 3271,
		"output_tokens": 210, "cache_read_tokens": 20386, "cache_creation_tokens": 12, "query_source": "sdk", "speed": "normal",
	},
	"assistant_response": {"response": "[REDACTED_RESPONSE]", "response_length": 200, "model": "claude-opus-5-5"},
	"user_prompt":        {"prompt": "[REDACTED_PROMPT]", "prompt_length": 26},
}

// A stream is records of n prompts, whose ids are written into them as they pass.
type stream struct {
	events  []cowork.Event
	prompts int
	at      int
}

func newStream(b *testing.B, prompts int) *stream {
	b.Helper()
	s := &stream{prompts: prompts}
	for i, kind := range fleetMix {
		f := eventOf(kind, i, attributes{
			"user.id": "7ca19e7e77ab51b1e9d1f99f818886950229109d4808f246ba790ecc1661122f", "terminal.type": "non-interactive",
			"organization.id": "a3c1d8a2-0d5e-4a39-9a50-3b4a1f0e8a11", "user.email": "[REDACTED_EMAIL]", "service.name": "cowork",
			"tool_use_id": nil, "os.type": "darwin", "host.arch": "arm64", "anthropic.provider": "firstParty",
		}).with(mixAttributes[kind])
		e := f.view(b)
		e.Record().SetEventName(kind)
		e.Record().SetTimestamp(1795262400e9)
		s.events = append(s.events, e)
	}
	return s
}

// next returns the next event: each prompt gets its first, then each its second, so
// that no two in a row are of one prompt.
func (s *stream) next() cowork.Event {
	i := s.at
	s.at++
	round := i / s.prompts
	e := s.events[round%len(s.events)]
	m := e.Record().Attributes()
	set := func(key, prefix string, n int) {
		v, ok := m.Get(key)
		if !ok {
			v = m.PutEmpty(key)
		}
		v.SetStr(prefix + pad[n%1000000])
	}
	set("prompt.id", "0aa84ef6-0c18-4720-8c5d-4ba439", i%s.prompts)
	set("session.id", "f4e2b124-f977-4412-8b09-da2871", i%s.prompts)
	if _, ok := m.Get("duration_ms"); ok {
		set("request_id", "req_011CVKmUS4t9bQ", i%1000000)
		set("tool_use_id", "toolu_01A09q90qw", i%1000000)
	}
	sequence, _ := m.Get("event.sequence")
	sequence.SetInt(int64(i))
	return e
}

// pad has the numbers below a million with six digits.
var pad = func() (all []string) {
	for i := range 1_000_000 {
		all = append(all, fmt.Sprintf("%06d", i))
	}
	return all
}()

// BenchmarkAdd adds a fleet's mix of events to prompts of which so many are open,
// round robin: a prompt is no longer in the cache when its next event arrives.
func BenchmarkAdd(b *testing.B) {
	for _, open := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run("open="+strconv.Itoa(open), func(b *testing.B) {
			t := NewTracker(Settings{Idle: time.Hour, MaxOpen: open})
			s := newStream(b, open)
			for range open * 4 {
				t.Add(noon, s.next())
			}
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				b.StopTimer()
				batch := s.batch()
				b.StartTimer()
				for e := range cowork.Events(batch) {
					t.Add(noon, e)
				}
				n += batch.LogRecordCount()
			}
			require.Equal(b, open, t.Stats().Open)
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/event")
		})
	}
}

// batch returns the next thousand events.
func (s *stream) batch() plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	records := rl.ScopeLogs().AppendEmpty().LogRecords()
	records.EnsureCapacity(1000)
	for range 1000 {
		s.next().Record().CopyTo(records.AppendEmpty())
	}
	return ld
}

// BenchmarkMemory measures the heap of open prompts after so many events of each, and
// the heap of their digests after they are closed.
func BenchmarkMemory(b *testing.B) {
	for _, open := range []int{100_000, 1_000_000} {
		for _, events := range []int{4, 16} {
			b.Run(fmt.Sprintf("open=%d/events=%d", open, events), func(b *testing.B) {
				for b.Loop() {
					s := newStream(b, open)
					before := heap()
					t := NewTracker(Settings{Idle: time.Hour, MaxOpen: open})
					for range open * events {
						t.Add(noon, s.next())
					}
					used := heap() - before
					require.Equal(b, open, t.Stats().Open)
					strings := uint64(2 * 36) // the text of prompt.id and session.id
					b.ReportMetric(float64(used)/float64(open), "B/prompt")
					b.ReportMetric(float64(used)/float64(open)-float64(strings), "B/prompt-beside-strings")
					t.Flush(Shutdown)
					t.Take(nil)
					b.ReportMetric(float64(heap()-before)/float64(open), "B/closed")
					runtime.KeepAlive(t)
				}
			})
		}
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkSnapshot stores prompts of 16 events each that have all changed, and takes
// them back.
func BenchmarkSnapshot(b *testing.B) {
	const open = 100_000
	t := NewTracker(Settings{Idle: time.Hour, MaxOpen: open, Durable: true})
	s := newStream(b, open)
	for range open * 16 {
		t.Add(noon, s.next())
	}
	for b.Loop() {
		for e := t.open.oldest; e != nil; e = e.newer {
			t.markChanged(e)
		}
		begin := time.Now()
		changes, _ := t.Snapshot(nil, open)
		b.ReportMetric(float64(time.Since(begin).Nanoseconds())/open, "ns/stored")
		bytes := 0
		for _, c := range changes {
			bytes += len(c.Value)
		}
		b.ReportMetric(float64(bytes)/open, "B/stored")

		again := NewTracker(Settings{Idle: time.Hour, MaxOpen: open, Durable: true})
		begin = time.Now()
		again.Restore(noon, func(yield func(string, []byte) bool) {
			for _, c := range changes {
				yield(c.Key, c.Value)
			}
		})
		b.ReportMetric(float64(time.Since(begin).Nanoseconds())/open, "ns/restored")
		require.Equal(b, open, again.Stats().Open)
	}
}
