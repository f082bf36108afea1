package ocsf

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
	"github.com/cowork-otel/collector/internal/schema/schematest"
)

// documentLimit is what the JSON of a document can have at most: its texts, the keys of
// unmapped and the fixed parts, each byte escaped.
const documentLimit = 6 * (maxDocument + 64<<10)

// mapped maps one record that fill prepares.
func mapped(fill func(rec plog.LogRecord)) (m pcommon.Map, truncated bool) {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	sl := rl.ScopeLogs().AppendEmpty()
	rec := sl.LogRecords().AppendEmpty()
	fill(rec)
	m = pcommon.NewMap()
	truncated = Mapper{}.Map(m, cowork.EventOf(rl.Resource(), sl.Scope(), rec))
	return m, truncated
}

// TestBounds reaches each bound: the document is valid, is marked, and has what fits.
func TestBounds(t *testing.T) {
	facts := loadFacts(t)
	for name, fill := range map[string]func(rec plog.LogRecord){
		"text": func(rec plog.LogRecord) {
			rec.SetEventName("user_prompt")
			rec.Attributes().PutStr("prompt", strings.Repeat("ä", maxText))
		},
		"attributes": func(rec plog.LogRecord) {
			for i := range maxUnmapped + 1 {
				rec.Attributes().PutStr(fmt.Sprintf("a%d", i), "x")
			}
		},
		"document": func(rec plog.LogRecord) {
			for i := range 20 {
				rec.Attributes().PutStr(fmt.Sprintf("a%d", i), strings.Repeat("x", maxText))
			}
		},
		"list": func(rec plog.LogRecord) {
			list := rec.Attributes().PutEmptySlice("cowork.prompt.models")
			for range schema.MaxList + 1 {
				list.AppendEmpty().SetStr("m")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			m, truncated := mapped(fill)
			require.True(t, truncated)
			d := decode(t, m)
			require.Empty(t, facts.validate(d))
			require.Equal(t, true, d["metadata"].(map[string]any)["is_truncated"])
			data, err := json.Marshal(d)
			require.NoError(t, err)
			require.Less(t, len(data), documentLimit)
		})
	}
	_, truncated := mapped(func(rec plog.LogRecord) { rec.Attributes().PutStr("a", strings.Repeat("x", maxText)) })
	require.False(t, truncated)
}

// TestAttributesInBody checks that attributes in the body of the desktop app's records are
// in the document.
func TestAttributesInBody(t *testing.T) {
	m, _ := mapped(func(rec plog.LogRecord) {
		body := rec.Body().SetEmptyMap()
		body.PutStr("name", "never_seen")
		body.PutEmptyMap("attributes").PutStr("brand.new", "x")
	})
	require.Equal(t, map[string]any{"brand_new": "x"}, decode(t, m)["unmapped"])
}

// FuzzMap maps any event: the document is valid UTF-8, a valid OCSF event, and bounded.
func FuzzMap(f *testing.F) {
	f.Add("tool_result", "tool_name", "Bash", "tool_input", `{"command":"a\ud800"}`, int64(-1))
	f.Add("api_request", "model", "m", "input_tokens", "9223372036854775807", int64(1))
	f.Add("cowork.alert", "alert.severity", "\xff", "alert.tags", "T1059", int64(0))
	f.Add("auth", "action", "", "user.email", "a@b.c\n", int64(5))
	f.Add("\xff", "a.b", "x", "a_b", "y", int64(7))
	data := map[string]*facts{}
	f.Fuzz(func(t *testing.T, name, key1, value1, key2, value2 string, n int64) {
		if data[""] == nil {
			data[""] = loadFacts(t)
		}
		m, _ := mapped(func(rec plog.LogRecord) {
			rec.SetEventName(name)
			rec.SetTimestamp(pcommon.Timestamp(n))
			rec.Attributes().PutStr(key1, value1)
			rec.Attributes().PutStr(key2, value2)
			rec.Attributes().PutStr("tool_name", value1)
			rec.Attributes().PutStr("session.id", value2)
			rec.Attributes().PutInt("duration_ms", n)
			rec.Attributes().PutEmptyMap("map").PutStr(key1, value2)
			rec.Attributes().PutEmptySlice("alert.tags").AppendEmpty().SetStr(value1)
		})
		encoded, err := json.Marshal(m.AsRaw())
		require.NoError(t, err)
		require.True(t, utf8.Valid(encoded))
		require.Less(t, len(encoded), documentLimit)
		require.Empty(t, data[""].validate(decode(t, m)))
	})
}

// BenchmarkMap measures a document of a frequent kind.
func BenchmarkMap(b *testing.B) {
	ld, _ := schematest.Logs(b, `{"event.name":"tool_result","tool_name":"Bash","tool_use_id":"toolu_1","success":true,"duration_ms":12,"session.id":"s","prompt.id":"p","organization.id":"o","user.account_uuid":"u","event.timestamp":"2026-11-21T09:30:00Z","event.sequence":1,"tool_parameters":"{\"full_command\":\"ls -l\"}"}`)
	b.ReportAllocs()
	for b.Loop() {
		for e := range cowork.Events(ld) {
			Mapper{}.Map(pcommon.NewMap(), e)
		}
	}
}

// TestReceived checks that the time at which the collector received a record is
// processed_time. It was logged_time, which is when the final destination stored it.
func TestReceived(t *testing.T) {
	m, _ := mapped(func(rec plog.LogRecord) {
		rec.SetEventName("user_prompt")
		rec.SetObservedTimestamp(1_700_000_000_123_000_000)
	})
	metadata := m.AsRaw()["metadata"].(map[string]any)
	require.EqualValues(t, 1_700_000_000_123, metadata["processed_time"])
	require.NotContains(t, metadata, "logged_time")
}
