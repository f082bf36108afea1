package answer

import (
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// The keys of a query that are no labels of a table.
const (
	byUser         = "user"
	byOrganization = "organization"
	byTeam         = "team"
	byCostCenter   = "cost_center"
	byDay          = "day"     // of a heat map
	byWeekday      = "weekday" // of a heat map
)

// tableOf returns the smallest table that has the fact, keys and sums of a query and the
// names of a filter, nil if there is none.
func tableOf(q *report.Query, f report.Filter) *fact.Table {
	var best *fact.Table
	for i := range fact.Tables {
		t := &fact.Tables[i]
		if answers(t, q, f) && (best == nil || smaller(t, best)) {
			best = t
		}
	}
	return best
}

// smaller reports whether a table has fewer rows than another one: it has no users, or
// it has fewer labels.
func smaller(a, b *fact.Table) bool {
	if a.User != b.User {
		return b.User
	}
	return len(a.Labels) < len(b.Labels)
}

func answers(t *fact.Table, q *report.Query, f report.Filter) bool {
	if !slices.Contains(t.Facts, q.Fact) || (f.User != "" || f.Team != "") && !t.User {
		return false
	}
	for label, name := range labelsOf(f) {
		if name != "" && !t.HasLabel(label) {
			return false
		}
	}
	for _, key := range q.By {
		if !hasKey(t, key) {
			return false
		}
	}
	for label := range q.Only {
		if !t.HasLabel(label) {
			return false
		}
	}
	for _, sum := range q.Sums {
		if !hasSum(t, sum) {
			return false
		}
	}
	return !q.Quantiles || t.HasLabel(fact.Bucket)
}

// labelsOf returns the names of a filter that are labels of tables.
func labelsOf(f report.Filter) map[string]string {
	return map[string]string{"model": f.Model, "tool": f.Tool, "connector": f.Connector}
}

func hasKey(t *fact.Table, key string) bool {
	switch key {
	case byUser, byTeam, byCostCenter:
		return t.User
	case byOrganization, byDay, byWeekday:
		return true
	}
	return t.HasLabel(key)
}

func hasSum(t *fact.Table, name string) bool {
	if name == report.Users {
		return t.User
	}
	return slices.ContainsFunc(t.Sums, func(s fact.Sum) bool { return s.Name == name })
}

// supports reports whether the data of a query has all names of a filter.
func supports(q *report.Query, f report.Filter) bool {
	if other := otherData[q.Fact]; other != nil {
		return other.supports(f)
	}
	return tableOf(q, f) != nil
}

// unavailable returns the columns that use an optional join without the names of a filter.
func unavailable(p *report.Panel, f report.Filter) (names []string) {
	for _, c := range p.Columns {
		if slices.ContainsFunc(p.Query.Join, func(j report.Join) bool {
			return strings.Contains(c.Value, j.Name+".") && !supports(&j.Query, f)
		}) {
			names = append(names, c.Name)
		}
	}
	return names
}

// Supports reports whether the data of a panel has all names that a filter limits.
func (s *Source) Supports(p report.Panel, f report.Filter) bool {
	if !supports(&p.Query, f) {
		return false
	}
	for i := range p.Query.Join {
		if j := &p.Query.Join[i]; !j.Optional && !supports(&j.Query, f) {
			return false
		}
	}
	return true
}
