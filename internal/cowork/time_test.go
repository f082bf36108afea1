package cowork

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"pgregory.net/rapid"
)

// TestTimeForms reads the forms of ISO 8601 that are not RFC 3339. They were not read,
// and such records had no time at all.
func TestTimeForms(t *testing.T) {
	const want = "2026-11-29T01:38:27.245Z"
	for _, form := range []any{
		want, "2026-11-29T01:38:27.245", "2026-11-29 01:38:27.245Z", "2026-11-29 01:38:27.245", "2026-11-29t01:38:27.245z",
		"2026-11-28T20:38:27.245-0500", "2026-11-29T03:38:27.245+0200", "2026-11-29T03:38:27.245+02", "2026-11-29 03:38:27.245 +02:00",
		"2026-11-29T01:38:27,245Z", "2026-11-29 01:38:27,245", "2026-11-29 01:38:27.245 UTC", "20261129T013827.245Z", "20261129T033827,245+0200",
		" 2026-11-29T01:38:27.245Z ", 1795916307245, "1795916307245", 1795916307245000, 1795916307245000000, 1795916307245.0,
	} {
		e := eventOf(t, map[string]any{"event.name": "user_prompt", "event.timestamp": form})
		require.Empty(t, SetMissingTime(normalized(e), 1), "%v", form)
		require.Equal(t, want, e.Record().Timestamp().AsTime().Format(time.RFC3339Nano), "%v", form)
		require.Equal(t, want, e.text(eventTimestamp), "%v: one form in the output", form)
		require.NotContains(t, NewValidator(Minimal, nil).Check(nil, e), Problem{eventTimestamp, NotTimestamp}, "%v", form)
	}
	e := normalized(eventOf(t, map[string]any{"event.timestamp": "2026-11-29T03:38:27+02:00"}))
	require.Equal(t, "2026-11-29T03:38:27+02:00", e.text(eventTimestamp), "RFC 3339 remains as it is")
	e = normalized(eventOf(t, map[string]any{"event.timestamp": "2026-11-29 03:38+02"}))
	require.Equal(t, "2026-11-29T01:38:00.000Z", e.text(eventTimestamp))
	e = normalized(eventOf(t, map[string]any{"event.timestamp": 1795916307}))
	require.Equal(t, "2026-11-29T01:38:27.000Z", e.text(eventTimestamp))
}

// TestTimesInOtherUnits reads the time of a record that is not in nanoseconds. Such records
// kept a time of 1970 in files and backends.
func TestTimesInOtherUnits(t *testing.T) {
	event := time.Date(2026, 11, 29, 1, 38, 27, 245e6, time.UTC)
	for _, c := range []struct {
		record int64
		isRead bool
	}{
		{event.Unix(), true},
		{event.UnixMilli(), true},
		{event.UnixMicro(), true},
		{event.Add(-time.Minute).UnixMilli(), true},
		{event.Add(-48 * time.Hour).UnixMilli(), false}, // another time
		{int64(20 * time.Minute), false},                // a clock that began in 1970
		{1, false},
		{event.Add(-48 * time.Hour).UnixNano(), false},
	} {
		e := eventOf(t, map[string]any{"event.name": "user_prompt", "event.timestamp": "2026-11-29T01:38:27.245Z"})
		e.Record().SetTimestamp(pcommon.NewTimestampFromTime(time.Unix(0, c.record)))
		want := time.Unix(0, c.record).UTC()
		if c.isRead {
			want = event
		}
		require.Equal(t, want, e.Time().AsTime(), "%v", c)
		require.Equal(t, want, normalized(e).Record().Timestamp().AsTime(), "%v", c)
	}
}

func TestNoTimes(t *testing.T) {
	for _, form := range []any{
		"now", "2026-11-29", "2026-13-29T01:38:27Z", "2026-11-31T01:38:27", "2026-11-29T25:38:27", "2026-11-29T01:38:27+2", "2026-11-29T01:38:27*0200",
		"1969-12-31T23:59:59", "2300-01-01 00:00:00", "T", " ", "2026-11-29T01:38:27.24x", "2026-11-29T1:2", 12, -1795916307, "99999999999999999999",
		"2026-11-29T01:38:27.24500000000000000000000000000Z", true,
	} {
		e := normalized(eventOf(t, map[string]any{"event.timestamp": form}))
		require.Zero(t, e.Record().Timestamp(), "%v", form)
		require.Contains(t, NewValidator(Minimal, nil).Check(nil, e), Problem{eventTimestamp, NotTimestamp}, "%v", form)
	}
}

func normalized(e Event) Event {
	Normalize(e)
	return e
}

// TestTimeFormsOfAnyTime writes any time in several forms and reads it back.
func TestTimeFormsOfAnyTime(t *testing.T) {
	layouts := []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05,000000000Z0700", "20060102T150405.000000000Z07",
		"2006-01-02t15:04:05.000000000 Z07:00",
	}
	rapid.Check(t, func(rt *rapid.T) {
		want := pcommon.Timestamp(rapid.Int64Range(int64(time.Second), maxUnix*int64(time.Second)-1).Draw(rt, "ns"))
		text := want.AsTime().UTC().Format(rapid.SampledFrom(layouts).Draw(rt, "layout"))
		got, ok := parseTime(text)
		require.True(rt, ok, text)
		require.Equal(rt, want, got, text)
		again, ok := parseTime(formatTime(want))
		require.True(rt, ok && isRFC3339(formatTime(want)))
		require.Equal(rt, want, again)
	})
}

// TestMissingTime marks records that came without a time.
func TestMissingTime(t *testing.T) {
	const arrival, observed = 2e18, 1.9e18
	e := eventOf(t, map[string]any{"event.name": "user_prompt"})
	require.Equal(t, TimeArrival, SetMissingTime(e, arrival))
	require.EqualValues(t, arrival, e.Time())
	require.Equal(t, TimeArrival, e.text(timeSource))

	e = eventOf(t, map[string]any{"event.name": "user_prompt"})
	e.Record().SetObservedTimestamp(observed)
	require.Equal(t, TimeObserved, SetMissingTime(e, arrival))
	require.EqualValues(t, observed, e.Time())
	require.Equal(t, TimeObserved, e.text(timeSource))

	e.Record().SetTimestamp(observed)
	require.Empty(t, SetMissingTime(e, arrival))
	require.Equal(t, TimeObserved, e.text(timeSource), "the mark of an earlier collector remains")
}
