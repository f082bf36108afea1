package prompts

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// The parameters of a search, besides those of the filter.
var (
	SessionParameters = []string{"id", "outcome", "min_cost", "max_cost", "min_duration", "max_duration", "sort", "order", "after"}
	PromptParameters  = append([]string{"session"}, SessionParameters...)
)

// The bounds of the ranges.
const (
	maxCost     = 1e9 // US dollars
	maxDuration = 400 * 24 * time.Hour
)

// ParseSearch returns the search of an address whose list can be sorted by some keys. The
// error lists everything that is wrong.
func ParseSearch(q *urlquery.Query, sorts []string) (report.Search, error) {
	p := parser{q: q}
	s := report.Search{
		ID: q.Value("id"), Session: q.Value("session"), After: q.Value("after"), Limit: q.Limit, Now: q.Now,
		Outcome: report.Outcome(p.oneOf("outcome", outcomeNames())), Sort: p.oneOf("sort", sorts),
		Ascending: p.oneOf("order", []string{"asc", "desc"}) == "asc",
		MinCost:   p.cost("min_cost"), MaxCost: p.cost("max_cost"),
		MinDuration: p.duration("min_duration"), MaxDuration: p.duration("max_duration"),
	}
	if s.MaxCost > 0 && s.MinCost > s.MaxCost {
		p.reject("min_cost", "must not be above max_cost")
	}
	if s.MaxDuration > 0 && s.MinDuration > s.MaxDuration {
		p.reject("min_duration", "must not be above max_duration")
	}
	return s, errors.Join(p.errs...)
}

func outcomeNames() (names []string) {
	for _, o := range report.Outcomes {
		names = append(names, string(o))
	}
	return names
}

// A parser reads parameters and collects what is wrong with them.
type parser struct {
	q    *urlquery.Query
	errs []error
}

func (p *parser) reject(name, reason string) {
	p.errs = append(p.errs, fmt.Errorf("%s: %s", name, reason))
}

func (p *parser) oneOf(name string, allowed []string) string {
	v := p.q.Value(name)
	if v != "" && !slices.Contains(allowed, v) {
		p.reject(name, "must be one of "+format.List(allowed))
		return ""
	}
	return v
}

func (p *parser) cost(name string) float64 {
	v := p.q.Value(name)
	if v == "" {
		return 0
	}
	usd, err := strconv.ParseFloat(v, 64)
	if err != nil || !(usd > 0 && usd <= maxCost) {
		p.reject(name, "must be a number of US dollars above 0 (0.5)")
		return 0
	}
	return usd
}

func (p *parser) duration(name string) time.Duration {
	v := p.q.Value(name)
	if v == "" {
		return 0
	}
	if _, err := strconv.ParseFloat(v, 64); err == nil {
		v += "s"
	}
	d, err := time.ParseDuration(v)
	if err != nil || d <= 0 || d > maxDuration {
		p.reject(name, "must be a duration above 0 (90, 90s, 5m, 1h30m)")
		return 0
	}
	return d
}
