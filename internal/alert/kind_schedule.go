package alert

import (
	"fmt"
	"strings"
	"time"
)

// scheduleGauge is of rules that hold at events outside of working hours.
type scheduleGauge struct {
	simple
	hours hours
	above float64
}

func scheduleParts(d *draft) []part {
	s := d.spec.Schedule
	d.finite("schedule::above", s.Above)
	h := hours{zone: d.zone("schedule::time_zone", s.TimeZone)}
	d.check(len(s.Days) > 0, "schedule::days", "must be set, such as [mon, tue, wed, thu, fri]")
	for _, day := range s.Days {
		i, ok := weekdays[strings.ToLower(day)]
		d.check(ok, "schedule::days", fmt.Sprintf("%q: must be mon, tue, wed, thu, fri, sat or sun", day))
		h.days[i] = h.days[i] || ok
	}
	h.from, h.to = d.clock("schedule::from", s.From), d.clock("schedule::to", s.To)
	d.check(h.from != h.to, "schedule::to", "must not be the same as from")
	if h.to < h.from {
		h.to += 24 * 60
	}
	return only(s.Above, func(limits) gauge { return &scheduleGauge{simple{d.meant}, h, s.Above} })
}

var weekdays = map[string]time.Weekday{
	"sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday,
	"thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// clock reads a time of day in minutes. 24:00 is the end of one.
func (d *draft) clock(key, text string) int {
	if text == "24:00" {
		return 24 * 60
	}
	t, err := time.Parse("15:04", text)
	d.check(err == nil, key, fmt.Sprintf("%q: must be a time of day, such as \"07:00\"", text))
	return t.Hour()*60 + t.Minute()
}

// Hours are working hours: from and to are minutes of the day, and to can be on the
// day after.
type hours struct {
	days     [7]bool
	from, to int
	zone     *time.Location
}

// off reports whether a time is outside, and since when it has been.
func (h *hours) off(at int64) (since int64, off bool) {
	t := time.Unix(0, at).In(h.zone)
	for back := range 9 {
		y, m, d := t.Date()
		if !h.days[time.Date(y, m, d-back, 12, 0, 0, 0, h.zone).Weekday()] {
			continue
		}
		from, to := time.Date(y, m, d-back, 0, h.from, 0, 0, h.zone), time.Date(y, m, d-back, 0, h.to, 0, 0, h.zone)
		if !to.After(t) {
			return to.UnixNano(), true
		}
		if !from.After(t) {
			return 0, false
		}
	}
	return 0, true
}

func (g *scheduleGauge) read(in *input) (off bool) {
	if !g.meant(in.ev) {
		return false
	}
	in.turn, off = g.hours.off(in.at)
	return off
}

func (g *scheduleGauge) fresh(int64) measure { return &stretch{gauge: g} }

// A stretch is the time between two working days, and how many events it has.
type stretch struct {
	gauge  *scheduleGauge
	since  int64
	events float64
}

func (m *stretch) add(in *input) bool {
	if in.turn < m.since {
		return false
	}
	if in.turn > m.since {
		m.since, m.events = in.turn, 0
	}
	m.events++
	return true
}

func (m *stretch) look(_ int64, event bool) (float64, bool) {
	return m.events, event && m.events > m.gauge.above
}

// idle forgets what is counted when a rule that fires at the first event has ended, and
// else when the stretch is over.
func (m *stretch) idle(now int64) bool {
	since, off := m.gauge.hours.off(now)
	return !off || since != m.since || m.gauge.above == 0
}

func (m *stretch) save(e *encoder) { e.int(m.since); e.float(m.events) }
func (m *stretch) load(d *decoder) { m.since, m.events = d.time(), d.float() }
