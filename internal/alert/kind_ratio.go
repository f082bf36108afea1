package alert

// ratioKind compares the share of the matching events among others with a threshold.
var ratioKind = Kind{
	Key:     "ratio",
	Example: "{above: 0.2, of: 'true', at_least: 10}",
	Fires:   "more than this share of the events that match `of` match `condition` too, within `window`",
	Keys: []Key{
		thresholdKey("the share, from 0 to below 1"),
		{Name: "of", Value: typeCondition, Doc: "the events that are the whole; `'true'` for all"},
		{Name: "at_least", Value: typeNumber, Doc: "the number of events of `of` below which the rule does not fire", Default: "1"},
	},
	window:  true,
	percent: true,
	compile: compileRatio,
}

// RatioSpec holds while the share of the matching events among those of Of is greater
// than Above, once there are AtLeast of them.
type RatioSpec struct {
	Above   float64 `mapstructure:"above" yaml:"above"`
	Of      string  `mapstructure:"of" yaml:"of"`
	AtLeast float64 `mapstructure:"at_least" yaml:"at_least,omitempty"`
}

func compileRatio(c *ruleCompiler) []variant {
	s := c.spec.Ratio
	c.check(s.Above >= 0 && s.Above < 1, "ratio::above", "must be a share, from 0 to below 1")
	c.checkNotNegative("ratio::at_least", s.AtLeast)
	g := ratioAggregator{sumAggregator: *c.sumAggregator(s.Above), least: max(1, s.AtLeast)}
	g.value = one
	if s.Of == "" {
		c.fail("ratio::of", "must be a condition for the events that the ratio is of ('true' for all events)")
	} else {
		g.of = c.compileCondition("ratio::of", s.Of)
	}
	return oneVariant(s.Above, func(limits) aggregator { return &g })
}

type ratioAggregator struct {
	sumAggregator
	of    condition
	least float64
}

// contribution counts an event of the whole, and of the share if it matches.
func (g *ratioAggregator) contribution(a arrival) (contribution, bool) {
	c := contribution{sums: sums{count: 1}}
	if !g.of.matches(a.ev) {
		return c, false
	}
	if g.matches(a.ev) {
		c.sums.sum = 1
	}
	return c, true
}

func (g *ratioAggregator) newAggregate(int64) aggregate { return &ratio{aggregator: g} }

// A ratio is the share of the matching events of a group.
type ratio struct {
	window
	aggregator *ratioAggregator
}

func (m *ratio) addEvent(c contribution, at, _ int64) bool {
	return m.addAt(c.sums, at, m.aggregator.width)
}

func (m *ratio) evaluate(now int64, _ bool) (float64, bool) {
	total := m.total(now, m.aggregator.width)
	if total.count < m.aggregator.least {
		return 0, false
	}
	value := total.sum / total.count
	return value, value > m.aggregator.above
}

func (m *ratio) isIdle(now int64) bool { return m.total(now, m.aggregator.width) == sums{} }
