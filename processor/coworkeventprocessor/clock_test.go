package coworkeventprocessor

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadatatest"
)

// aged returns a batch with an event of a session that is older than its arrival.
func aged(session string, age time.Duration) plog.Logs {
	return event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		rec.Attributes().PutStr("session.id", session)
		rec.Attributes().PutStr("event.timestamp", time.Now().Add(-age).UTC().Format(time.RFC3339Nano))
	})
}

// TestClocks marks and counts clients with wrong clocks, and late events. No alert and
// no figure showed them.
func TestClocks(t *testing.T) {
	ahead := aged("fast", -time.Hour)
	aged("fast", -time.Hour).ResourceLogs().MoveAndAppendTo(ahead.ResourceLogs())
	out, tel := run(t, defaults, aged("right", 0), aged("right", 2*time.Hour), aged("slow", 6*time.Minute), ahead, aged("slow", 6*time.Minute))
	value := func(i int, key string) int64 {
		v, ok := record(out[i]).Attributes().Get(key)
		if !ok {
			return 0
		}
		return v.Int()
	}
	const minute = int64(60_000)
	for i, want := range []struct{ skew, delay int64 }{{0, 0}, {0, 120}, {6, 0}, {-60, 0}, {6, 0}} {
		require.InDelta(t, want.skew*minute, value(i, "cowork.clock_skew_ms"), float64(minute), "batch %d", i)
		require.InDelta(t, want.delay*minute, value(i, "cowork.delivery_delay_ms"), float64(minute), "batch %d", i)
	}
	points := func(ahead, behind, late int64) (list []metricdata.DataPoint[int64]) {
		for reason, n := range map[string]int64{"ahead": ahead, "behind": behind, "late": late} {
			list = append(list, point(n, attribute.String("reason", reason))...)
		}
		return list
	}
	metadatatest.AssertEqualProcessorCoworkEventMisdated(t, tel, points(2, 2, 1), ignoreTime)
	metadatatest.AssertEqualProcessorCoworkEventMisdatedSessions(t, tel, points(1, 1, 1), ignoreTime)
}

// TestClocksOfDroppedEvents drops events of a batch that is late. The latest times are
// read before.
func TestClocksOfDroppedEvents(t *testing.T) {
	batch := event(invalid)
	records := aged("slow", 6*time.Minute).ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
	records.MoveAndAppendTo(batch.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords())
	out, _ := run(t, func(c *Config) { c.OnInvalid = ActionDrop }, batch)
	require.Equal(t, 1, out[0].LogRecordCount())
	_, ok := record(out[0]).Attributes().Get("cowork.clock_skew_ms")
	require.True(t, ok)
}

// TestNormalizeOffLeavesTimes writes no marks.
func TestNormalizeOffLeavesTimes(t *testing.T) {
	out, _ := run(t, func(c *Config) { c.Normalize = false }, aged("slow", 6*time.Minute))
	_, ok := record(out[0]).Attributes().Get("cowork.clock_skew_ms")
	require.False(t, ok)
}

// TestClocksEvicted counts the sessions that the table of clocks dropped.
func TestClocksEvicted(t *testing.T) {
	batch := plog.NewLogs()
	for i := range 2*16384 + 1 {
		aged("s"+strconv.Itoa(i), 0).ResourceLogs().MoveAndAppendTo(batch.ResourceLogs())
	}
	_, tel := run(t, defaults, batch, aged("another", 0))
	metadatatest.AssertEqualProcessorCoworkEventClocksEvicted(t, tel, point(0), ignoreTime, metricdatatest.IgnoreValue())
}
