package alert

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/cowork"
)

// cheap is a language with cheap conditions, so that the benchmarks measure the rest.
func cheap(string) Compiler { return toy{} }

// request returns an event with the attributes that clients send.
func request(user string) cowork.Event {
	return event("tool_result", start, attributes{
		"user.id": user, "session.id": "550e8400-e29b-41d4-a716-446655440000", "prompt.id": "550e8400-e29b-41d4-a716-446655440001",
		"tool_name": "Bash", "success": "true", "duration_ms": 1200, "model": "claude-opus-5-5", "event.sequence": 12, "cost_usd": 0.01,
	})
}

// twenty returns twenty rules with windows that evaluate the same kind of events.
func twenty() (specs []Spec) {
	for i := range 20 {
		s := Spec{Name: fmt.Sprint("rule_", i), Severity: "info", Events: []string{"tool_result"}, Window: time.Hour, GroupBy: []string{"user"}}
		switch i % 4 {
		case 0:
			s.Count = &CountSpec{Above: 1e12}
		case 1:
			s.Condition, s.Ratio = "success=false", &RatioSpec{Above: 0.9, Of: "true"}
		case 2:
			s.Sum = &SumSpec{Amount: Amount{Attribute: "cost_usd"}, Above: 1e12}
		case 3:
			s.Distinct = &DistinctSpec{Attribute: "tool", Above: 100}
		}
		specs = append(specs, s)
	}
	return specs
}

// BenchmarkAdd evaluates twenty rules with windows on events of a hundred users.
func BenchmarkAdd(b *testing.B) {
	compiled, err := Compile(twenty(), cheap)
	require.NoError(b, err)
	e, err := New(compiled, Settings{MaxGroups: 1000, MaxActive: 10, RepeatInterval: time.Hour})
	require.NoError(b, err)
	var events []cowork.Event
	for i := range 100 {
		events = append(events, request(fmt.Sprintf("user-%d", i)))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if out := e.Add(events[i%len(events)], start, nil); len(out) > 0 {
			b.Fatal("no rule is above its threshold")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkOtherKind evaluates events of a kind that none of the rules evaluates.
func BenchmarkOtherKind(b *testing.B) {
	compiled, err := Compile(twenty(), cheap)
	require.NoError(b, err)
	e, err := New(compiled, settings)
	require.NoError(b, err)
	ev := event("api_request", start, attributes{"user.id": "a"})
	b.ReportAllocs()
	for b.Loop() {
		e.Add(ev, start, nil)
	}
}

// crowd returns a rig with n groups of one rule.
func crowd(b *testing.B, s Spec, n int) *rig {
	b.Helper()
	set := settings
	set.MaxGroups = n
	r := bounded(b, set, s)
	for i := range n {
		attrs := request(fmt.Sprintf("user-%06d", i)).Record().Attributes().AsRaw()
		attrs["tool_name"], attrs["prompt.id"] = "Read", fmt.Sprintf("prompt-%06d", i) // so that list and sequence have groups
		r.send("tool_result", 0, attrs)
	}
	return r
}

// BenchmarkGroup reports the memory of a group of each kind with one event.
func BenchmarkGroup(b *testing.B) {
	const n = 10_000
	for i, s := range zoo() {
		name := "each"
		for _, k := range kinds {
			if k.IsSet(&s) {
				name = k.Key
			}
		}
		s.Name, s.GroupBy = fmt.Sprint("rule_", i), []string{"user"}
		b.Run(name, func(b *testing.B) {
			var before, after runtime.MemStats
			for b.Loop() {
				runtime.GC()
				runtime.ReadMemStats(&before)
				r := crowd(b, s, n)
				runtime.GC()
				runtime.ReadMemStats(&after)
				runtime.KeepAlive(r)
			}
			size := float64(after.HeapAlloc-before.HeapAlloc) / n
			require.Greater(b, size, 100.0, "each event has a group")
			b.ReportMetric(size, "B/group")
		})
	}
}

// BenchmarkSnapshot encodes a hundred thousand groups with windows.
func BenchmarkSnapshot(b *testing.B) {
	r := crowd(b, Spec{Count: &CountSpec{Above: 1e9}, Window: time.Hour, GroupBy: []string{"user"}}, 100_000)
	for range buckets - 1 { // so that all buckets of the windows are filled
		r.pass(time.Hour / buckets)
		for i := range 100_000 {
			r.send("tool_result", 0, attributes{"user.id": fmt.Sprintf("user-%06d", i)})
		}
	}
	var state []byte
	for b.Loop() {
		state = r.e.Snapshot(state[:0])
	}
	b.ReportMetric(float64(len(state))/100_000, "B/group")
}

// BenchmarkTick evaluates a hundred thousand groups with windows.
func BenchmarkTick(b *testing.B) {
	r := crowd(b, Spec{Count: &CountSpec{Above: 1e9}, Window: time.Hour, GroupBy: []string{"user"}}, 100_000)
	for b.Loop() {
		r.pass(0)
	}
}
