package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

func FuzzCoerce(f *testing.F) {
	for _, seed := range seeds(f) {
		f.Add(seed)
	}
	f.Add([]byte(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"kvlistValue":{}},"attributes":[{"key":"a"}]}]}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(data)
		if err != nil {
			if ld, err = (&plog.JSONUnmarshaler{}).UnmarshalLogs(data); err != nil {
				t.Skip("no OTLP")
			}
		}
		validator := NewValidator(Standard, []string{"department"})
		for e := range Events(ld) {
			readAll(e)
			before := readingOf(e, validator)
			Normalize(e)
			require.Equal(t, before, readingOf(e, validator), "normalizing changes how a record is written, not what it says")
		}
		once, err := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
		require.NoError(t, err)
		for e := range Events(ld) {
			Normalize(e)
			readAll(e)
		}
		twice, err := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
		require.NoError(t, err)
		require.Equal(t, once, twice, "normalizing is idempotent")
	})
}

// seeds are one recorded event of each kind, alone and with its texts cut: whole
// recordings hold bodies of 50 KB, on which the fuzzer would spend its time.
func seeds(f *testing.F) (list [][]byte) {
	f.Helper()
	known := map[string]bool{}
	for _, ld := range captured(f) {
		for e := range Events(ld) {
			if known[e.Name()] {
				continue
			}
			known[e.Name()] = true
			seed := plog.NewLogs()
			rl := seed.ResourceLogs().AppendEmpty()
			sl := rl.ScopeLogs().AppendEmpty()
			e.Scope().CopyTo(sl.Scope())
			rec := sl.LogRecords().AppendEmpty()
			e.Record().CopyTo(rec)
			for _, value := range rec.Attributes().All() {
				if text := value.Str(); len(text) > 64 {
					value.SetStr(text[:64])
				}
			}
			data, err := (&plog.ProtoMarshaler{}).MarshalLogs(seed)
			require.NoError(f, err)
			list = append(list, data)
		}
	}
	return list
}

// reading holds the values of the event, which Normalize must not change.
type reading struct {
	name, user, version string
	time                uint64
	content             bool
	problems            []Problem
	numbers             [4]any
}

func readingOf(e Event, validator *Validator) reading {
	r := reading{name: e.Name(), user: e.User(), version: e.ClientVersion(), content: ContentArrived(e)}
	r.problems = validator.Check(nil, e)
	if v, ok := e.Value(eventTimestamp); ok {
		t, _ := asTime(v)
		r.time = uint64(t)
	}
	tokens, _ := e.Int("input_tokens")
	cost, _ := e.Float("cost_usd")
	success, _ := e.Bool("success")
	sequence, _ := e.Sequence()
	r.numbers = [...]any{tokens, cost, success, sequence}
	return r
}
