package alert

import (
	"slices"
	"strconv"
)

// budgetKind compares what was added up in a calendar's period with steps of a budget.
var budgetKind = Kind{
	Key:     "budget",
	Example: "{attribute: cost_usd, above: 500, period: month, time_zone: Europe/Berlin, steps: [0.5, 1]}",
	Fires:   "a step of the budget of the current day, week or month is reached; once a period",
	Keys: slices.Concat(amountKeys(""), []Key{
		thresholdKey("the budget"),
		{Name: "period", Value: typeText, Doc: "`day`, `week` (from Monday) or `month`"},
		{Name: "time_zone", Value: typeText, Doc: "the time zone of the period; UTC by default", Default: "UTC"},
		{Name: "steps", Value: typeList, Doc: "shares of `above`, each with an alert of its own; `[1]` by default", Default: "[1]"},
	}),
	compile: compileBudget,
}

// BudgetSpec holds when an amount, added up since the beginning of a day, week or month,
// reaches a step: a share of Above. Without Steps, the only step is 1.
type BudgetSpec struct {
	Amount   `mapstructure:",squash" yaml:",inline"`
	Above    float64   `mapstructure:"above" yaml:"above"`
	Period   string    `mapstructure:"period" yaml:"period"`
	TimeZone string    `mapstructure:"time_zone" yaml:"time_zone,omitempty"`
	Steps    []float64 `mapstructure:"steps" yaml:"steps,omitempty,flow"`
}

func compileBudget(c *ruleCompiler) []variant {
	s := c.spec.Budget
	c.checkPositive("budget::above", s.Above)
	value := c.amountReader("budget", s.Amount, false)
	zone, err := timeZone(s.TimeZone)
	c.failOn("budget::time_zone", err)
	cal, err := newCalendar(s.Period, zone)
	c.failOn("budget::period", err)
	steps := s.Steps
	if len(steps) == 0 {
		steps = []float64{1}
	}
	c.check(len(steps) <= 16, "budget::steps", "must be 16 at most")
	steps = slices.Compact(slices.Sorted(slices.Values(steps)))
	var variants []variant
	for _, step := range steps {
		c.checkPositive("budget::steps", step)
		limit := s.Above * step
		variants = append(variants, variant{step: strconv.FormatFloat(step, 'g', -1, 64), threshold: limit, newAggregator: func(limits) aggregator {
			return &budgetAggregator{filter: filter{c.condition}, value: value, calendar: cal, limit: limit}
		}})
	}
	return variants
}

type budgetAggregator struct {
	filter
	value      number
	calendar   calendar
	limit      float64
	start, end int64 // of the period that was computed last
}

func (g *budgetAggregator) contribution(a arrival) (contribution, bool) {
	if !g.matches(a.ev) {
		return contribution{}, false
	}
	f, ok := g.value(a.ev)
	return contribution{sums: sums{f, 1}}, ok
}

// periodStart returns the start of the period that a time is in.
func (g *budgetAggregator) periodStart(at int64) int64 {
	if at < g.start || at >= g.end {
		g.start, g.end = g.calendar.period(at)
	}
	return g.start
}

func (g *budgetAggregator) newAggregate(int64) aggregate { return &budget{aggregator: g} }

// A budget is what a group has spent in a period.
type budget struct {
	aggregator *budgetAggregator
	period     int64 // its start
	spent      float64
}

// addEvent returns false for an event of a period that is over.
func (m *budget) addEvent(c contribution, at, now int64) bool {
	m.updatePeriod(now)
	if at < m.period {
		return false
	}
	m.spent += c.sums.sum
	return true
}

// updatePeriod resets the sum when a period begins, and when the clock has been put back by
// more than the tolerance: all events would be too late for a period of the future.
func (m *budget) updatePeriod(now int64) {
	if p := m.aggregator.periodStart(now); p > m.period || m.period > now+tolerance {
		m.period, m.spent = p, 0
	}
}

func (m *budget) evaluate(now int64, _ bool) (float64, bool) {
	m.updatePeriod(now)
	return m.spent, m.spent >= m.aggregator.limit
}

func (m *budget) isIdle(now int64) bool { m.updatePeriod(now); return m.spent == 0 }
func (m *budget) encode(e *encoder)     { e.int(m.period); e.float(m.spent) }
func (m *budget) decode(d *decoder)     { m.period, m.spent = d.time(), d.float() }
