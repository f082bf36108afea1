package details

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/internal/cowork"
)

// eventOf returns an event.
func eventOf(kind string, attrs map[string]any) cowork.Event {
	for e := range cowork.Events(eventtest.Logs(eventtest.Event{Kind: kind, At: time.Unix(1795262400, 0), Attrs: attrs})) {
		return e
	}
	panic("no event")
}

// TestStepsSeparateContent compares the table of steps with the schema: no detail is
// content, and all contents are.
func TestStepsSeparateContent(t *testing.T) {
	dimensions := []string{"model", "tool", "connector", "skill", "plugin", "agent"}
	for kind, k := range stepKinds {
		require.NotNil(t, cowork.KindOf(kind), "%s is a kind", kind)
		for _, name := range append([]string{k.name}, k.details...) {
			if name == "" || slices.Contains(dimensions, name) {
				continue
			}
			attribute := cowork.AttributeOf(name)
			require.NotNil(t, attribute, "%s: %s is no attribute of the schema", kind, name)
			require.NotEqual(t, cowork.Content, attribute.Class, "%s: %s", kind, name)
			require.NotEqual(t, cowork.Personal, attribute.Class, "%s: %s", kind, name)
		}
		for _, name := range k.contents {
			require.Equal(t, cowork.Content, cowork.AttributeOf(name).Class, "%s: %s", kind, name)
		}
	}
	for kind, keys := range contentOf {
		for _, key := range keys {
			require.Equal(t, cowork.Content, cowork.AttributeOf(key).Class, "%s: %s", kind, key)
		}
	}
}

// TestStepDetails checks that the details of a step are a JSON object for any text.
func TestStepDetails(t *testing.T) {
	for _, text := range []string{"", "plain", `a"b\c`, "\n\x00\x7f", "é\u2028", "\xff", strings.Repeat("é", 1000)} {
		s := StepKindOf("tool_decision").Step(eventOf("tool_decision", map[string]any{
			"decision": "reject", "source": text, "permission_mode": text, "tool_use_id": "t",
		}), "tool_decision", ContentLimit{})
		var object map[string]string
		require.NoError(t, json.Unmarshal([]byte(s.Details), &object), s.Details)
		require.Equal(t, "t", object["tool_use_id"])
		require.Equal(t, Shorten(text), object["source"])
	}
}

// TestDecisions checks that rejected calls failed, and accepted ones did not.
func TestDecisions(t *testing.T) {
	step := StepKindOf("tool_decision").Step(eventOf("tool_decision", map[string]any{"decision": "accept", "source": "config"}), "tool_decision", ContentLimit{})
	require.False(t, step.Failed)
	step = StepKindOf("tool_decision").Step(eventOf("tool_decision", map[string]any{"decision": "reject", "source": "hook"}), "tool_decision", ContentLimit{})
	require.True(t, step.Failed)
	require.Equal(t, "rejected by hook", step.Reason)
	require.Nil(t, StepKindOf("auth"))
}

// TestDuration checks durations that a step cannot have.
func TestDuration(t *testing.T) {
	for value, want := range map[any]time.Duration{1500: 1500 * time.Millisecond, "2": 2 * time.Millisecond, -1: 0, "soon": 0, 1e12: 0, "": 0} {
		require.Equal(t, want, StepKindOf("api_request").Duration(eventOf("api_request", map[string]any{"duration_ms": value})), "%v", value)
	}
	require.Zero(t, StepKindOf("mcp_server_connection").Duration(eventOf("mcp_server_connection", map[string]any{"duration_ms": 5})), "it ends now")
}

// TestShorten checks that a text is stored as valid UTF-8 of a bounded length.
func TestShorten(t *testing.T) {
	require.Equal(t, "plain", Shorten("plain"))
	require.Equal(t, "a?b", Shorten("a\x00b"))
	for _, text := range []string{strings.Repeat("é", MaxBytes), "a" + strings.Repeat("é", MaxBytes)} {
		short := Shorten(text)
		require.True(t, utf8.ValidString(short))
		require.LessOrEqual(t, len(short), MaxBytes)
		require.GreaterOrEqual(t, len(short), MaxBytes-1)
	}
	require.Equal(t, "?", Shorten(strings.Repeat("\xff", 500)))
}

// TestAlertWithoutFingerprint checks that the name of an alert identifies it, and that a
// record without both is none.
func TestAlertWithoutFingerprint(t *testing.T) {
	require.Nil(t, AlertOf(eventOf("cowork.alert", nil)))
	a := AlertOf(eventOf("cowork.alert", map[string]any{
		"alert.name": "slow_tool", "connector": "crm", "user": "alice", "tool": 5, "model": "(none)",
		"alert.starts_at": "2026-11-21T11:50:00Z", "alert.ends_at": "0001-01-01T00:00:00Z",
	}))
	require.Equal(t, &Alert{Fingerprint: "slow_tool", Name: "slow_tool", Group: "user alice, model (none), connector crm", User: "alice", Connector: "crm", Starts: 1795261800}, a)
}

// TestTextsOfSenders checks the limit of texts, of each thing that is counted.
func TestTextsOfSenders(t *testing.T) {
	var counter Counter
	var counts Counts
	for i := range maxTexts + 5 {
		counter.Add(&counts, eventOf("compaction", map[string]any{"service.name": fmt.Sprintf("service %d", i)}), "compaction", 20261121, 1)
	}
	services := map[string]int64{}
	for _, row := range counts.Rows() {
		if row[1] == CountedServices {
			services[row[2].(string)] = row[4].(int64)
		}
	}
	require.Len(t, services, maxTexts+1)
	require.Equal(t, int64(5), services[otherTexts])
	require.Equal(t, int64(5), counter.Dropped)
	counter.Add(&counts, eventOf("compaction", map[string]any{"service.name": "service 0"}), "compaction", 20261121, 1)
	require.Equal(t, int64(5), counter.Dropped, "a known text")
}

// TestMaxRows checks the limit of the rows that wait for a commit.
func TestMaxRows(t *testing.T) {
	var counter Counter
	var counts Counts
	e := eventOf("compaction", nil)
	for day := int64(1); counter.Dropped == 0; day++ {
		require.LessOrEqual(t, day, int64(maxRows))
		counter.Add(&counts, e, "compaction", day, 1)
	}
	require.Equal(t, maxRows, len(counts.rows)+len(counts.attributes))
	rows := counts.Rows()
	require.True(t, slices.IsSortedFunc(rows, func(a, b []any) int { return int(a[0].(int64) - b[0].(int64)) }))
	counts = Counts{}
	require.True(t, counts.Empty())
	require.Empty(t, counts.Rows())
	counter.Add(&counts, e, "compaction", 1, 1)
	require.False(t, counts.Empty())
}

// TestMaxReports checks the limit of the reports of one event.
func TestMaxReports(t *testing.T) {
	var reports []any
	for i := range 2 * maxReports {
		reports = append(reports, fmt.Sprintf("attribute_%d", i))
	}
	n := 0
	unknownOf(eventOf("compaction", map[string]any{"cowork.redaction.unknown_attributes": reports}), func(string) { n++ })
	require.Equal(t, maxReports, n)
}

// TestManyClocks checks that the set of sessions with wrong clocks is bounded: the oldest
// are forgotten.
func TestManyClocks(t *testing.T) {
	var counter Counter
	for i := range 8 * maxClocks {
		require.True(t, counter.isNewClock(strconv.Itoa(i), LateClock, 1))
	}
	require.False(t, counter.isNewClock(strconv.Itoa(7*maxClocks), LateClock, 1))
	require.GreaterOrEqual(t, counter.clocks.Len(), maxClocks)
	require.Less(t, counter.clocks.Len(), 8*maxClocks)
}
