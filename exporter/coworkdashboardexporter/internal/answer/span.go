package answer

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A span is the time range of an answer in complete hours or days.
type span struct {
	grain    fact.Grain // Hour or Day
	from, to time.Time
	slots    []slot
	// newest is set if no later figures are stored. The present week and day can then be
	// read as if they were complete.
	newest bool
}

// A slot is one hour or day of a span.
type slot struct {
	at  time.Time
	key int64 // its value in the tables
}

// maxHourly is the longest time range that is answered by the hour.
const maxHourly = 8 * 24 * time.Hour

// maxSlots bounds the slots of a span.
const maxSlots = 4000

// spanOf returns the span of a filter. It consists of hours if the range is short, and
// if the hours of the range and of the previous one are stored. Kept is the time since
// which all hours are stored.
func spanOf(f report.Filter, zone *time.Location, kept time.Time) span {
	from, to := f.From.In(zone), f.To.In(zone)
	s := span{grain: fact.Day, from: report.StartOfDay(from, 0)}
	earlier := from.Add(from.Sub(to))
	if !f.Compare.IsZero() {
		earlier = f.Compare
	}
	if to.Sub(from) <= maxHourly && !earlier.Before(kept) {
		s.grain, s.from = fact.Hour, report.StartOfHour(from)
	}
	s.to = s.from
	for len(s.slots) == 0 || s.to.Before(to) && len(s.slots) < maxSlots {
		s.slots = append(s.slots, slot{s.to, keyOf(s.to, s.grain)})
		s.to = s.next(s.to)
	}
	return s
}

// next returns the start of the next hour or day. Days have 23 to 25 hours when clocks
// change.
func (s *span) next(t time.Time) time.Time {
	if s.grain == fact.Hour {
		return report.NextHour(t)
	}
	return report.StartOfDay(t, 1)
}

// earlier returns the span that starts at an earlier time and has as many hours or days:
// the previous one if the time is zero.
func (s *span) earlier(start time.Time) span {
	if start.IsZero() {
		return s.previous()
	}
	e := span{grain: s.grain, from: report.StartOfDay(start, 0)}
	if s.grain == fact.Hour {
		e.from = report.StartOfHour(start)
	}
	e.to = e.from
	for range s.slots {
		e.slots = append(e.slots, slot{e.to, keyOf(e.to, e.grain)})
		e.to = e.next(e.to)
	}
	return e
}

// previous returns the span before this one, with as many hours or days.
func (s *span) previous() span {
	p := span{grain: s.grain, to: s.from, slots: make([]slot, len(s.slots))}
	at := s.from
	for i := len(p.slots) - 1; i >= 0; i-- {
		if s.grain == fact.Hour {
			at = report.StartOfHour(at.Add(-1))
		} else {
			at = report.StartOfDay(at, -1)
		}
		p.slots[i] = slot{at, keyOf(at, s.grain)}
	}
	p.from = at
	return p
}

// firstHalf returns the first half of a span, with the middle slot of an odd number.
func (s *span) firstHalf() span {
	half := *s
	half.newest = false
	half.slots = s.slots[:(len(s.slots)+1)/2]
	return half
}

// keyOf returns the value that tables of a grain have for a time: an hour in Unix
// seconds, a date as a number.
func keyOf(t time.Time, g fact.Grain) int64 {
	if g == fact.Hour {
		return t.Unix()
	}
	return dateNumber(t)
}

// dateNumber returns the date of a time as a number such as 20261129.
func dateNumber(t time.Time) int64 {
	year, month, day := t.Date()
	return int64(year)*10000 + int64(month)*100 + int64(day)
}

// latestDate is greater than each date as a number, and less than the Unix seconds of
// each time that is stored.
const latestDate = 100_000_000

// timeOf returns the time of a stored number, a date or Unix seconds.
func timeOf(n int64, zone *time.Location) time.Time {
	if n >= latestDate {
		return time.Unix(n, 0).In(zone)
	}
	noon := time.Date(int(n/10000), time.Month(n/100%100), int(n%100), 12, 0, 0, 0, zone)
	return report.StartOfDay(noon, 0)
}
