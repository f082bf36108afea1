package urlquery

import (
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// optionParameters are about how pages look. Every page takes them, and every link keeps
// them.
var optionParameters = []string{"tz", "theme"}

// Themes are the values of the parameter theme. Without it, the system decides.
var Themes = []string{"light", "dark"}

// A Comparison is a value of the parameter compare: an earlier time range.
type Comparison struct {
	Name  string // in an address
	Label string // in a form
	Text  string // behind a number
	back  func(time.Time) time.Time
}

// Comparisons are the earlier time ranges. The first is that without the parameter: the
// previous period of equal length.
var Comparisons = []Comparison{
	{"", "Previous period", "", nil},
	{"week", "A week earlier", "a week earlier", func(t time.Time) time.Time { return t.AddDate(0, 0, -7) }},
	{"month", "A month earlier", "a month earlier", func(t time.Time) time.Time { return t.AddDate(0, -1, 0) }},
	{"year", "A year earlier", "a year earlier", func(t time.Time) time.Time { return t.AddDate(-1, 0, 0) }},
}

// parseOptions sets the time zone in which times are shown, and the theme.
func (p *parser) parseOptions(q *Query) {
	q.Shown = p.zone
	if name := p.value("tz"); name != "" {
		// Local is the zone of the collector, which has no name.
		zone, err := time.LoadLocation(name)
		if err != nil || name == time.Local.String() {
			p.reject("tz", "must be the name of a time zone, such as UTC or Europe/Berlin")
		} else {
			q.Shown, p.shown = zone, zone
		}
	}
	if q.Theme = p.value("theme"); q.Theme != "" && !slices.Contains(Themes, q.Theme) {
		p.reject("theme", "must be light or dark (leave it out for that of the system)")
		q.Theme = ""
	}
}

// parseComparison sets the start of the earlier time range that figures are compared with.
func (p *parser) parseComparison(q *Query) {
	name := p.value("compare")
	if name == "" || len(p.errs) > 0 {
		return
	}
	if i := slices.IndexFunc(Comparisons, func(c Comparison) bool { return c.Name == name }); i > 0 {
		q.Compared = &Comparisons[i]
		q.Compare = q.Compared.back(q.From.In(p.zone))
	} else if day, err := time.ParseInLocation(time.DateOnly, name, p.zone); err == nil && day.Year() >= 2000 {
		q.Compared = &Comparison{Name: name, Label: "From " + name, Text: "from " + name + " on"}
		q.Compare = report.StartOfDay(day.Add(12*time.Hour), 0)
	} else {
		p.reject("compare", "must be week, month, year, or a day (2006-01-02)")
		return
	}
	if !q.Compare.Before(q.From) {
		p.reject("compare", "must be before from")
	}
}

// Earlier returns the filter of the time range that lines are compared with, false without
// the parameter compare.
func (q *Query) Earlier() (report.Filter, bool) {
	f := q.Filter
	f.From, f.To = q.Compare, q.Compare.Add(q.To.Sub(q.From))
	f.Compare = f.From // so that both are in hours or both in days
	return f, q.Compared != nil
}
