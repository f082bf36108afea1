package alert

import (
	"fmt"
	"iter"

	"github.com/cowork-otel/collector/internal/cowork"
)

// maxListed is how many entries a list may have.
const maxListed = 100_000

// listGauge is of rules that hold at a value that is not allowed, or denied.
type listGauge struct {
	simple
	what    field
	listed  map[string]bool
	allowed bool // is what is listed
	domains bool
}

func listParts(d *draft) []part {
	s := d.spec.List
	what := d.field("list::attribute", s.Attribute)
	entries := s.Denied
	if s.Allowed != nil {
		entries = s.Allowed
	}
	d.check((s.Allowed == nil) != (s.Denied == nil), "list", "must have either allowed or denied")
	d.check(len(entries) > 0, "list", "must have an entry")
	d.check(len(entries) <= maxListed, "list", fmt.Sprintf("must have %d entries at most", maxListed))
	g := &listGauge{simple{d.meant}, what, make(map[string]bool, len(entries)), s.Allowed != nil, s.Domains}
	for i, entry := range entries {
		d.check(entry != "", fmt.Sprintf("list::%d", i), "must not be empty")
		if s.Domains {
			folded, ok := foldEntry(entry)
			d.check(ok, fmt.Sprintf("list::%d", i), fmt.Sprintf("%q: must be a domain, such as example.com", entry))
			entry = folded
		}
		g.listed[entry] = true
	}
	return only(0, func(limits) gauge { return g })
}

func (g *listGauge) read(in *input) bool {
	if !g.meant(in.ev) {
		return false
	}
	v := g.what.read(in.ev)
	if v == "" {
		return false
	}
	if !g.domains {
		return !cowork.IsMarker(v) && g.listed[v] != g.allowed
	}
	return anyDomain(hosts(v, !g.allowed), func(host string) bool {
		return covers(g.listed, host) != g.allowed
	})
}

func anyDomain(all iter.Seq[string], bad func(string) bool) bool {
	for host := range all {
		if bad(host) {
			return true
		}
	}
	return false
}

func (g *listGauge) fresh(int64) measure { return &moment{} }
