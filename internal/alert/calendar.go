package alert

import (
	"errors"
	"time"
	_ "time/tzdata" // containers often have no time zones
)

// A calendar parts time into days, weeks or months of a time zone.
type calendar struct {
	zone  *time.Location
	begin func(time.Time) time.Time // of a time's period, at midnight
	next  func(time.Time) time.Time
}

// midnight returns the beginning of a day, that many days later. Where clocks are put
// forward at midnight, the day begins after.
func midnight(t time.Time, months, days int) time.Time {
	y, m, d := t.Date()
	noon := time.Date(y, m+time.Month(months), d+days, 12, 0, 0, 0, t.Location())
	begin := time.Date(y, m+time.Month(months), d+days, 0, 0, 0, 0, t.Location())
	for begin.Day() != noon.Day() {
		begin = begin.Add(15 * time.Minute)
	}
	return begin
}

func newCalendar(period string, zone *time.Location) (calendar, error) {
	c, ok := calendars[period]
	c.zone = zone
	if !ok {
		return calendars["day"], errors.New("must be day, week or month")
	}
	return c, nil
}

var calendars = map[string]calendar{
	"day": {
		begin: func(t time.Time) time.Time { return midnight(t, 0, 0) },
		next:  func(t time.Time) time.Time { return midnight(t, 0, 1) },
	},
	"week": { // from Monday
		begin: func(t time.Time) time.Time { return midnight(t, 0, -(int(t.Weekday())+6)%7) },
		next:  func(t time.Time) time.Time { return midnight(t, 0, 7) },
	},
	"month": {
		begin: func(t time.Time) time.Time { return midnight(t, 0, 1-t.Day()) },
		next:  func(t time.Time) time.Time { return midnight(t, 1, 0) },
	},
}

// period returns the beginning and the end of the period that a time is in.
func (c calendar) period(at int64) (begin, end int64) {
	t := c.begin(time.Unix(0, at).In(c.zone))
	return t.UnixNano(), c.next(t).UnixNano()
}
