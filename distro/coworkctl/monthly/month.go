package monthly

import (
	"fmt"
	"time"
)

// A Month is a month with the days that the report covers: all of them, or those until
// today.
type Month struct {
	first, last time.Time // days
	partial     bool
}

// ParseMonth returns a month in the form 2006-01, "" for the last complete one.
func ParseMonth(text string, now time.Time) (Month, error) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	first := time.Date(now.Year(), now.Month()-1, 1, 0, 0, 0, 0, time.UTC)
	if text != "" {
		var err error
		if first, err = time.Parse("2006-01", text); err != nil {
			return Month{}, fmt.Errorf("--month: is not a month (%s would be one)", today.Format("2006-01"))
		}
	}
	if first.After(today) {
		return Month{}, fmt.Errorf("--month: is in the future (%s would be valid)", today.Format("2006-01"))
	}
	m := Month{first: first, last: first.AddDate(0, 1, -1)}
	if !m.last.Before(today) {
		m.last, m.partial = today, true
	}
	return m, nil
}

// before returns the month before, with as many days if the month is not complete.
func (m Month) before() Month {
	first := m.first.AddDate(0, -1, 0)
	last := m.first.AddDate(0, 0, -1)
	if same := first.AddDate(0, 0, m.last.Day()-1); m.partial && same.Before(last) {
		last = same
	}
	return Month{first: first, last: last, partial: m.partial}
}

// Name returns the name of the month for a file: 2026-11.
func (m Month) Name() string { return m.first.Format("2006-01") }

// String returns the month in words: November 2026.
func (m Month) String() string { return m.first.Format("January 2006") }

// query returns the time range in the form of the page's addresses. A day as the end
// includes that day.
func (m Month) query() string {
	return "from=" + m.first.Format(time.DateOnly) + "&to=" + m.last.Format(time.DateOnly)
}
