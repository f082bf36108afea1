package web

import "time"

// How times are written, shortest first.
const (
	dayLayout    = "Mon 2 Jan"
	minuteLayout = "2 Jan 15:04"
	secondLayout = "2 Jan 2006, 15:04:05 MST"
)

// instant writes a time in a zone: a day where that is all it says.
func instant(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 {
		return t.Format(dayLayout)
	}
	return t.Format(minuteLayout)
}

// exactly writes a time in a zone to the second, for a title.
func exactly(t time.Time, zone *time.Location) string { return t.In(zone).Format(secondLayout) }

// ago says how long before now a time was, roughly.
func ago(t, now time.Time) string {
	d := now.Sub(t)
	switch {
	case t.IsZero():
		return "never"
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return number(float64(int(d.Minutes())), "") + nbsp + "min ago"
	case d < 48*time.Hour:
		return number(float64(int(d.Hours())), "") + nbsp + "h ago"
	}
	return number(float64(int(d.Hours()/24)), "") + " days ago"
}

// midnight is when the day of a time begins in a zone.
func midnight(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}
