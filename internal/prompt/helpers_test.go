package prompt

import (
	"maps"
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// noon is the time at which the tests begin.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const (
	onePrompt  = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
	oneSession = "f4e2b124-f977-4412-8b09-da2871d3f914"
)

type attributes = map[string]any

// with returns a copy with more attributes. The value nil removes one.
func (f fixture) with(more attributes) fixture {
	all := maps.Clone(f)
	maps.Copy(all, more)
	return all
}

// A fixture is an event by its attributes.
type fixture attributes

// eventOf returns an event of a kind at a second after noon, its sequence the same.
func eventOf(kind string, second int, more attributes) fixture {
	return fixture{
		"event.name": kind, "event.sequence": int64(second), "prompt.id": onePrompt, "session.id": oneSession,
		"event.timestamp": noon.Add(time.Duration(second) * time.Second).Format(time.RFC3339Nano),
	}.with(more)
}

func (f fixture) view(t require.TestingT) cowork.Event {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	for _, key := range slices.Sorted(maps.Keys(f)) {
		if f[key] != nil {
			require.NoError(t, rec.Attributes().PutEmpty(key).FromRaw(f[key]))
		}
	}
	return cowork.EventOf(rl.Resource(), rl.ScopeLogs().At(0).Scope(), rec)
}

func (t *Tracker) addAll(tb require.TestingT, now time.Time, events ...fixture) (verdicts []Verdict) {
	for _, f := range events {
		verdicts = append(verdicts, t.Add(now, f.view(tb)).Verdict)
	}
	return verdicts
}

// closeAll closes every open prompt and returns what was closed.
func (t *Tracker) closeAll() []Trace {
	t.Flush(Shutdown)
	return t.Take(nil)
}

func tracker(set Settings) *Tracker {
	setDefault(&set.Idle, time.Minute)
	setDefault(&set.MaxOpen, 100)
	return NewTracker(set)
}

// consistent checks the invariants between calls.
func (t *Tracker) consistent(tb require.TestingT) {
	slots, bytes, refs := 0, 0, 0
	for _, l := range [...]*list{&t.open, &t.closed} {
		n := 0
		for e := l.oldest; e != nil; e = e.newer {
			n++
			require.Same(tb, e, t.entries[e.key])
			require.Equal(tb, l == &t.closed, e.closed)
			require.True(tb, e.newer == nil || e.newer.older == e && e.seen <= e.newer.seen, "in the order of activity")
			slots += e.digests.Slots()
			for _, n := range e.names {
				bytes += len(n.text.Value())
			}
			if e.sender != nil {
				refs++
			}
		}
		require.Equal(tb, l.n, n)
	}
	for _, o := range t.texts.senders {
		bytes += o.bytes
		refs -= o.refs
	}
	for session, e := range t.sessions {
		require.Same(tb, e, t.entries[e.key])
		require.Equal(tb, session, e.by)
	}
	require.Len(tb, t.entries, t.open.n+t.closed.n)
	require.LessOrEqual(tb, t.open.n, t.set.MaxOpen)
	require.LessOrEqual(tb, t.closed.n, t.set.MaxClosed)
	require.Equal(tb, t.digests.used, slots)
	require.Equal(tb, t.texts.used, bytes)
	require.Zero(tb, refs)
}
