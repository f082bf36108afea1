package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

// TestCalendarIsLocal checks hours and days in zones with half-hour offsets, and when clocks
// change.
func TestCalendarIsLocal(t *testing.T) {
	check := func(name, at, hour, day string, ofDay int) {
		t.Helper()
		z := zone(t, name)
		c := calendar{zone: z}
		parse := func(s string) int64 {
			t.Helper()
			parsed, err := time.Parse(time.RFC3339, s)
			require.NoError(t, err)
			return parsed.Unix()
		}
		for range 2 { // the second one is cached
			locate, h := c.locate(parse(at))
			require.Equal(t, parse(hour), locate[hourly], "hour in %s", name)
			require.Equal(t, parse(day), locate[daily], "day in %s", name)
			require.Equal(t, ofDay, h)
		}
	}
	check("UTC", "2026-11-21T12:34:56Z", "2026-11-21T12:00:00Z", "2026-11-21T00:00:00Z", 12)
	check("Asia/Kolkata", "2026-11-21T18:45:00Z", "2026-11-21T18:30:00Z", "2026-11-21T18:30:00Z", 0)
	check("Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z", "2026-10-24T22:00:00Z", 2)
	check("Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z", "2026-10-24T22:00:00Z", 2)
	check("America/Santiago", "2026-09-06T12:30:00Z", "2026-09-06T12:00:00Z", "2026-09-06T04:00:00Z", 9) // begins at 01:00
	check("America/Santiago", "2026-09-05T12:30:00Z", "2026-09-05T12:00:00Z", "2026-09-05T04:00:00Z", 8)
	check("Europe/Berlin", "2026-10-25T23:30:00Z", "2026-10-25T23:00:00Z", "2026-10-25T23:00:00Z", 0)
}

func TestSpans(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	kept := noon.AddDate(0, 0, -14)
	check := func(from, to time.Time, g grain, slots int, first, prior string) {
		t.Helper()
		s := spanOf(report.Filter{From: from, To: to}, berlin, kept)
		require.Equal(t, g, s.grain)
		require.Len(t, s.slots, slots)
		require.Equal(t, first, time.Unix(s.from, 0).In(berlin).Format(time.DateTime))
		require.Equal(t, prior, time.Unix(s.prior, 0).In(berlin).Format(time.DateTime))
	}
	check(noon.Add(-24*time.Hour), noon, hourly, 24, "2026-11-20 13:00:00", "2026-11-19 13:00:00")
	check(noon.Add(-24*time.Hour-time.Minute), noon, hourly, 25, "2026-11-20 12:00:00", "2026-11-19 11:00:00")
	check(noon.AddDate(0, 0, -7), noon, hourly, 7*24, "2026-11-14 13:00:00", "2026-11-07 13:00:00")
	check(noon.AddDate(0, 0, -8), noon, daily, 9, "2026-11-13 00:00:00", "2026-11-04 00:00:00")
	check(noon.AddDate(0, 0, -30), noon, daily, 31, "2026-10-22 00:00:00", "2026-09-21 00:00:00")
	check(noon, noon, hourly, 0, "2026-11-21 13:00:00", "2026-11-21 13:00:00")
	check(noon.AddDate(-30, 0, 0), noon, daily, maxSlots, "1996-11-21 00:00:00", "1985-12-09 00:00:00")
}

// TestAnswerRange checks that an answer has the time range that it covers.
func TestAnswerRange(t *testing.T) {
	s := openStore(t, DefaultSettings())
	s.kept.Store(noon.AddDate(0, 0, -14).UnixNano())
	check := func(from, to time.Time, hours float64) {
		t.Helper()
		table, err := s.Answer(t.Context(), report.Panel{Query: "select 1"}, report.Filter{From: from, To: to})
		require.NoError(t, err)
		require.InDelta(t, hours, table.To.Sub(table.From).Hours(), 1e-9)
		require.False(t, table.From.After(from) || table.To.Before(to))
	}
	check(noon.Add(-90*time.Minute), noon.Add(-30*time.Minute), 2)
	check(noon.AddDate(0, 0, -40), noon.AddDate(0, 0, -40).Add(time.Hour), 24)
}

// TestSpanAcrossADayWithoutMidnight did not get past the day on which clocks are put
// forward at midnight: it had 4,000 slots of the day before.
func TestSpanAcrossADayWithoutMidnight(t *testing.T) {
	santiago := zone(t, "America/Santiago")
	from := time.Date(2026, 8, 31, 0, 0, 0, 0, santiago)
	s := spanOf(report.Filter{From: from, To: report.StartOfDay(from, 91)}, santiago, from)
	require.Equal(t, daily, s.grain)
	require.Len(t, s.slots, 91)
	days := map[int64]bool{}
	for i, sl := range s.slots {
		require.Equal(t, sl.at, sl.day)
		require.Equal(t, report.StartOfDay(from, i).Unix(), sl.at)
		days[sl.day] = true
	}
	require.Len(t, days, 91)
	require.Equal(t, report.StartOfDay(from, 91).Unix(), s.to)
	require.Equal(t, report.StartOfDay(from, -91).Unix(), s.prior)
}
