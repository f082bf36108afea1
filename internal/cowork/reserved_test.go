package cowork

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

func newRecordEvent() Event {
	rl := plog.NewLogs().ResourceLogs().AppendEmpty()
	sl := rl.ScopeLogs().AppendEmpty()
	return EventOf(rl.Resource(), sl.Scope(), sl.LogRecords().AppendEmpty())
}

func TestRenameReserved(t *testing.T) {
	check := func(key, wantKey, wantName string) {
		t.Helper()
		m := pcommon.NewMap()
		m.PutStr(key, "v")
		m.PutStr("session.id", "s")
		names := RenameReserved(nil, m)
		v, ok := m.Get(wantKey)
		require.True(t, ok, "%v", m.AsRaw())
		require.Equal(t, "v", v.Str())
		require.Equal(t, 2, m.Len())
		if wantName == "" {
			require.Empty(t, names)
		} else {
			require.Equal(t, []string{wantName}, names)
		}
	}
	check("cowork.prompt.cost_usd", "client.cowork.prompt.cost_usd", "cowork.prompt.cost_usd")
	check("cowork.team", "client.cowork.team", "cowork.team")
	check("cowork.squad", "client.cowork.squad", ReservedAttributes)
	check("cowork.", "client.cowork.", ReservedAttributes)
	check("cowork", "client.cowork", ReservedAttributes)
	check("Cowork.Team", "client.Cowork.Team", ReservedAttributes)
	check("cowork.surface", "cowork.surface", "")
	check("cowork.verify", "cowork.verify", "")
	check("coworker", "coworker", "")
	check("cowor", "cowor", "")
	check("", "", "")
}

// TestRenameReservedBound reaches the bound of renamed attributes: the time would be
// quadratic without it.
func TestRenameReservedBound(t *testing.T) {
	m := pcommon.NewMap()
	raw := map[string]any{"session.id": "s"}
	for i := range 100_000 {
		raw[fmt.Sprintf("cowork.%d", i)] = "v"
	}
	require.NoError(t, m.FromRaw(raw))
	require.Equal(t, []string{ReservedAttributes}, RenameReserved(nil, m))
	require.Equal(t, maxRenamed+1, m.Len())
}

// TestRenameReservedEvent writes each kind of this collector into each place that a name
// is read from.
func TestRenameReservedEvent(t *testing.T) {
	places := map[string]func(Event, string){
		"EventName":  func(e Event, name string) { e.rec.SetEventName(name) },
		"event.name": func(e Event, name string) { e.rec.Attributes().PutStr("event.name", name) },
		"body":       func(e Event, name string) { e.rec.Body().SetStr(name) },
		"body.name":  func(e Event, name string) { e.rec.Body().SetEmptyMap().PutStr("name", name) },
		"body.attributes": func(e Event, name string) {
			e.rec.Body().SetEmptyMap().PutEmptyMap("attributes").PutStr("event.name", name)
		},
	}
	for kind := range Kinds() {
		for place, write := range places {
			for _, prefix := range []string{"", "cowork.", "claude_code.", "cowork.claude_code.cowork."} {
				e := newRecordEvent()
				write(e, prefix+kind.Name)
				names := RenameReservedEvent(nil, e)
				if kind.Own {
					require.Equal(t, "client."+kind.Name, e.Name(), place)
					require.Equal(t, []string{"event.name"}, names, place)
				} else {
					require.Equal(t, kind.Name, e.Name(), place)
					require.Empty(t, names, place)
				}
			}
		}
	}
}

// TestRenameReservedHiddenKind has a kind behind another one, which Name does not return.
func TestRenameReservedHiddenKind(t *testing.T) {
	e := newRecordEvent()
	e.rec.SetEventName("tool_result")
	e.rec.Body().SetStr("cowork.alert")
	require.Equal(t, []string{"event.name"}, RenameReservedEvent(nil, e))
	require.Equal(t, "client.alert", e.rec.Body().Str())
	require.Equal(t, "tool_result", e.Name())
}

func TestRenameReservedInBody(t *testing.T) {
	e := newRecordEvent()
	attributes := e.rec.Body().SetEmptyMap().PutEmptyMap("attributes")
	attributes.PutDouble("cowork.prompt.cost_usd", 1e6)
	require.Equal(t, []string{"cowork.prompt.cost_usd"}, RenameReservedEvent(nil, e))
	_, ok := e.Float("cowork.prompt.cost_usd")
	require.False(t, ok)
}

func TestRenameReservedDoesNotAllocate(t *testing.T) {
	e := newRecordEvent()
	e.rec.Body().SetStr("claude_code.tool_result")
	for i := range 40 {
		e.rec.Attributes().PutInt(fmt.Sprintf("key%d", i), 1)
	}
	require.Zero(t, testing.AllocsPerRun(100, func() { RenameReservedEvent(nil, e) }))
}

func TestClientMetricName(t *testing.T) {
	for _, name := range []string{"cowork.cost", "cowork_cost", "cowork", "Cowork.Cost", "cowork/cost", "cowork-cost"} {
		got, ok := ClientMetricName(name)
		require.True(t, ok, name)
		require.Equal(t, "client."+name, got)
	}
	for _, name := range []string{"", "claude_code.cost.usage", "coworker.count", "cowor", "cowork2.cost", "my.cowork.cost"} {
		_, ok := ClientMetricName(name)
		require.False(t, ok, name)
	}
}
