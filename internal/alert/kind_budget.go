package alert

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// budgetGauge is of rules that hold from when what was added up since the beginning of
// a calendar's day, week or month reaches a step, until its end.
type budgetGauge struct {
	simple
	what     amount
	calendar calendar
	limit    float64
	begin    int64 // of the period that was asked for last
	end      int64
}

func budgetParts(d *draft) []part {
	s := d.spec.Budget
	d.positive("budget::above", s.Above)
	what := d.amount("budget", s.Amount, false)
	cal, err := newCalendar(s.Period, d.zone("budget::time_zone", s.TimeZone))
	d.try("budget::period", err)
	steps := s.Steps
	if len(steps) == 0 {
		steps = []float64{1}
	}
	d.check(len(steps) <= 16, "budget::steps", "must be 16 at most")
	steps = slices.Compact(slices.Sorted(slices.Values(steps)))
	var ps []part
	for _, step := range steps {
		d.positive("budget::steps", step)
		limit := s.Above * step
		ps = append(ps, part{step: strconv.FormatFloat(step, 'g', -1, 64), threshold: limit, gauge: func(limits) gauge {
			return &budgetGauge{simple: simple{d.meant}, what: what, calendar: cal, limit: limit}
		}})
	}
	return ps
}

// zone returns a time zone, UTC if none is named.
func (d *draft) zone(key, name string) *time.Location {
	if name == "Local" {
		d.fail(key, "Local: must be the name of a time zone, such as Europe/Berlin")
		return time.UTC
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		d.fail(key, fmt.Sprintf("%q: must be the name of a time zone, such as Europe/Berlin", name))
		return time.UTC
	}
	return loc
}

func (g *budgetGauge) read(in *input) bool {
	if !g.meant(in.ev) {
		return false
	}
	f, ok := g.what(in.ev)
	in.sum = pair{f, 1}
	return ok
}

// period returns when the period of a time begins.
func (g *budgetGauge) period(at int64) int64 {
	if at < g.begin || at >= g.end {
		g.begin, g.end = g.calendar.period(at)
	}
	return g.begin
}

func (g *budgetGauge) fresh(int64) measure { return &budget{gauge: g} }

// A budget is what was spent in a period.
type budget struct {
	gauge  *budgetGauge
	period int64
	spent  float64
}

// add is too late for what belongs to a period that is over.
func (m *budget) add(in *input) bool {
	m.turn(in.now)
	if in.at < m.period {
		return false
	}
	m.spent += in.sum.part
	return true
}

// turn begins anew with a period, also where a clock was put back by more than it is
// corrected for: a period of the future would have all others be over.
func (m *budget) turn(now int64) {
	if p := m.gauge.period(now); p > m.period || m.period > now+tolerance {
		m.period, m.spent = p, 0
	}
}

func (m *budget) look(now int64, _ bool) (float64, bool) {
	m.turn(now)
	return m.spent, m.spent >= m.gauge.limit
}

func (m *budget) idle(now int64) bool { m.turn(now); return m.spent == 0 }
func (m *budget) save(e *encoder)     { e.int(m.period); e.float(m.spent) }
func (m *budget) load(d *decoder)     { m.period, m.spent = d.time(), d.float() }
