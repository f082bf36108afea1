package alert

import (
	"fmt"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/hosts"
)

// listKind fires at a value that is not allowed, or denied.
var listKind = Kind{
	Key:     "list",
	Example: "{attribute: tool_input, allowed: [example.com], domains: true}",
	Fires:   "a value comes that is not in `allowed`, or is in `denied`",
	Keys: []Key{
		{Name: "attribute", Value: typeAttribute, Doc: "the value that is looked up"},
		{Name: "allowed", Value: typeList, Doc: "the values that do not fire; all others do"},
		{Name: "denied", Value: typeList, Doc: "the values that fire, instead of `allowed`"},
		{Name: "domains", Value: typeBoolean, Doc: "`true`: the entries are domains with their subdomains, and URLs and commands are searched for hosts", Default: "false"},
	},
	moment:  true,
	compile: compileList,
}

// ListSpec holds at a value that is not Allowed, or at one that is Denied. With Domains,
// the entries are domains: they match their subdomains too, and URLs and commands are
// searched for hosts.
type ListSpec struct {
	Attribute string   `mapstructure:"attribute" yaml:"attribute"`
	Allowed   []string `mapstructure:"allowed" yaml:"allowed,omitempty"`
	Denied    []string `mapstructure:"denied" yaml:"denied,omitempty"`
	Domains   bool     `mapstructure:"domains" yaml:"domains,omitempty"`
}

// maxListed bounds the entries of a list.
const maxListed = 100_000

func compileList(c *ruleCompiler) []variant {
	s := c.spec.List
	value := c.textReader("list::attribute", s.Attribute)
	entries := s.Denied
	if s.Allowed != nil {
		entries = s.Allowed
	}
	c.check((s.Allowed == nil) != (s.Denied == nil), "list", "must have either allowed or denied")
	c.check(len(entries) > 0, "list", "must have an entry")
	c.check(len(entries) <= maxListed, "list", fmt.Sprintf("must have %d entries at most", maxListed))
	g := &listAggregator{filter{c.condition}, value, make(hosts.Set, len(entries)), s.Allowed != nil, s.Domains}
	for i, entry := range entries {
		c.check(entry != "", fmt.Sprintf("list::%d", i), "must not be empty")
		if s.Domains {
			c.check(g.listed.Insert(entry), fmt.Sprintf("list::%d", i), fmt.Sprintf("%q: must be a domain, such as example.com", entry))
		} else {
			g.listed[entry] = true
		}
	}
	return oneVariant(0, func(limits) aggregator { return g })
}

type listAggregator struct {
	filter
	value   field
	listed  hosts.Set
	allowed bool // the listed values are allowed
	domains bool
}

func (g *listAggregator) contribution(a arrival) (contribution, bool) {
	return contribution{}, g.matches(a.ev) && g.isBad(g.value.read(a.ev))
}

// isBad reports whether a value is not allowed or denied. A redacted value is neither.
func (g *listAggregator) isBad(value string) bool {
	if value == "" {
		return false
	}
	if !g.domains {
		return !cowork.IsMarker(value) && g.listed[value] != g.allowed
	}
	for host := range hosts.Of(value, !g.allowed) {
		if g.listed.Covers(host) != g.allowed {
			return true
		}
	}
	return false
}

func (g *listAggregator) newAggregate(int64) aggregate { return &eventCount{} }
