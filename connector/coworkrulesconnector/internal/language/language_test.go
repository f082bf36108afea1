package language

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// call returns a batch of one tool_result.
func call(attributes map[string]any) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName("the scope")
	rec := sl.LogRecords().AppendEmpty()
	rec.SetEventName("tool_result")
	_ = rec.Attributes().FromRaw(attributes)
	ld.MarkReadOnly()
	return ld
}

// the returns the only event of a batch.
func the(ld plog.Logs) (ev cowork.Event) {
	for ev = range cowork.Events(ld) {
		return ev
	}
	return ev
}

func newLanguage(tb testing.TB) *Language {
	tb.Helper()
	l, err := New()
	require.NoError(tb, err)
	return l
}

func TestCondition(t *testing.T) {
	l := newLanguage(t)
	ld := call(map[string]any{"success": false, "duration_ms": 7000, "tool_name": `a bare attributes["x"] in a text`})
	check := func(text string, want bool) {
		t.Helper()
		holds, err := l.For("rule").Condition(text)
		require.NoError(t, err)
		for ev := range l.Events(ld) {
			require.Equal(t, want, holds(ev), text)
		}
		require.Equal(t, want, holds(the(ld)), "%s, on its own", text)
	}
	check(`attributes["success"] == false`, true)
	check(`log.attributes["success"] == false`, true)
	check(`attributes["duration_ms"] > 5000 and log.attributes["success"] == true`, false)
	check(`attributes["tool_name"] == "a bare attributes[\"x\"] in a text"`, true)
	check(`resource.attributes["service.name"] == "cowork"`, true)
	check(`scope.name == "the scope"`, true)
	check(`event_name == "tool_result"`, true)
	check(`IsMatch(attributes["tool_name"], "^a bare")`, true)
	check(`attributes["not there"] == nil`, true)
	check(`attributes["not there"] > 5`, false)
	require.Empty(t, l.Faults())
}

func TestExpressions(t *testing.T) {
	l := newLanguage(t)
	ld := call(map[string]any{"tool_name": "Bash", "duration_ms": 7000, "cost_usd": "0.5", "list": []any{"a"}, "success": true})
	text := func(expr, want string, there bool) {
		t.Helper()
		value, err := l.For("rule").Text(expr)
		require.NoError(t, err)
		got, ok := value(the(ld))
		require.Equal(t, want, got, expr)
		require.Equal(t, there, ok, expr)
	}
	text(`attributes["tool_name"]`, "Bash", true)
	text(`Concat([attributes["tool_name"], "x"], "-")`, "Bash-x", true)
	text(`attributes["duration_ms"]`, "7000", true)
	text(`attributes["success"]`, "true", true)
	text(`attributes["not there"]`, "", false)
	require.Empty(t, l.Faults())
	text(`attributes["list"]`, "", false)
	require.Equal(t, map[Fault]int64{{"rule", "type"}: 1}, l.Faults())

	number := func(expr string, want float64, there bool) {
		t.Helper()
		value, err := l.For("rule").Number(expr)
		require.NoError(t, err)
		got, ok := value(the(ld))
		require.Equal(t, want, got, expr)
		require.Equal(t, there, ok, expr)
	}
	number(`attributes["duration_ms"] / 1000`, 7, true)
	number(`attributes["cost_usd"]`, 0.5, true)
	number(`attributes["tool_name"]`, 0, false)
}

// TestFaults checks that failures are counted, and that a condition that fails does not
// match.
func TestFaults(t *testing.T) {
	l := newLanguage(t)
	ld := call(map[string]any{"tool_name": "CANARY", "duration_ms": 1})
	for text, kind := range map[string]string{
		`Time(attributes["tool_name"], "%Y") == nil`:             "time",
		`Len(attributes["duration_ms"]) == 1`:                    "other",
		`ConvertCase(attributes["duration_ms"], "upper") == "1"`: "type",
	} {
		holds, err := l.For(kind).Condition(text)
		require.NoError(t, err)
		require.False(t, holds(the(ld)))
	}
	require.Equal(t, map[Fault]int64{{"other", "other"}: 1, {"time", "time"}: 1, {"type", "type"}: 1}, l.Faults())
}

func TestBad(t *testing.T) {
	l := newLanguage(t)
	check := func(text, want string) {
		t.Helper()
		_, err := l.For("rule").Condition(text)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "unable to parse")
	}
	check(``, "must not be empty")
	check(`attributes["a"] ==`, "condition has invalid syntax")
	check(`Nothing(attributes["a"]) == 1`, `undefined function "Nothing"`)
	check(`set(attributes["a"], 1)`, "syntax")
	check(`nothing["a"] == 1`, `nothing is no field of a record (attributes["nothing"] is an attribute)`)
	check(string(make([]byte, maxText+1)), "at most 8192 bytes")
	_, err := l.For("rule").Text(`attributes[`)
	require.ErrorContains(t, err, "expression has invalid syntax")
	_, err = l.For("rule").Number(``)
	require.ErrorContains(t, err, "must not be empty")
}

// TestMistakes checks that common mistakes are reported with what would be right.
func TestMistakes(t *testing.T) {
	l := newLanguage(t)
	for text, want := range map[string]string{
		`attributes[success] == false`:                           `attributes[success] has no quotes (attributes["success"] would be right)`,
		`attributes.success == false`:                            `attributes.success is no path (attributes["success"] would be right)`,
		`tool_name == "Bash"`:                                    `tool_name is an attribute (attributes["tool_name"] would be right)`,
		`event.name == "tool_result"`:                            `event.name is an attribute (attributes["event.name"] would be right)`,
		`attributes["success"] = false`:                          `= compares nothing (== would be right)`,
		`attributes['success'] == false`:                         `a text has double quotes ("Bash" would be right)`,
		`attributes["tool_name"] == Bash`:                        `Bash has no quotes ("Bash" would be right)`,
		`attributes["success"] == false && true`:                 `&& is no operator (and would be right)`,
		`attributes["success"] == false || true`:                 `|| is no operator (or would be right)`,
		`attributes["success"] == false AND attributes["x"] > 1`: `AND is no operator (and, or and not are, in lower case)`,
		`attributes["duration_ms"] > 5s`:                         `5s has a unit (a number would be right: attributes such as duration_ms have theirs in the name)`,
		`IsMatch(Comand(), "x")`:                                 `undefined function "Comand" (did you mean Command?)`,
	} {
		_, err := l.For("rule").Condition(text)
		require.EqualError(t, err, want, text)
	}
}

// TestAllocations checks that a condition on the current event does not allocate.
func TestAllocations(t *testing.T) {
	l := newLanguage(t)
	ld := call(map[string]any{"success": false})
	holds, err := l.For("rule").Condition(`attributes["success"] == false`)
	require.NoError(t, err)
	for ev := range l.Events(ld) {
		require.Zero(t, testing.AllocsPerRun(100, func() { holds(ev) }))
	}
}
