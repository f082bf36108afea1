package alert

import (
	"iter"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// peersKind compares a group with the median of all groups.
var peersKind = Kind{
	Key:     "ratio_to_peers",
	Example: "{attribute: cost_usd, above: 10, at_least: 5, least: 1}",
	Fires:   "the sum of a group within `window` is more than `above` times that of the median group",
	Keys: slices.Concat(amountKeys("; without it, events are counted"), []Key{
		thresholdKey("the multiple of the median"),
		{Name: "at_least", Value: typeNumber, Doc: "the number of groups below which the rule does not fire; 2 is the minimum", Default: "2"},
		{Name: "least", Value: typeNumber, Doc: "the sum below which a group does not fire", Default: "0"},
	}),
	window:    true,
	eventless: true,
	compile:   compilePeers,
}

// PeersSpec holds while a group has more than Above times what the median of the groups
// has, with at least AtLeast groups, and at least Least itself. Without an amount, events
// are counted.
type PeersSpec struct {
	Amount  `mapstructure:",squash" yaml:",inline"`
	Above   float64 `mapstructure:"above" yaml:"above"`
	AtLeast int     `mapstructure:"at_least" yaml:"at_least,omitempty"`
	Least   float64 `mapstructure:"least" yaml:"least,omitempty"`
}

func compilePeers(c *ruleCompiler) []variant {
	s := c.spec.RatioToPeers
	c.checkPositive("ratio_to_peers::above", s.Above)
	c.checkNotNegative("ratio_to_peers::least", s.Least)
	c.check(s.AtLeast >= 0, "ratio_to_peers::at_least", "must not be negative")
	c.check(len(c.spec.GroupBy) > 0, "group_by", "must be set: peers are the groups of a rule")
	sum := *c.sumAggregator(s.Above)
	sum.value = c.amountReader("ratio_to_peers", s.Amount, true)
	return oneVariant(s.Above, func(limits) aggregator {
		return &peersAggregator{
			sumAggregator: sum, minGroups: max(2, s.AtLeast), least: s.Least,
			people: slices.Contains(c.spec.GroupBy, "user"),
		}
	})
}

// A peersAggregator computes the median before all groups are evaluated, not at every
// event.
type peersAggregator struct {
	sumAggregator
	minGroups int
	least     float64
	people    bool      // groups are users
	median    float64   // 0 if there are too few groups
	all       []float64 // the sums of the groups, reused
}

// contribution skips the sessions of cowork.CloudSessions: many people are not the peer of
// one.
func (g *peersAggregator) contribution(a arrival) (contribution, bool) {
	if g.people && a.ev.User() == cowork.CloudSessions {
		return contribution{}, false
	}
	return g.sumAggregator.contribution(a)
}

func (g *peersAggregator) newAggregate(int64) aggregate { return &peer{aggregator: g} }

// beforeTick computes the median of the groups whose sum is positive.
func (g *peersAggregator) beforeTick(now int64, all iter.Seq[aggregate]) {
	g.median, g.all = 0, g.all[:0]
	for m := range all {
		if sum := m.(*peer).total(now, g.width).sum; sum > 0 {
			g.all = append(g.all, sum)
		}
	}
	if n := len(g.all); n >= g.minGroups {
		slices.Sort(g.all)
		g.median = (g.all[(n-1)/2] + g.all[n/2]) / 2
	}
}

func (g *peersAggregator) encode(e *encoder) { e.float(g.median) }
func (g *peersAggregator) decode(d *decoder) { g.median = d.float() }

// A peer is a group that is compared with the others.
type peer struct {
	window
	aggregator *peersAggregator
}

func (m *peer) addEvent(c contribution, at, _ int64) bool {
	return m.addAt(c.sums, at, m.aggregator.width)
}

// evaluate returns the multiple of the median that the group has.
func (m *peer) evaluate(now int64, _ bool) (float64, bool) {
	if m.aggregator.median == 0 {
		return 0, false
	}
	sum := m.total(now, m.aggregator.width).sum
	value := sum / m.aggregator.median
	return value, value > m.aggregator.above && sum >= m.aggregator.least
}

func (m *peer) isIdle(now int64) bool { return m.total(now, m.aggregator.width) == sums{} }
