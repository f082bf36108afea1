package ecs

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// FuzzMap maps any event: it is valid, bounded, and valid UTF-8.
func FuzzMap(f *testing.F) {
	f.Add("tool_result", "tool_name", "Bash", "tool_input", `{"command":"a\ud800"}`, int64(-1))
	f.Add("api_request", "model", "m", "input_tokens", "9223372036854775807", int64(1))
	f.Add("cowork.alert", "alert.severity", "\xff", "alert.tags", "attack.t1059.001", int64(0))
	f.Add("tool_decision", "decision", "reject", "os.type", "plan9", int64(5))
	f.Add("\xff", "a.b", "x", "a_b", "y", int64(7))
	var loaded *facts
	f.Fuzz(func(t *testing.T, name, key1, value1, key2, value2 string, n int64) {
		if loaded == nil {
			loaded = new(loadFacts(t))
		}
		ld := plog.NewLogs()
		rl := ld.ResourceLogs().AppendEmpty()
		sl := rl.ScopeLogs().AppendEmpty()
		rec := sl.LogRecords().AppendEmpty()
		rec.SetEventName(name)
		rec.SetTimestamp(pcommon.Timestamp(n))
		rec.Attributes().PutStr(key1, value1)
		rec.Attributes().PutStr(key2, value2)
		rec.Attributes().PutStr("tool_name", value1)
		rec.Attributes().PutStr("error", strings.Repeat(value2, 3))
		rec.Attributes().PutInt("duration_ms", n)
		rec.Attributes().PutInt("input_tokens", n)
		rec.Attributes().PutEmptyMap("map").PutStr(key1, value2)
		tags := rec.Attributes().PutEmptySlice("alert.tags")
		tags.AppendEmpty().SetStr(value1)
		tags.AppendEmpty().SetStr(value2)
		m := pcommon.NewMap()
		Mapper{}.Map(m, cowork.EventOf(rl.Resource(), sl.Scope(), rec))
		require.Empty(t, loaded.problems(m))
		require.LessOrEqual(t, m.Len(), maxFields+len(Fields()))
		for field, value := range m.All() {
			require.True(t, utf8.ValidString(field))
			for _, text := range textsOf(value) {
				require.True(t, utf8.ValidString(text), field)
				require.LessOrEqual(t, len(text), maxText, field)
			}
		}
	})
}
