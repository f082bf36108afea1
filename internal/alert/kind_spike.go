package alert

import (
	"slices"
	"time"
)

// spikeKind compares a window with the mean of the windows before it.
var spikeKind = Kind{
	Key:     "spike",
	Example: "{attribute: cost_usd, above: 3, baseline: 24h, least: 20}",
	Fires:   "this `window` has more than `above` times the mean of the windows of the baseline, once the group is as old as the baseline",
	Keys: slices.Concat(amountKeys("; without it, events are counted"), []Key{
		thresholdKey("the multiple of the mean"),
		{Name: "baseline", Value: typeDuration, Doc: "the time before the window; at least twice the window, at most a year"},
		{Name: "least", Value: typeNumber, Doc: "the sum below which a window does not fire", Default: "0"},
	}),
	window:  true,
	compile: compileSpike,
}

// SpikeSpec holds while the window has more than Above times the mean of the windows
// of the Baseline before it, and at least Least. Without an amount, events are counted.
type SpikeSpec struct {
	Amount   `mapstructure:",squash" yaml:",inline"`
	Above    float64       `mapstructure:"above" yaml:"above"`
	Baseline time.Duration `mapstructure:"baseline" yaml:"baseline"`
	Least    float64       `mapstructure:"least" yaml:"least,omitempty"`
}

func compileSpike(c *ruleCompiler) []variant {
	s := c.spec.Spike
	c.checkPositive("spike::above", s.Above)
	c.checkNotNegative("spike::least", s.Least)
	c.check(s.Baseline >= 2*c.spec.Window && s.Baseline > 0, "spike::baseline", "must be at least twice the window")
	c.check(s.Baseline <= 366*24*time.Hour, "spike::baseline", "must be a year at most")
	g := &spikeAggregator{
		sumAggregator: *c.sumAggregator(s.Above), least: s.Least,
		longWidth: bucketWidth(s.Baseline + c.spec.Window), window: int64(c.spec.Window), baseline: int64(s.Baseline),
	}
	g.value = c.amountReader("spike", s.Amount, true)
	return oneVariant(s.Above, func(limits) aggregator { return g })
}

type spikeAggregator struct {
	sumAggregator
	least     float64
	longWidth int64 // width of a bucket of the window and the baseline together
	window    int64
	baseline  int64
}

func (g *spikeAggregator) newAggregate(now int64) aggregate {
	return &spike{aggregator: g, since: now}
}

// A spike has the sums of the window, and of the window and the baseline together.
type spike struct {
	aggregator *spikeAggregator
	since      int64 // time of the group's first event
	short      window
	long       window
}

func (m *spike) addEvent(c contribution, at, _ int64) bool {
	m.since = min(m.since, at)
	m.long.addAt(c.sums, at, m.aggregator.longWidth)
	return m.short.addAt(c.sums, at, m.aggregator.width)
}

// evaluate returns the multiple of the mean of the baseline's windows that the window
// has. It does not hold before the group is as old as the baseline.
func (m *spike) evaluate(now int64, _ bool) (float64, bool) {
	g := m.aggregator
	all, sum := m.long.total(now, g.longWidth).sum, m.short.total(now, g.width).sum
	m.since = min(m.since, now) // the clock can be put back
	if now-m.since < g.baseline {
		return 0, false
	}
	span := min(now-m.since, windowLength(now, g.longWidth)) - windowLength(now, g.width)
	if all <= sum || span <= 0 {
		return 0, false
	}
	mean := (all - sum) * float64(g.window) / float64(span)
	value := sum / mean
	return value, value > g.above && sum >= g.least
}

// windowLength returns the time from the start of a window's oldest bucket until now.
func windowLength(now, width int64) int64 { return (buckets-1)*width + now%width }

func (m *spike) isIdle(now int64) bool { return m.long.total(now, m.aggregator.longWidth) == sums{} }

func (m *spike) encode(e *encoder) { e.int(m.since); m.short.encode(e); m.long.encode(e) }

// decode moves the windows forward by the time for which the collector was down, rounded
// to a bucket of the baseline. No event of that time was counted, and a baseline without
// events would turn every window after it into a spike.
func (m *spike) decode(d *decoder) {
	m.since = d.time()
	m.short.decode(d)
	m.long.decode(d)
	down := d.down / m.aggregator.longWidth * m.aggregator.longWidth
	m.since += down
	m.short.newest += down / m.aggregator.width
	m.long.newest += down / m.aggregator.longWidth
}
