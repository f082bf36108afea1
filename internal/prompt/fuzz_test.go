package prompt

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// FuzzRestore reads any bytes as a stored prompt, sealed as the tracker seals them so
// that they pass the checksum. A record that can be read can be used and stored again.
func FuzzRestore(f *testing.F) {
	tr := tracker(Settings{Durable: true, MaxOpen: 2})
	for _, id := range []string{"a", "b", "c", "d"} {
		tr.addAll(f, noon, request(1, "r", attributes{"prompt.id": id, "user.id": "u"}), eventOf("tool_result", 2, attributes{"prompt.id": id, "tool_name": "Bash"}))
	}
	d := disk{}
	d.checkpoint(tr, tr.Take(nil))
	for _, value := range d {
		f.Add(value[1 : len(value)-4])
	}
	f.Fuzz(func(t *testing.T, fields []byte) {
		_, err := decodeRecord(fields)
		if len(fields) > 0 && fields[0] != recordVersion {
			require.ErrorIs(t, err, errCorrupt)
		}
		w := fieldWriter(append([]byte{recordVersion}, fields...))
		data := w.seal()
		r, err := decodeRecord(data)
		if err != nil {
			return
		}
		key := r.storageKey()
		tr := tracker(durable)
		require.Empty(t, tr.Restore(noon, maps.All(disk{key: data})))
		tr.consistent(t)
		tr.addAll(t, noon, request(1, "r", nil))
		tr.Expire(noon.Add(time.Hour))
		traces := tr.Take(nil)
		Summaries(traces, func(pcommon.InstrumentationScope) {})
		again := disk{}
		again.checkpoint(tr, traces)
		again.restored(t, durable, noon)
	})
}

// FuzzAdd adds any record to a tracker with small bounds.
func FuzzAdd(f *testing.F) {
	for _, e := range []fixture{
		request(1, "r", nil), eventOf("user_prompt", 2, attributes{"user.groups": []any{"a", []any{"b"}}}),
		eventOf("tool_result", -1, attributes{"tool_name": "mcp__a__b", "tool_parameters": `{"skill_name":"x"}`}),
	} {
		ld := plog.NewLogs()
		e.view(f).Record().MoveTo(ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty())
		wire, err := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
		require.NoError(f, err)
		text, err := (&plog.JSONMarshaler{}).MarshalLogs(ld)
		require.NoError(f, err)
		f.Add(wire, "")
		f.Add([]byte{}, string(text))
	}
	f.Add([]byte{}, `{"resourceLogs":[{"resource":{"attributes":[{"key":"a","value":{"kvlistValue":null}},{"key":"b","value":{"arrayValue":null}},{"key":"c","value":{"bytesValue":null}},{"key":"d"}]},"scopeLogs":[{"logRecords":[{"attributes":[{"key":"prompt.id","value":{"stringValue":"x"}},{"key":"user.groups","value":{"kvlistValue":{}}}]}]}]}]}`)
	f.Fuzz(func(t *testing.T, wire []byte, text string) {
		tr := tracker(Settings{Durable: true, MaxOpen: 2, MaxClosed: 2, MaxDigests: 64, MaxTextBytes: 256})
		for range 2 {
			for _, ld := range unmarshaled(wire, text) {
				for e := range cowork.Events(ld) {
					tr.Add(noon, e)
				}
			}
			tr.consistent(t)
		}
		d := disk{}
		d.checkpoint(tr, nil)
		d.restored(t, tr.set, noon)
		traces := tr.closeAll()
		for _, trace := range traces {
			for count, n := range trace.Sums {
				require.GreaterOrEqual(t, n, int64(0), "%v", count)
			}
			require.LessOrEqual(t, trace.Start, trace.End)
		}
		Summaries(traces, func(pcommon.InstrumentationScope) {})
	})
}

func unmarshaled(wire []byte, text string) (all []plog.Logs) {
	if ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(wire); err == nil {
		all = append(all, ld)
	}
	if ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs([]byte(text)); err == nil {
		all = append(all, ld)
	}
	return all
}
