package alert

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

var (
	start    = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	settings = Settings{MaxGroups: 3, Lateness: 10 * time.Minute, RepeatInterval: 4 * time.Hour}
)

func event(kind string, when time.Time, attrs map[string]any) cowork.Event {
	rl := plog.NewLogs().ResourceLogs().AppendEmpty()
	sl := rl.ScopeLogs().AppendEmpty()
	rec := sl.LogRecords().AppendEmpty()
	_ = rec.Attributes().FromRaw(attrs)
	rec.Attributes().PutStr("event.name", kind)
	rec.SetTimestamp(pcommon.NewTimestampFromTime(when))
	return cowork.EventOf(rl.Resource(), sl.Scope(), rec)
}

func failed(e cowork.Event) bool { ok, has := e.Bool("success"); return has && !ok }
func every(cowork.Event) bool    { return true }

func evaluator(t *testing.T, r Rule) *Evaluator {
	t.Helper()
	r.Name, r.Severity = "rule", "warning"
	e, err := New([]Rule{r}, settings)
	require.NoError(t, err)
	return e
}

func TestEach(t *testing.T) {
	e := evaluator(t, Rule{Measure: Each, Events: []string{"api_error"}})
	require.Empty(t, e.Add(event("api_request", start, nil), start, nil))
	out := e.Add(event("api_error", start, nil), start, nil)
	require.Len(t, out, 1)
	require.Equal(t, Firing, out[0].Status)
	require.Empty(t, e.Add(event("api_error", start, nil), start, nil), "it fires already")
	out = e.Tick(start.Add(time.Minute), nil)
	require.Len(t, out, 1)
	require.Equal(t, Resolved, out[0].Status)
	require.Equal(t, start, out[0].StartsAt)
	require.Equal(t, start.Add(time.Minute), out[0].EndsAt)
	require.Empty(t, e.watches[0].groups, "nothing is kept of it")
}

func TestCountByOwnTime(t *testing.T) {
	e := evaluator(t, Rule{Measure: Count, Window: 12 * time.Minute, Above: 2, GroupBy: []string{"model"}})
	send := func(model string, ago time.Duration) []Alert {
		return e.Add(event("api_error", start.Add(-ago), map[string]any{"model": model}), start, nil)
	}
	require.Empty(t, send("a", 0))
	require.Empty(t, send("a", 9*time.Minute), "late, and counted")
	require.Empty(t, send("b", 0), "another group")
	require.Empty(t, send("a", 11*time.Minute), "too late")
	require.EqualValues(t, 1, e.Stats().Late)
	out := send("a", -time.Hour)
	require.Len(t, out, 1, "an event from the future happened now")
	require.Equal(t, []string{"a"}, out[0].Group)
	require.Equal(t, 3.0, out[0].Value)
	require.Empty(t, e.Tick(start.Add(2*time.Minute), nil))
	out = e.Tick(start.Add(3*time.Minute), nil)
	require.Len(t, out, 1, "the late one left the window")
	require.Equal(t, Resolved, out[0].Status)
	e.Tick(start.Add(time.Hour), nil)
	require.Empty(t, e.watches[0].groups)
}

func TestRatio(t *testing.T) {
	e := evaluator(t, Rule{Measure: Ratio, Condition: failed, Of: every, Window: time.Hour, Above: 0.25, AtLeast: 4})
	var out []Alert
	for _, success := range []bool{false, false, true} {
		out = e.Add(event("tool_result", start, map[string]any{"success": success}), start, out)
	}
	require.Empty(t, out, "too few to mean anything")
	out = e.Add(event("tool_result", start, map[string]any{"success": true}), start, out)
	require.Len(t, out, 1)
	require.Equal(t, 0.5, out[0].Value)
	for range 4 {
		out = e.Add(event("tool_result", start, map[string]any{"success": true}), start, out)
	}
	require.Len(t, out, 2, "a quarter is not above a quarter")
	require.Equal(t, Resolved, out[1].Status)
}

func TestSum(t *testing.T) {
	e := evaluator(t, Rule{Measure: Sum, Attribute: "cost_usd", Window: time.Hour, Above: 1})
	require.Empty(t, e.Add(event("api_request", start, map[string]any{"cost_usd": 1.0}), start, nil))
	require.Empty(t, e.Add(event("api_request", start, map[string]any{"cost_usd": "much"}), start, nil))
	out := e.Add(event("api_request", start, map[string]any{"cost_usd": "0.5"}), start, nil)
	require.Len(t, out, 1)
	require.Equal(t, 1.5, out[0].Value)
}

func TestAbsent(t *testing.T) {
	e := evaluator(t, Rule{Measure: Absent, Window: 30 * time.Minute, GroupBy: []string{"user.id"}})
	send := func(user string, minute int) []Alert {
		now := start.Add(time.Duration(minute) * time.Minute)
		return e.Add(event("user_prompt", now, map[string]any{"user.id": user}), now, nil)
	}
	tick := func(minute int) []Alert { return e.Tick(start.Add(time.Duration(minute)*time.Minute), nil) }
	require.Empty(t, tick(0))
	require.Empty(t, tick(60), "a seat that was never seen is none")
	require.Empty(t, send("a", 60))
	require.Empty(t, send("b", 80))
	require.Empty(t, tick(89))
	out := tick(90)
	require.Len(t, out, 1)
	require.Equal(t, []string{"a"}, out[0].Group)
	require.Equal(t, 1800.0, out[0].Value)
	out = send("a", 100)
	require.Len(t, out, 1)
	require.Equal(t, Resolved, out[0].Status)
}

// TestAbsentFromTheStart checks that what never came is missed, too.
func TestAbsentFromTheStart(t *testing.T) {
	e := evaluator(t, Rule{Measure: Absent, Window: 30 * time.Minute, Events: []string{"api_request"}})
	require.Empty(t, e.Tick(start, nil))
	require.Empty(t, e.Tick(start.Add(29*time.Minute), nil))
	require.Len(t, e.Tick(start.Add(30*time.Minute), nil), 1)
	out := e.Add(event("api_request", start.Add(31*time.Minute), nil), start.Add(31*time.Minute), nil)
	require.Len(t, out, 1)
	require.Equal(t, Resolved, out[0].Status)
}

// TestGroupsAreBounded reaches the bound with groups that fire.
func TestGroupsAreBounded(t *testing.T) {
	e := evaluator(t, Rule{Measure: Each, GroupBy: []string{"model"}})
	send := func(model string) []Alert {
		return e.Add(event("api_error", start, map[string]any{"model": model}), start, nil)
	}
	for _, model := range []string{"a", "b", "c", "a"} {
		send(model)
	}
	out := send("d")
	require.Len(t, out, 2)
	require.Equal(t, []string{"b"}, out[0].Group, "idle longest")
	require.Equal(t, Resolved, out[0].Status)
	require.Equal(t, Firing, out[1].Status)
	require.EqualValues(t, 1, e.Stats().Evicted)
	require.Len(t, e.watches[0].groups, settings.MaxGroups)
}

func TestLongValuesAreCut(t *testing.T) {
	e := evaluator(t, Rule{Measure: Each, GroupBy: []string{"model"}})
	out := e.Add(event("api_error", start, map[string]any{"model": strings.Repeat("é", 300) + "x"}), start, nil)
	require.Equal(t, []string{strings.Repeat("é", maxValueBytes/2)}, out[0].Group)
	require.EqualValues(t, 1, e.Stats().Clipped)
}

// TestGroupsAreApart checks that values do not run into each other in a key.
func TestGroupsAreApart(t *testing.T) {
	e := evaluator(t, Rule{Measure: Each, GroupBy: []string{"one", "two"}})
	e.Add(event("x", start, map[string]any{"one": "ab", "two": "c"}), start, nil)
	require.Len(t, e.Add(event("x", start, map[string]any{"one": "a", "two": "bc"}), start, nil), 1)
}

func TestValidate(t *testing.T) {
	_, err := New([]Rule{
		{Name: "a", Severity: "info", Measure: Count, Window: time.Minute},
		{Name: "a", Severity: "page", Measure: Ratio, For: -1},
		{Measure: "median", Severity: "info", Window: time.Minute},
		{Name: "s", Measure: Sum, Severity: "info", Window: time.Minute, KeepFiringFor: -1},
		{Name: "e", Measure: Each, Severity: "info", Window: time.Minute, For: 1},
	}, Settings{Lateness: -1})
	require.EqualError(t, err, `rules: 1: severity: must be info, warning or critical
rules: 1: window: must be at least 1s
rules: 1: of: must say what the ratio is of
rules: 1: for: must not be negative
rules: 1: name: must be unique (rule 0 has it)
rules: 2: name: must be set
rules: 2: measure: must be each, count, ratio, sum or absent
rules: 3: attribute: must name what is added up
rules: 3: keep_firing_for: must not be negative
rules: 4: window: must not be set without a measure of it (count, ratio, sum or absent)
rules: 4: for: must not be set without a window
max_groups: must be positive
lateness: must not be negative
repeat_interval: must be positive`)
}
