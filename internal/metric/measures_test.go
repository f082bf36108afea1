package metric

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/cowork"
)

// TestInvalid checks that an invalid number is counted and dropped, without the others.
func TestInvalid(t *testing.T) {
	check := func(key string, value any, invalid bool) {
		t.Helper()
		l := newLedger(Settings{GenAI: true})
		own := attrs{"cost_usd_micros": nil, key: value}
		l.add(request("req_1", own))
		stats := l.Stats()
		if invalid {
			require.Equal(t, map[string]int64{key: 1}, stats.Invalid)
		} else {
			require.Empty(t, stats.Invalid)
		}
		for _, p := range l.all() {
			require.False(t, math.IsNaN(p.value) || math.IsInf(p.value, 0) || p.value < 0, p)
		}
	}
	for _, key := range []string{"cost_usd", "input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens", "duration_ms"} {
		check(key, math.NaN(), true)
		check(key, math.Inf(1), true)
		check(key, -1, true)
		check(key, -1e-3, true)
		check(key, "-5", true)
		check(key, 1e300, true)
		check(key, math.MaxInt64, true)
		check(key, "a lot", true)
		check(key, true, true)
		check(key, []any{1}, true)
		check(key, "undefined", false)
		check(key, "", false)
		check(key, nil, false)
		check(key, 0, false)
		check(key, "12", false)
	}
	check("input_tokens", 12.5, true)
	check("duration_ms", 12.5, false)
	check("duration_ms", float64(30*24*3600*1000), false)
	check("duration_ms", float64(30*24*3600*1000)+1, true)
	check("cost_usd", 1e9, false)
	check("cost_usd", 1.1e9, true)
}

// TestInvalidSummary checks the numbers of summaries.
func TestInvalidSummary(t *testing.T) {
	l := newLedger(Settings{})
	l.add(event("prompt_summary", attrs{
		"cowork.prompt.cost_usd": math.NaN(), "cowork.prompt.duration_ms": -1, "cowork.prompt.tool_count": 3,
	}))
	require.Equal(t, map[string]int64{"cowork.prompt.cost_usd": 1, "cowork.prompt.duration_ms": 1}, l.Stats().Invalid)
	require.Equal(t, []string{"cowork.events", "cowork.prompt.tools"}, names(l.all()))
}

// TestMicros checks that the exact number is used where there are two.
func TestMicros(t *testing.T) {
	l := newLedger(Settings{})
	l.add(event("api_request", attrs{"cost_usd": 0.0151, "cost_usd_micros": 15184}))
	require.InDelta(t, 0.015184, only(t, l.all(), "cowork.cost", nil).value, 1e-15)
}

// TestNoTime checks that events without a time count: metrics have the time of arrival.
func TestNoTime(t *testing.T) {
	l := newLedger(Settings{})
	l.add(event("api_request", attrs{"cost_usd": 1, "event.timestamp": ""}))
	require.EqualValues(t, 1, only(t, l.all(), "cowork.cost", nil).value)
}

// TestTable checks the table against the schema.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Metrics() {
		require.False(t, seen[m.Name], m.Name)
		seen[m.Name] = true
		require.NotEmpty(t, m.Doc)
		require.NotEmpty(t, m.Unit)
		require.LessOrEqual(t, len(m.Labels), maxLabels)
		require.Equal(t, m.Type == Histogram, len(m.bounds) > 0, m.Name)
		require.NotZero(t, m.per)
		for _, s := range m.sources {
			require.Len(t, s.fields, len(m.Labels), m.Name)
			require.True(t, s.kind == "" || cowork.KindOf(s.kind) != nil, s.kind)
			require.True(t, s.measure.name == "" || cowork.AttributeOf(s.measure.name) != nil, s.measure.name)
			for _, f := range s.fields {
				require.True(t, f == eventName || readers[f] != nil)
			}
		}
		for i := 1; i < len(m.bounds); i++ {
			require.Less(t, m.bounds[i-1], m.bounds[i], m.Name)
		}
	}
}
