package alert

import (
	"errors"
	"fmt"
	"time"
	_ "time/tzdata" // many container images have no time zones
)

// A calendar divides time into days, weeks or months of a time zone.
type calendar struct {
	zone  *time.Location
	start func(time.Time) time.Time // of the period that a time is in
	end   func(start time.Time) time.Time
}

var calendars = map[string]calendar{
	"day": {
		start: func(t time.Time) time.Time { return startOfDay(t, 0, 0) },
		end:   func(t time.Time) time.Time { return startOfDay(t, 0, 1) },
	},
	"week": { // from Monday
		start: func(t time.Time) time.Time { return startOfDay(t, 0, -(int(t.Weekday())+6)%7) },
		end:   func(t time.Time) time.Time { return startOfDay(t, 0, 7) },
	},
	"month": {
		start: func(t time.Time) time.Time { return startOfDay(t, 0, 1-t.Day()) },
		end:   func(t time.Time) time.Time { return startOfDay(t, 1, 0) },
	},
}

func newCalendar(period string, zone *time.Location) (calendar, error) {
	c, ok := calendars[period]
	c.zone = zone
	if !ok {
		return calendars["day"], errors.New("must be day, week or month")
	}
	return c, nil
}

// period returns the start and the end of the period that a time is in.
func (c calendar) period(at int64) (start, end int64) {
	t := c.start(time.Unix(0, at).In(c.zone))
	return t.UnixNano(), c.end(t).UnixNano()
}

// startOfDay returns the start of the day that is a number of months and days later. It is
// after midnight where clocks are put forward at midnight.
func startOfDay(t time.Time, months, days int) time.Time {
	y, m, d := t.Date()
	noon := time.Date(y, m+time.Month(months), d+days, 12, 0, 0, 0, t.Location())
	start := time.Date(y, m+time.Month(months), d+days, 0, 0, 0, 0, t.Location())
	for start.Day() != noon.Day() {
		start = start.Add(15 * time.Minute)
	}
	return start
}

// timeZone returns the time zone of a name, UTC for an empty one and after an error.
func timeZone(name string) (*time.Location, error) {
	if name == "Local" {
		return time.UTC, fmt.Errorf("%s: must be the name of a time zone, such as Europe/Berlin", name)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC, fmt.Errorf("%q: must be the name of a time zone, such as Europe/Berlin", name)
	}
	return zone, nil
}
