package prompts

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/steps"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A Detail is the view of one prompt.
type Detail struct {
	ID      string
	Back    string
	Open    bool
	Cut     string
	Figures []chart.Panel
	Facts   []Fact
	steps.View
}

// A Fact is a name with its value.
type Fact struct {
	Name string
	chart.Cell
}

// NewDetail returns the view of a prompt with its steps.
func NewDetail(q *urlquery.Query, p report.Prompt, list []report.Step) Detail {
	started := chart.Cell{Kind: "time", Text: format.ExactTime(p.Start, q.Shown), Value: chart.Time(q, p.Start).Value}
	view := Detail{View: steps.NewView(q, p, list), ID: p.ID, Back: q.Link("/prompts"), Open: !p.Closed, Figures: figures(p), Facts: []Fact{
		{"Started", started},
		{"User", chart.Text(q, p.User, "user")},
		{"Team", chart.Text(q, p.Team, "team")},
		{"Organization", chart.Text(q, p.Organization, "organization")},
		{"Session", SessionCell(q, p.Session)},
	}}
	for _, m := range p.Models {
		view.Facts = append(view.Facts, Fact{"Model", chart.Text(q, m, "model")})
	}
	if q.Has("/events") && urlquery.Valid(p.ID) {
		view.Facts = append(view.Facts, Fact{"Events", chart.Cell{Kind: "text", Text: "the latest", Href: q.Link("/events", "user", "", "prompt", p.ID)}})
	}
	if p.Cut > 0 {
		view.Cut = format.Count(float64(p.Cut)) + " of its steps are not stored"
	}
	return view
}

// figures returns the numbers of a prompt.
func figures(p report.Prompt) []chart.Panel {
	list := []chart.Panel{chart.NewFigure("Cost", "", costCell(p), "USD")}
	if p.Unpriced > 0 {
		list[0].Notes = []string{unpricedText(p.Unpriced)}
	}
	for _, f := range []struct {
		title, unit string
		n           float64
	}{
		{"Duration", "s", p.Duration.Seconds()},
		{"API requests", "{request}", float64(p.Requests)},
		{"API errors", "{error}", float64(p.Errors)},
		{"Tools called", "{call}", float64(p.Tools)},
		{"Tools failed", "{failure}", float64(p.ToolFailures)},
		{"Tools rejected", "{rejection}", float64(p.ToolRejects)},
		{"Tokens", "{token}", float64(allTokens(p))},
		{"Input", "{token}", float64(p.InputTokens)},
		{"Output", "{token}", float64(p.OutputTokens)},
		{"Cache read", "{token}", float64(p.CacheRead)},
		{"Cache creation", "{token}", float64(p.CacheCreated)},
	} {
		list = append(list, chart.NewFigure(f.title, "", chart.Number(f.n, f.unit), f.unit))
	}
	return list
}
