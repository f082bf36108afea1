package alert

import (
	"fmt"
	"strings"
	"time"
)

// scheduleKind fires at events outside of working hours.
var scheduleKind = Kind{
	Key:     "schedule",
	Example: `{days: [mon, tue, wed, thu, fri], from: "07:00", to: "20:00", time_zone: Europe/Berlin, above: 0}`,
	Fires:   "more than `above` events come between two working times",
	Keys: []Key{
		{Name: "days", Value: typeList, Doc: "the working days: `mon` to `sun`"},
		{Name: "from", Value: typeText, Doc: "the time of day at which work begins"},
		{Name: "to", Value: typeText, Doc: "the time of day at which it ends; before `from`, it is on the next day"},
		{Name: "time_zone", Value: typeText, Doc: "the time zone of both; UTC by default", Default: "UTC"},
		{Name: "above", Value: typeNumber, Doc: "the number of events; 0 by default", Default: "0"},
	},
	moment:  true,
	compile: compileSchedule,
}

// ScheduleSpec holds at more events than Above outside of the hours from From to To
// of Days. A To before From is on the next day.
type ScheduleSpec struct {
	Days     []string `mapstructure:"days" yaml:"days,flow"`
	From     string   `mapstructure:"from" yaml:"from"`
	To       string   `mapstructure:"to" yaml:"to"`
	TimeZone string   `mapstructure:"time_zone" yaml:"time_zone,omitempty"`
	Above    float64  `mapstructure:"above" yaml:"above,omitempty"`
}

func compileSchedule(c *ruleCompiler) []variant {
	s := c.spec.Schedule
	c.checkNotNegative("schedule::above", s.Above)
	zone, err := timeZone(s.TimeZone)
	c.failOn("schedule::time_zone", err)
	h := workingHours{zone: zone}
	c.check(len(s.Days) > 0, "schedule::days", "must be set, such as [mon, tue, wed, thu, fri]")
	for _, day := range s.Days {
		i, ok := weekdays[strings.ToLower(day)]
		c.check(ok, "schedule::days", fmt.Sprintf("%q: must be mon, tue, wed, thu, fri, sat or sun", day))
		h.days[i] = h.days[i] || ok
	}
	h.from, err = minuteOfDay(s.From)
	c.failOn("schedule::from", err)
	h.to, err = minuteOfDay(s.To)
	c.failOn("schedule::to", err)
	c.check(h.from != h.to, "schedule::to", "must not be the same as from")
	if h.to < h.from {
		h.to += 24 * 60
	}
	return oneVariant(s.Above, func(limits) aggregator { return &scheduleAggregator{filter{c.condition}, h, s.Above} })
}

var weekdays = map[string]time.Weekday{
	"sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday,
	"thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// minuteOfDay parses a time of day. 24:00 is the end of the day.
func minuteOfDay(text string) (int, error) {
	if text == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("%q: must be a time of day, such as \"07:00\"", text)
	}
	return t.Hour()*60 + t.Minute(), nil
}

// WorkingHours start and end at a minute of the day. The end can be on the next day.
type workingHours struct {
	days     [7]bool
	from, to int
	zone     *time.Location
}

// offSince reports whether a time is outside of the working hours, and since when.
func (h *workingHours) offSince(at int64) (since int64, off bool) {
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

type scheduleAggregator struct {
	filter
	hours workingHours
	above float64
}

func (g *scheduleAggregator) contribution(a arrival) (contribution, bool) {
	if !g.matches(a.ev) {
		return contribution{}, false
	}
	since, off := g.hours.offSince(a.at)
	return contribution{since: since}, off
}

func (g *scheduleAggregator) newAggregate(int64) aggregate { return &offHours{aggregator: g} }

// OffHours counts the events of a group between two working times.
type offHours struct {
	aggregator *scheduleAggregator
	since      int64
	events     float64
}

func (m *offHours) addEvent(c contribution, _, _ int64) bool {
	if c.since < m.since {
		return false
	}
	if c.since > m.since {
		m.since, m.events = c.since, 0
	}
	m.events++
	return true
}

func (m *offHours) evaluate(_ int64, atEvent bool) (float64, bool) {
	return m.events, atEvent && m.events > m.aggregator.above
}

// isIdle returns true for a rule that fires at the first event, and for others when the
// off-hours are over.
func (m *offHours) isIdle(now int64) bool {
	since, off := m.aggregator.hours.offSince(now)
	return !off || since != m.since || m.aggregator.above == 0
}

func (m *offHours) encode(e *encoder) { e.int(m.since); e.float(m.events) }
func (m *offHours) decode(d *decoder) { m.since, m.events = d.time(), d.float() }
