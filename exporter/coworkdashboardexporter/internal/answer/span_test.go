package answer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// zones are zones with half hours, and with changes of clocks at midnight.
var zones = []string{
	"America/Santiago", "America/Havana", "Atlantic/Azores", "Australia/Lord_Howe",
	"Africa/Cairo", "Asia/Beirut", "Europe/Berlin", "Asia/Kolkata",
}

func drawSpan(t *rapid.T) (span, report.Filter) {
	zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	require.NoError(t, err)
	from := time.Unix(1_740_000_000+rapid.Int64Range(0, 3*365*24*3600).Draw(t, "from"), 0)
	hours := rapid.OneOf(rapid.IntRange(0, 8*24), rapid.IntRange(9*24, 200*24)).Draw(t, "hours")
	f := report.Filter{From: from, To: from.Add(time.Duration(hours)*time.Hour + time.Minute)}
	return spanOf(f, zone, time.Time{}), f
}

// startOf returns the start of the hour or day of a time.
func (s *span) startOf(t time.Time) time.Time {
	if s.grain == fact.Hour {
		return report.StartOfHour(t)
	}
	return report.StartOfDay(t, 0)
}

// TestSpan checks that a span consists of each hour or day of its range, once, in zones
// whose days begin at 1:00, have 23 to 25 hours, or whose clocks change by half an hour.
// A day without midnight repeated the day before it without end.
func TestSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, f := drawSpan(t)
		require.False(t, s.from.After(f.From))
		require.False(t, s.to.Before(f.To))
		require.Equal(t, s.from, s.slots[0].at)
		longest, shortest := 25*time.Hour, 23*time.Hour
		if s.grain == fact.Hour {
			longest, shortest = time.Hour, time.Minute
		}
		for i, slot := range s.slots {
			end := s.to
			if i+1 < len(s.slots) {
				end = s.slots[i+1].at
				require.Less(t, slot.key, s.slots[i+1].key)
			}
			require.LessOrEqual(t, end.Sub(slot.at), longest, "%s", slot.at)
			require.GreaterOrEqual(t, end.Sub(slot.at), shortest, "%s", slot.at)
			require.Equal(t, slot.at.Unix(), timeOf(slot.key, slot.at.Location()).Unix())
			require.Equal(t, slot.at, s.startOf(end.Add(-time.Second)))
		}
		p := s.previous()
		require.Len(t, p.slots, len(s.slots))
		require.Equal(t, s.from, p.to)
		require.Equal(t, s.slots[0].at, s.next(p.slots[len(p.slots)-1].at))
	})
}

// TestPieces checks that the weeks, days and hours that are read are those of the span,
// each once.
func TestPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := drawSpan(t)
		grains := []fact.Grain{fact.Hour, fact.Day}
		if rapid.Bool().Draw(t, "weeks") {
			grains = append(grains, fact.Week)
		}
		s.newest = rapid.Bool().Draw(t, "newest")
		read := map[int64]int{} // how often each slot is read
		zone := s.from.Location()
		for _, p := range piecesOf(s, grains) {
			require.Contains(t, grains, p.grain)
			inRuns := 0
			for _, key := range p.keys {
				for _, r := range p.runs {
					if key >= r.from && key <= r.to {
						inRuns++
					}
				}
				from := timeOf(key, zone)
				to := report.NextHour(from)
				switch p.grain {
				case fact.Day:
					to = report.StartOfDay(from, 1)
				case fact.Week:
					require.Equal(t, time.Monday, from.Weekday())
					to = report.StartOfDay(from, 7)
				}
				for at := from; at.Before(to) && (!s.newest || at.Before(s.to)); at = s.next(at) {
					read[keyOf(at, s.grain)]++
				}
			}
			require.Equal(t, len(p.keys), inRuns, "each key is in one range")
		}
		require.Len(t, read, len(s.slots))
		for _, slot := range s.slots {
			require.Equal(t, 1, read[slot.key], "%s", slot.at)
		}
	})
}

// TestDayWithoutMidnight checks the days of 90 days in Santiago, where summer time begins
// at midnight: the line had 4,000 rows, and the cost was that of 6 days.
func TestDayWithoutMidnight(t *testing.T) {
	zone, err := time.LoadLocation("America/Santiago")
	require.NoError(t, err)
	f := report.Filter{From: time.Date(2026, 8, 31, 0, 0, 0, 0, zone), To: time.Date(2026, 11, 29, 23, 0, 0, 0, zone)}
	require.Len(t, spanOf(f, zone, time.Time{}).slots, 91)
}

// TestHoursKept checks that a range is answered by the day unless the hours of the range
// and of the previous one are stored.
func TestHoursKept(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 30, 0, 0, time.UTC)
	grain := func(from, to time.Time) fact.Grain {
		return spanOf(report.Filter{From: from, To: to}, time.UTC, now.AddDate(0, 0, -14)).grain
	}
	midnight := now.Truncate(24 * time.Hour)
	require.Equal(t, fact.Hour, grain(now.Add(-24*time.Hour), now))
	require.Equal(t, fact.Hour, grain(midnight.AddDate(0, 0, -6), now))
	require.Equal(t, fact.Day, grain(midnight.AddDate(0, 0, -7), now), "the previous range is not stored")
	require.Equal(t, fact.Day, grain(midnight.AddDate(0, 0, -12), midnight.AddDate(0, 0, -9)))
	require.Equal(t, fact.Day, grain(midnight.AddDate(0, 0, -9), now))
}

// TestSlotsAreBounded checks the most slots of a span.
func TestSlotsAreBounded(t *testing.T) {
	s := spanOf(report.Filter{From: time.Unix(0, 0), To: time.Unix(1e10, 0)}, time.UTC, time.Time{})
	require.Len(t, s.slots, maxSlots)
}

// TestEarlierSpan checks that a span compared with an earlier time has as many hours or
// days from there on, and that a span is in days if the earlier hours are not stored.
func TestEarlierSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, f := drawSpan(t)
		zone := s.from.Location()
		start := f.From.Add(-time.Duration(rapid.IntRange(1, 400*24).Draw(t, "hours earlier")) * time.Hour).In(zone)
		e := s.earlier(start)
		require.Equal(t, s.grain, e.grain)
		require.Len(t, e.slots, len(s.slots))
		require.Equal(t, s.startOf(start), e.from)
		require.Equal(t, e.from, e.slots[0].at)
		require.Equal(t, e.slots[len(e.slots)-1].at, s.startOf(e.to.Add(-time.Second)))
		require.Equal(t, s.previous(), s.earlier(time.Time{}))
		f.Compare = start
		require.Equal(t, fact.Day, spanOf(f, zone, start.Add(time.Hour)).grain)
	})
}
