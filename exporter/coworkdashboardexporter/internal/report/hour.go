package report

import "time"

// StartOfHour returns the first instant of the hour of a time, in the time's zone. An hour
// in which the clocks change by half an hour is two hours: one before and one after the
// change.
func StartOfHour(t time.Time) time.Time {
	start := t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
	if change, _ := t.ZoneBounds(); start.Before(change) {
		return change
	}
	return start
}

// NextHour returns the first instant of the hour that follows the hour of a time.
func NextHour(t time.Time) time.Time {
	next := t.Add(time.Duration(60-t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
	if _, change := t.ZoneBounds(); !change.IsZero() && change.Before(next) {
		return change
	}
	return next
}
