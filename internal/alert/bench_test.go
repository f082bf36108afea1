package alert

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkAdd gives an event to twenty rules with windows, all of which look at
// it. Conditions are the caller's, so theirs is the cheapest there is.
func BenchmarkAdd(b *testing.B) {
	var rules []Rule
	for i := range 20 {
		rules = append(rules, Rule{
			Name: fmt.Sprint(i), Severity: "info", Measure: Ratio, Condition: failed, Of: every,
			Events: []string{"tool_result"}, Window: time.Hour, Above: 1, GroupBy: []string{"model"},
		})
	}
	e, err := New(rules, settings)
	require.NoError(b, err)
	ev := event("tool_result", start, map[string]any{"success": "false", "model": "claude-opus-5-5"})
	b.ReportAllocs()
	for b.Loop() {
		if out := e.Add(ev, start, nil); len(out) > 0 {
			b.Fatal("a share is never above 1")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkGroup makes groups: B/op is what one takes.
func BenchmarkGroup(b *testing.B) {
	e, err := New([]Rule{{
		Name: "rule", Severity: "info", Measure: Count, Window: time.Hour, Above: 1, GroupBy: []string{"event.sequence"},
	}}, Settings{MaxGroups: 1 << 30, RepeatInterval: time.Hour})
	require.NoError(b, err)
	ev := event("tool_result", start, nil)
	b.ReportAllocs()
	for n := int64(0); b.Loop(); n++ {
		ev.Record().Attributes().PutInt("event.sequence", n)
		e.Add(ev, start, nil)
	}
}
