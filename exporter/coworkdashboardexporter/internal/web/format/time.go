package format

import "time"

// The layouts of times, shortest first.
const (
	dayLayout    = "Mon 2 Jan"
	minuteLayout = "2 Jan 15:04"
	yearLayout   = "2 Jan 2006 15:04"
	secondLayout = "2 Jan 2006, 15:04:05 MST"
)

// Time formats a time in a zone: only the day if it is midnight.
func Time(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 {
		return t.Format(dayLayout)
	}
	return t.Format(minuteLayout)
}

// ExactTime formats a time in a zone to the second.
func ExactTime(t time.Time, zone *time.Location) string { return t.In(zone).Format(secondLayout) }

// TimeRange formats the time between two times.
func TimeRange(from, to time.Time, zone *time.Location) string {
	return from.In(zone).Format(minuteLayout) + " to " + to.In(zone).Format(yearLayout)
}

// Ago returns how long before now a time was, roughly.
func Ago(t, now time.Time) string {
	d := now.Sub(t)
	switch {
	case t.IsZero():
		return "never"
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return Count(float64(int(d.Minutes()))) + NBSP + "min ago"
	case d < 48*time.Hour:
		return Count(float64(int(d.Hours()))) + NBSP + "h ago"
	}
	return Count(float64(int(d.Hours()/24))) + " days ago"
}

// ZoneName returns the name of a zone, with its offset from UTC unless it is UTC.
func ZoneName(zone *time.Location, now time.Time) string {
	name := zone.String()
	if name == time.Local.String() && name != "UTC" {
		name = now.In(zone).Format("MST")
	}
	if name == "UTC" {
		return name
	}
	return name + " (UTC" + now.In(zone).Format("-07:00") + ")"
}

// BrowserZone returns the name under which a browser finds a zone. The collector's
// local zone has no name, so its current offset from UTC is used instead.
func BrowserZone(zone *time.Location, now time.Time) string {
	if name := zone.String(); name != time.Local.String() {
		return name
	}
	return now.In(zone).Format("-07:00")
}

// Clock formats the time of day of a time in a zone.
func Clock(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.TimeOnly) }
