package alert

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// start is a Saturday.
var (
	start    = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	settings = Settings{MaxGroups: 100, MaxActive: 100, Lateness: 10 * time.Minute, RepeatInterval: 4 * time.Hour}
)

type attributes = map[string]any

func event(kind string, when time.Time, attrs attributes) cowork.Event {
	rl := plog.NewLogs().ResourceLogs().AppendEmpty()
	sl := rl.ScopeLogs().AppendEmpty()
	rec := sl.LogRecords().AppendEmpty()
	_ = rec.Attributes().FromRaw(attrs)
	rec.Attributes().PutStr("event.name", kind)
	rec.SetTimestamp(pcommon.NewTimestampFromTime(when))
	return cowork.EventOf(rl.Resource(), sl.Scope(), rec)
}

// A toy is a minimal language: the conditions true and key=value, and for values a key in
// parentheses.
type toy struct{}

func toys(string) Compiler { return toy{} }

func (toy) Condition(text string) (func(cowork.Event) bool, error) {
	key, want, ok := strings.Cut(text, "=")
	switch {
	case text == "true":
		return func(cowork.Event) bool { return true }, nil
	case !ok:
		return nil, errors.New("must be true or key=value")
	}
	return func(e cowork.Event) bool { got, _ := e.Str(key); return got == want }, nil
}

func (toy) Text(text string) (func(cowork.Event) (string, bool), error) {
	return func(e cowork.Event) (string, bool) { return e.Str(strings.Trim(text, "()")) }, toy{}.checkKey(text)
}

func (toy) Number(text string) (func(cowork.Event) (float64, bool), error) {
	return func(e cowork.Event) (float64, bool) { return e.Float(strings.Trim(text, "()")) }, toy{}.checkKey(text)
}

func (toy) checkKey(text string) error {
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		return nil
	}
	return errors.New("must be (key)")
}

func (toy) Shown(text string) error {
	if strings.Contains(text, "prompt") {
		return errors.New("prompt: may hold content, and would be shown")
	}
	return nil
}

// rules compiles specs. It sets a name and a severity where they are missing.
func rules(t require.TestingT, specs ...Spec) []Rule {
	for i := range specs {
		if specs[i].Name == "" {
			specs[i].Name = "rule"
		}
		if specs[i].Severity == "" {
			specs[i].Severity = "warning"
		}
	}
	rules, err := Compile(specs, toys)
	require.NoError(t, err)
	return rules
}

// A rig is an evaluator with a clock.
type rig struct {
	t   require.TestingT
	e   *Evaluator
	now time.Time
}

func newRig(tb testing.TB, specs ...Spec) *rig {
	tb.Helper()
	return bounded(tb, settings, specs...)
}

func bounded(t require.TestingT, set Settings, specs ...Spec) *rig {
	e, err := New(rules(t, specs...), set)
	require.NoError(t, err)
	return &rig{t, e, start}
}

// send adds an event whose own time is some time ago.
func (r *rig) send(kind string, ago time.Duration, attrs attributes) []Alert {
	return r.e.Add(event(kind, r.now.Add(-ago), attrs), r.now, nil)
}

// silent adds an event that must not cause an alert.
func (r *rig) silent(kind string, attrs attributes) { require.Empty(r.t, r.send(kind, 0, attrs)) }

// one adds an event that must cause one alert, and returns it.
func (r *rig) one(kind string, attrs attributes) Alert {
	out := r.send(kind, 0, attrs)
	require.Len(r.t, out, 1)
	return out[0]
}

// pass advances the clock and returns the alerts of a tick.
func (r *rig) pass(d time.Duration) []Alert {
	r.now = r.now.Add(d)
	return r.e.Tick(r.now, nil)
}

// to advances the clock to a time of day, a number of days after the first.
func (r *rig) to(day int, clock string) []Alert {
	at, err := time.Parse("15:04", clock)
	require.NoError(r.t, err)
	y, m, d := start.Date()
	return r.pass(time.Date(y, m, d+day, at.Hour(), at.Minute(), 0, 0, time.UTC).Sub(r.now))
}

// resolved advances the clock, after which one alert must be resolved.
func (r *rig) resolved(d time.Duration) Alert {
	out := r.pass(d)
	require.Len(r.t, out, 1)
	require.Equal(r.t, Resolved, out[0].Status)
	return out[0]
}
