package cowork

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"pgregory.net/rapid"
)

// TestIntSpellings reads every whole number back from its spellings. As a double it
// can be read only while doubles are that fine.
func TestIntSpellings(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.Int64().Draw(rt, "n")
		spellings := []any{n, strconv.FormatInt(n, 10)}
		if -maxExact <= n && n <= maxExact {
			f := float64(n)
			spellings = append(spellings, f, strconv.FormatFloat(f, 'e', -1, 64), strconv.FormatInt(n, 10)+".0")
		}
		for _, spelling := range spellings {
			got, ok := eventOf(t, map[string]any{"k": spelling}).Int("k")
			require.True(rt, ok, "%T %v", spelling, spelling)
			require.Equal(rt, n, got, "%T %v", spelling, spelling)
		}
	})
}

func TestFloatSpellings(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := rapid.Float64().Draw(rt, "f")
		for _, spelling := range []any{f, strconv.FormatFloat(f, 'g', -1, 64), strconv.FormatFloat(f, 'f', -1, 64)} {
			got, ok := eventOf(t, map[string]any{"k": spelling}).Float("k")
			require.Equal(rt, !math.IsNaN(f) && !math.IsInf(f, 0), ok, "%T %v", spelling, spelling)
			if ok {
				require.Equal(rt, math.Float64bits(f), math.Float64bits(got), "%T %v", spelling, spelling)
			}
		}
	})
}

func TestBoolSpellings(t *testing.T) {
	for _, want := range []bool{true, false} {
		digit, word := map[bool]int{true: 1, false: 0}[want], strconv.FormatBool(want)
		for _, spelling := range []any{want, digit, float64(digit), strconv.Itoa(digit), word, strings.ToUpper(word)} {
			got, ok := eventOf(t, map[string]any{"k": spelling}).Bool("k")
			require.True(t, ok, "%T %v", spelling, spelling)
			require.Equal(t, want, got, "%T %v", spelling, spelling)
		}
	}
}

// TestAnythingUnderKnownKeys puts any value under the keys that are read, twice too,
// on the record, in its body and on its resource: reading and normalizing are total,
// and normalizing changes neither what is read nor, done again, the record.
func TestAnythingUnderKnownKeys(t *testing.T) {
	keys := names(`event.name event.timestamp event.sequence session.id prompt.id user.email user.id service.name
		service.version duration_ms success cost_usd cost_usd_micros input_tokens status_code attempt tool_name
		tool_parameters mcp_server.name prompt response error safe_mode model decision source name attributes`)
	kinds := []string{"", "api_request", "tool_result", "tool_decision", "claude_code.user_prompt", "cowork.alert", "brand_new", "no name"}
	validator := NewValidator(Standard, []string{"department", "prompt"})
	rapid.Check(t, func(rt *rapid.T) {
		ld := plog.NewLogs()
		rl := ld.ResourceLogs().AppendEmpty()
		sl := rl.ScopeLogs().AppendEmpty()
		sl.Scope().SetName(rapid.SampledFrom([]string{"", eventsScope, desktopScope}).Draw(rt, "scope"))
		rec := sl.LogRecords().AppendEmpty()
		rec.SetEventName(rapid.SampledFrom(kinds).Draw(rt, "kind"))
		fill(rt, rl.Resource().Attributes(), keys)
		fill(rt, rec.Attributes(), keys)
		setAny(rt, rec.Body())
		if rapid.Bool().Draw(rt, "desktop") {
			fill(rt, rec.Body().SetEmptyMap().PutEmptyMap("attributes"), keys)
		}
		ld = repeatKeys(rt, ld, keys)
		for e := range Events(ld) {
			unread += readAll(e)
			before := readingOf(e, validator)
			Normalize(e)
			require.Equal(rt, before, readingOf(e, validator))
		}
		once := marshal(rt, ld)
		for e := range Events(ld) {
			Normalize(e)
		}
		require.Equal(rt, once, marshal(rt, ld))
	})
}

// twin is a key of the same length, which repeatKeys turns into the key itself: a map
// takes a key twice only from the wire.
func twin(key string) string { return key[:len(key)-1] + "\x01" }

func repeatKeys(t require.TestingT, ld plog.Logs, keys []string) plog.Logs {
	data := marshal(t, ld)
	for _, key := range keys {
		data = bytes.ReplaceAll(data, []byte(twin(key)), []byte(key))
	}
	ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(data)
	require.NoError(t, err)
	return ld
}

func TestRepeatedKeys(t *testing.T) {
	e := eventOf(t, nil)
	e.Record().Attributes().PutStr("model", "undefined")
	e.Record().Attributes().PutStr(twin("model"), "m")
	for e := range Events(repeatKeys(t, newLogsOf(e), []string{"model"})) {
		require.Equal(t, 2, e.Record().Attributes().Len())
		require.Equal(t, "m", e.text("model"), "the first that is present")
	}
}

// newLogsOf returns a batch with a copy of one record.
func newLogsOf(e Event) plog.Logs {
	ld := plog.NewLogs()
	e.Record().CopyTo(ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty())
	return ld
}

func marshal(t require.TestingT, ld plog.Logs) []byte {
	data, err := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
	require.NoError(t, err)
	return data
}

// fill adds entries to a map, some of them under keys that repeatKeys duplicates.
func fill(rt *rapid.T, m pcommon.Map, keys []string) {
	for range rapid.IntRange(0, 6).Draw(rt, "entries") {
		key := rapid.SampledFrom(keys).Draw(rt, "key")
		if _, ok := m.Get(key); ok {
			key = twin(key)
		}
		setAny(rt, m.PutEmpty(key))
	}
}

// setAny sets a value to any type.
func setAny(rt *rapid.T, v pcommon.Value) {
	texts := []string{
		"", "undefined", "true", "FALSE", "1", "12.0", "1e3", "-1", "1e400", "NaN", "<REDACTED>", "[REDACTED_EMAIL]", "tool_result",
		"claude_code.api_error", "2026-11-21T02:43:52.356Z", `{"mcp_server_name":"crm"}`, `{"full_command":`, "{}", "mcp__crm__send", "\xff",
	}
	switch rapid.IntRange(0, 8).Draw(rt, "type") {
	case 0:
		v.SetInt(rapid.Int64().Draw(rt, "int"))
	case 1:
		v.SetDouble(rapid.Float64().Draw(rt, "double"))
	case 2:
		v.SetBool(rapid.Bool().Draw(rt, "bool"))
	case 3:
		v.SetEmptyBytes().FromRaw([]byte("tool_result"))
	case 4:
		v.SetEmptySlice().AppendEmpty().SetStr("tool_result")
	case 5:
		v.SetEmptyMap().PutStr("mcp_tool_name", "send")
	case 6: // stays empty
	default:
		v.SetStr(rapid.SampledFrom(texts).Draw(rt, "text"))
	}
}
