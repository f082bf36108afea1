package report

import "time"

// StartOfDay returns the first instant of the day that is some days after that of a time,
// in the time's zone. In zones whose clocks change at midnight, that is 01:00 on the day
// that begins summer time, and the earlier of two midnights on the day that ends it.
func StartOfDay(t time.Time, days int) time.Time {
	year, month, day := t.Date()
	noon := time.Date(year, month, day+days, 12, 0, 0, 0, t.Location())
	year, month, day = noon.Date()
	start := time.Date(year, month, day, 0, 0, 0, 0, t.Location())
	from, to := start.ZoneBounds()
	if start.Day() != day { // there is no such midnight, and the day begins with the change
		return to
	}
	if from.IsZero() || start.Sub(from) > 24*time.Hour {
		return start
	}
	if y, m, d := from.Date(); y == year && m == month && d == day && from.Before(start) {
		return from // the change skipped midnight
	}
	_, before := from.Add(-1).In(t.Location()).Zone()
	_, after := start.Zone()
	if first := start.Add(time.Duration(after-before) * time.Second); first.Before(from) {
		return first // midnight comes twice
	}
	return start
}
