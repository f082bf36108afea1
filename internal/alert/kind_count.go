package alert

// countKind compares the number of events within the window with a threshold.
var countKind = Kind{
	Key:     "count",
	Example: "{above: 5}",
	Fires:   "more than `above` events come within `window`",
	Keys:    []Key{thresholdKey("the number of events")},
	window:  true,
	compile: compileCount,
}

// CountSpec holds while more events than Above are within the window.
type CountSpec struct {
	Above float64 `mapstructure:"above" yaml:"above"`
}

func compileCount(c *ruleCompiler) []variant {
	if c.spec.Count.Above < 1 { // a rule on single events
		c.rule.maxAge, c.rule.lateAsNow, c.rule.namesCause = int64(maxEventAge), true, true
	}
	s := c.spec.Count
	c.checkNotNegative("count::above", s.Above)
	g := c.sumAggregator(s.Above)
	g.value = one
	return oneVariant(s.Above, func(limits) aggregator { return g })
}
