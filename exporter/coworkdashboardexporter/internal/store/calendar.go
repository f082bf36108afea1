package store

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A grain is how long the times are that sums are kept for.
type grain uint8

// The grains. They are stored.
const (
	hourly grain = iota
	daily
)

var grains = [...]grain{hourly, daily}

// A calendar tells in which hour and day of a zone an event is. It remembers the last
// answer, since events come in order more or less. It is not safe for concurrent use.
type calendar struct {
	zone      *time.Location
	from, to  int64 // the hour of the last answer
	day       int64
	hourOfDay int
}

// place returns the beginnings of an event's hour and day, by grain, and its hour of
// the day.
func (c *calendar) place(unix int64) (at [len(grains)]int64, hour int) {
	if unix < c.from || unix >= c.to {
		t := time.Unix(unix, 0).In(c.zone)
		start := hourOf(t)
		c.from, c.to = start.Unix(), start.Add(time.Hour).Unix()
		c.day, c.hourOfDay = dayOf(t).Unix(), t.Hour()
	}
	return [...]int64{hourly: c.from, daily: c.day}, c.hourOfDay
}

// hourOf returns the beginning of an hour. Zones can be half an hour off.
func hourOf(t time.Time) time.Time {
	return t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
}

func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// A span is the time that an answer is about, in whole hours or days: those that the
// filter's time touches.
type span struct {
	grain           grain
	from, to, prior int64 // prior is as long before from as to is behind it
	slots           []slot
}

// A slot is one hour or day of a span.
type slot struct{ at, day, weekday, hour int64 }

// maxHourly is the longest time that is told by the hour.
const maxHourly = 8 * 24 * time.Hour

// maxSlots bounds the slots of a span.
const maxSlots = 4000

// spanOf returns the span of a filter. Hours are told where there are not too many, and
// where those before are known too; the oldest that are kept begin at kept.
func spanOf(f report.Filter, zone *time.Location, kept time.Time) (s span) {
	from, to := f.From.In(zone), f.To.In(zone)
	s.grain = daily
	start, next, back := dayOf(from), nextDay, priorDays
	if to.Sub(from) <= maxHourly && !from.Add(from.Sub(to)).Before(kept) {
		s.grain = hourly
		start, next, back = hourOf(from), nextHour, priorHours
	}
	for t := start; t.Before(to) && len(s.slots) < maxSlots; t = next(t) {
		s.slots = append(s.slots, slot{t.Unix(), dayOf(t).Unix(), int64(t.Weekday()), int64(t.Hour())})
		s.to = next(t).Unix()
	}
	s.from = start.Unix()
	s.to = max(s.to, s.from)
	s.prior = back(start, len(s.slots)).Unix()
	return s
}

func nextHour(t time.Time) time.Time { return t.Add(time.Hour) }

// nextDay is not 24 hours later where clocks change.
func nextDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, t.Location())
}

func priorHours(t time.Time, n int) time.Time { return t.Add(-time.Duration(n) * time.Hour) }

func priorDays(t time.Time, n int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()-n, 0, 0, 0, 0, t.Location())
}
