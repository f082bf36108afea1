package alert

import "slices"

// sumKind compares the sum of a number within the window with a threshold.
var sumKind = Kind{
	Key:     "sum",
	Example: "{attribute: cost_usd, above: 20}",
	Fires:   "a number adds up to more than `above` within `window`",
	Keys:    slices.Concat(amountKeys(""), []Key{thresholdKey("the sum")}),
	window:  true,
	compile: compileSum,
}

// SumSpec holds while an amount, added up over the window, is greater than Above.
type SumSpec struct {
	Amount `mapstructure:",squash" yaml:",inline"`
	Above  float64 `mapstructure:"above" yaml:"above"`
}

func compileSum(c *ruleCompiler) []variant {
	s := c.spec.Sum
	c.checkNotNegative("sum::above", s.Above)
	g := c.sumAggregator(s.Above)
	g.value = c.amountReader("sum", s.Amount, false)
	return oneVariant(s.Above, func(limits) aggregator { return g })
}
