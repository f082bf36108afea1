package cowork

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// identified returns the identity of an event with attributes, given as pairs.
func identified(t *testing.T, kind string, pairs ...any) *Identity {
	t.Helper()
	rec := plog.NewLogRecord()
	rec.SetEventName(kind)
	for i := 0; i < len(pairs); i += 2 {
		require.NoError(t, rec.Attributes().PutEmpty(pairs[i].(string)).FromRaw(pairs[i+1]))
	}
	e := EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec)
	id := IdentityOf(e, e.Name())
	return &id
}

const identityTime = "2026-11-21T09:30:02.100Z"

// TestRedelivery checks by which fields a record is identified.
func TestRedelivery(t *testing.T) {
	all := []any{"session.id", "s", "event.timestamp", identityTime, "event.sequence", 7, "request_id", "r", "prompt.id", "p"}
	with := func(more ...any) *Identity {
		return identified(t, "api_request", append(slices.Clip(all), more...)...)
	}
	one := with().Redelivery()
	require.NotZero(t, one)
	require.Equal(t, one, with().Redelivery())
	require.Equal(t, one, with("cost_usd", 1).Redelivery(), "no other attribute counts")
	require.Equal(t, one, with("client_request_id", "c").Redelivery(), "request_id is preferred")
	require.Equal(t, one, with("event.sequence", "7").Redelivery(), "whatever its type")
	for key, value := range map[string]any{
		"session.id": "t", "event.timestamp": "2026-11-21T09:30:02.101Z", "event.sequence": 8, "request_id": "q", "prompt.id": "q",
	} {
		require.NotEqual(t, one, with(key, value).Redelivery(), key)
		require.NotEqual(t, one, with(key, "").Redelivery(), key)
	}
	require.NotEqual(t, one, identified(t, "api_error", all...).Redelivery())
	require.NotEqual(t, one, with().CountedOrZero())

	e := with().event
	e.scope.SetName(desktopScope)
	desktop := IdentityOf(e, e.Name())
	require.NotEqual(t, one, desktop.Redelivery())
	require.NotEqual(t, with().Counted(), desktop.Counted())
}

// CountedOrZero returns the digest of what counts by its id, 0 if nothing does.
func (id *Identity) CountedOrZero() uint64 {
	d, _ := id.CountedByID()
	return uint64(d)
}

// TestNoIdentity checks which records are always new.
func TestNoIdentity(t *testing.T) {
	check := func(want bool, kind string, pairs ...any) {
		t.Helper()
		require.Equal(t, want, identified(t, kind, pairs...).Redelivery() != 0)
	}
	check(true, "plugin_loaded", "event.timestamp", identityTime, "event.sequence", 0)
	check(false, "plugin_loaded", "event.timestamp", identityTime)
	check(false, "plugin_loaded", "event.sequence", 0)
	check(false, "plugin_loaded", "session.id", "s")
	check(true, "api_request", "request_id", "r")
	check(true, "tool_result", "tool_use_id", "t")
	check(false, "api_request", "session.id", "s", "event.sequence", 1)
	check(false, "api_error", "request_id", "r", "event.sequence", 1)
	check(true, "brand_new", "event.timestamp", identityTime, "event.sequence", 1)
}

// TestRecordTime checks that the time of the record is used where event.timestamp is
// missing, and that the time at which it was observed is not.
func TestRecordTime(t *testing.T) {
	check := func(want bool, set func(plog.LogRecord)) {
		t.Helper()
		id := identified(t, "plugin_loaded", "event.sequence", 1)
		set(id.event.rec)
		require.Equal(t, want, id.Redelivery() != 0)
	}
	check(true, func(rec plog.LogRecord) { rec.SetTimestamp(1) })
	check(false, func(rec plog.LogRecord) { rec.SetObservedTimestamp(1) })
}

// TestCounted checks what counts once, kind by kind.
func TestCounted(t *testing.T) {
	moment := func(sequence int) []any {
		return []any{"session.id", "s", "event.timestamp", identityTime, "event.sequence", sequence}
	}
	check := func(same bool, kind string, pairs ...any) {
		t.Helper()
		a := identified(t, kind, append(moment(1), pairs...)...).Counted()
		b := identified(t, kind, append(moment(2), pairs...)...).Counted()
		require.Equal(t, same, a == b && a != 0)
	}
	check(true, "user_prompt", "prompt.id", "p")
	check(true, "api_request", "request_id", "r")
	check(true, "api_request", "client_request_id", "r")
	check(true, "tool_decision", "tool_use_id", "t")
	check(true, "tool_result", "tool_use_id", "t")
	check(true, "cowork.prompt_summary", "prompt.id", "p", "cowork.prompt.part", 1)
	check(false, "api_request")
	check(false, "api_request", "request_id", "[REDACTED]")
	check(false, "tool_result", "tool_use_id", "[REDACTED_PHONE]")
	check(false, "api_error", "request_id", "r")
	check(false, "api_refusal", "request_id", "r")
	check(false, "assistant_response", "request_id", "r")
	check(false, "subagent_completed", "agent_id", "a")
	check(false, "plugin_loaded", "plugin.name", "p")

	part := func(n int) *Identity {
		return identified(t, "prompt_summary", "prompt.id", "p", "cowork.prompt.part", n)
	}
	require.NotEqual(t, part(0).Counted(), part(1).Counted())
	require.NotEqual(t, identified(t, "api_request", "request_id", "r", "session.id", "s").Counted(),
		identified(t, "api_request", "request_id", "r", "session.id", "other").Counted(), "an id belongs to its session")
	require.NotEqual(t, identified(t, "tool_decision", "tool_use_id", "t").Counted(), identified(t, "tool_result", "tool_use_id", "t").Counted())
	require.Zero(t, identified(t, "cowork.alert", moment(1)...).Counted(), "every alert record counts")

	session, d := identified(t, "plugin_loaded", moment(1)...).Session()
	require.Equal(t, "s", session)
	require.NotZero(t, d)
	_, d = identified(t, "plugin_loaded").Session()
	require.Zero(t, d)
}

// TestIdentityRules checks the table against the schema.
func TestIdentityRules(t *testing.T) {
	for name, rule := range identityRules {
		require.NotNil(t, KindOf(name), name)
		for _, key := range rule.attributes {
			require.NotNil(t, AttributeOf(key), key)
			require.Equal(t, Identifier, AttributeOf(key).Class, key)
		}
	}
}

// TestAllocIdentity checks that no identity allocates, also that of an unknown kind.
func TestAllocIdentity(t *testing.T) {
	unknown := identified(t, "brand_new", "event.timestamp", identityTime, "event.sequence", 7)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		id := IdentityOf(unknown.event, "brand_new")
		if id.Redelivery() != id.Counted() {
			t.Fatal("are different")
		}
	}))
	id := identified(t, "api_request", "session.id", "s", "event.timestamp", identityTime, "event.sequence", 7, "request_id", "r")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		id := IdentityOf(id.event, "api_request")
		if id.Redelivery() == id.Counted() {
			t.Fatal("are equal")
		}
	}))
}
