package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

func FuzzCoerce(f *testing.F) {
	for _, ld := range captured(f) {
		data, err := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
		require.NoError(f, err)
		f.Add(data)
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
			ContentArrived(e)
			validator.Check(nil, e)
			Normalize(e)
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

// readAll asks an event everything, and returns something that depends on it.
func readAll(e Event) (n int) {
	n = len(e.Name()) + len(e.PromptID()) + len(e.SessionID()) + len(e.ClientVersion()) + len(e.User()) + int(e.Time())
	for name := range dimensions {
		n += len(e.Dimension(name))
	}
	for _, key := range []string{"duration_ms", "success", "cost_usd", "tool_parameters", "prompt"} {
		i, _ := e.Int(key)
		f, _ := e.Float(key)
		b, _ := e.Bool(key)
		if b && f > 0 {
			n += int(i)
		}
	}
	return n + readViews(e)
}

func readViews(e Event) (n int) {
	if r, ok := APIRequestOf(e); ok {
		cost, _ := r.CostMicros()
		usd, _ := r.CostUSD()
		d, _ := r.Duration()
		in, _ := r.InputTokens()
		n += int(cost) + int(usd) + int(d) + int(in) + len(r.Model()) + len(r.RequestID()) + len(r.QuerySource())
	}
	if r, ok := ToolResultOf(e); ok {
		if success, _ := r.Success(); success {
			n++
		}
		n += len(r.Tool()) + len(r.Connector()) + len(r.ToolUseID()) + len(r.ErrorType())
	}
	if d, ok := ToolDecisionOf(e); ok && d.Rejected() {
		n += len(d.Source())
	}
	return n
}
