package store

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A grain is the length of the intervals that sums are stored for.
type grain uint8

// The grains. Their values are stored.
const (
	hourly grain = iota
	daily
)

var grains = [...]grain{hourly, daily}

// A calendar returns the hour and the day of an event in a zone. It caches the last hour,
// since events mostly arrive in order. It is not safe for concurrent use.
type calendar struct {
	zone      *time.Location
	from, to  int64 // the cached hour
	day       int64
	hourOfDay int
}

// locate returns the start of an event's hour and day, by grain, and its hour of the day.
func (c *calendar) locate(unix int64) (at [len(grains)]int64, hour int) {
	if unix < c.from || unix >= c.to {
		t := time.Unix(unix, 0).In(c.zone)
		start := hourOf(t)
		c.from, c.to = start.Unix(), start.Add(time.Hour).Unix()
		c.day, c.hourOfDay = dayOf(t).Unix(), t.Hour()
	}
	return [...]int64{hourly: c.from, daily: c.day}, c.hourOfDay
}

// hourOf returns the start of an hour. The offset of a zone can be half an hour.
func hourOf(t time.Time) time.Time {
	return t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
}

func dayOf(t time.Time) time.Time {
	return report.StartOfDay(t, 0)
}

// A span is the time range of an answer in complete hours or days.
type span struct {
	grain           grain
	from, to, prior int64 // prior is the start of the previous range of equal length
	slots           []slot
}

// A slot is one hour or day of a span.
type slot struct{ at, day, weekday, hour int64 }

// maxHourly is the longest time range that is answered by the hour.
const maxHourly = 8 * 24 * time.Hour

// maxSlots bounds the slots of a span.
const maxSlots = 4000

// spanOf returns the span of a filter. It consists of hours if the range is short, and
// hourly sums exist for it and for the previous range. Kept is the start of the oldest
// hourly sums.
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

// nextDay returns the start of the next day. Days have 23 to 25 hours when clocks change.
func nextDay(t time.Time) time.Time {
	return report.StartOfDay(t, 1)
}

func priorHours(t time.Time, n int) time.Time { return t.Add(-time.Duration(n) * time.Hour) }

func priorDays(t time.Time, n int) time.Time {
	return report.StartOfDay(t, -n)
}
