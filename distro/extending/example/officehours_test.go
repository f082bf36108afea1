package officehours

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"
)

func TestMark(t *testing.T) {
	f, sink := NewFactory(), &consumertest.LogsSink{}
	p, err := f.CreateLogs(t.Context(), processortest.NewNopSettings(f.Type()), f.CreateDefaultConfig(), sink)
	require.NoError(t, err)
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, hour := range []int{7, 8, 17, 18} {
		records.AppendEmpty().SetTimestamp(pcommon.NewTimestampFromTime(time.Date(2026, 11, 30, hour, 59, 0, 0, time.UTC)))
	}
	require.NoError(t, p.ConsumeLogs(t.Context(), ld))
	var got []bool
	for _, rec := range sink.AllLogs()[0].ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().All() {
		v, _ := rec.Attributes().Get("office_hours")
		got = append(got, v.Bool())
	}
	require.Equal(t, []bool{false, true, true, false}, got)
}

func TestValidate(t *testing.T) {
	check := func(from, to int, valid bool) {
		t.Helper()
		cfg := NewFactory().CreateDefaultConfig()
		require.NoError(t, confmap.NewFromStringMap(map[string]any{"from": from, "to": to}).Unmarshal(cfg))
		require.Equal(t, valid, confmap.Validate(cfg) == nil)
	}
	check(8, 18, true)
	check(0, 24, true)
	check(18, 8, false)
	check(8, 25, false)
	check(-1, 8, false)
}
