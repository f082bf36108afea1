package web

import (
	"context"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// maxChoices bounds the names that a field of the form suggests.
const maxChoices = 1000

// A filterForm is the form with the time range and the names of a page.
type filterForm struct {
	Action string
	Ranges []navItem
	Range  string
	From   string // for datetime-local inputs, "" for a named range
	To     string
	Fields []filterField
	Shown  string // the time range in words
	// Counted is the time range of the figures, "" if it is the requested one.
	Counted string
	Zone    string
	Clear   string // the link that removes the names, "" if none is set
}

// A filterField is the field of one parameter.
type filterField struct {
	Name        string
	Label       string
	Placeholder string
	Value       string
	Options     []string
}

// newFilterForm returns the form of a page. If the source fails, its fields suggest no
// names.
func newFilterForm(ctx context.Context, req *chart.Request, src report.Source) *filterForm {
	q := req.Query
	form := &filterForm{
		Action: q.Path(), Range: q.Range, Shown: rangeTitle(req), Zone: format.ZoneName(req.Zone, req.Now),
		Clear: q.LinkWithoutNames(),
	}
	for _, r := range urlquery.Ranges {
		form.Ranges = append(form.Ranges, navItem{r.Label, q.LinkToRange(r.Name), r.Name == q.Range})
	}
	if q.Range == "" {
		form.From, form.To = q.From.In(req.Zone).Format(urlquery.DateTimeLocal), q.To.In(req.Zone).Format(urlquery.DateTimeLocal)
	}
	choices, _ := src.Choices(ctx, q.Filter)
	form.Fields = []filterField{
		{"organization", "Organization", "All organizations", q.Organization, suggestions(choices.Organizations)},
		{"user", "User", "All users", q.User, suggestions(choices.Users)},
		{"model", "Model", "All models", q.Model, suggestions(choices.Models)},
	}
	return form
}

// suggestions returns the names that are valid values of a parameter.
func suggestions(names []string) []string {
	var valid []string
	for _, name := range names[:min(len(names), maxChoices)] {
		if format.Sanitize(name) == name && name != "" && len(name) <= urlquery.MaxValue {
			valid = append(valid, name)
		}
	}
	return valid
}

// rangeTitle returns the requested time range in words.
func rangeTitle(req *chart.Request) string {
	for _, r := range urlquery.Ranges {
		if r.Name == req.Query.Range {
			return r.Title
		}
	}
	return format.TimeRange(req.Query.From, req.Query.To, req.Zone)
}
