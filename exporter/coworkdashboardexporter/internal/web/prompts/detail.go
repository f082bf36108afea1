package prompts

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A Detail is the view of one prompt.
type Detail struct {
	ID        string
	Back      string
	Open      bool
	Cut       string
	Figures   []chart.Panel
	Facts     []Fact
	Waterfall *Waterfall
}

// A Fact is a name with its value.
type Fact struct {
	Name string
	chart.Cell
}

// figures are the numbers of a prompt except its cost.
var figures = []struct {
	title string
	unit  string
	of    func(report.Prompt) float64
}{
	{"Duration", "s", func(p report.Prompt) float64 { return p.Duration.Seconds() }},
	{"API requests", "{request}", func(p report.Prompt) float64 { return float64(p.Requests) }},
	{"API errors", "{error}", func(p report.Prompt) float64 { return float64(p.Errors) }},
	{"Tools called", "{call}", func(p report.Prompt) float64 { return float64(p.Tools) }},
	{"Tools failed", "{failure}", func(p report.Prompt) float64 { return float64(p.ToolFailures) }},
	{"Tools rejected", "{rejection}", func(p report.Prompt) float64 { return float64(p.ToolRejects) }},
	{"Tokens", "{token}", func(p report.Prompt) float64 { return float64(allTokens(p)) }},
	{"Input", "{token}", func(p report.Prompt) float64 { return float64(p.InputTokens) }},
	{"Output", "{token}", func(p report.Prompt) float64 { return float64(p.OutputTokens) }},
	{"Cache read", "{token}", func(p report.Prompt) float64 { return float64(p.CacheRead) }},
	{"Cache creation", "{token}", func(p report.Prompt) float64 { return float64(p.CacheCreated) }},
}

// NewDetail returns the view of a prompt with its steps.
func NewDetail(req *chart.Request, p report.Prompt, steps []report.Step) Detail {
	view := Detail{
		ID: p.ID, Back: req.Query.Link("/prompts"), Open: !p.Closed,
		Facts: facts(req, p), Waterfall: newWaterfall(req, p, steps),
	}
	if p.Cut > 0 {
		view.Cut = format.Count(float64(p.Cut)) + " of its steps are not stored"
	}
	cost := chart.NewFigure("Cost", costCell(p), "USD")
	if text := unpricedText(p); text != "" {
		cost.Notes = []string{text}
	}
	view.Figures = []chart.Panel{cost}
	for _, f := range figures {
		view.Figures = append(view.Figures, chart.NewFigure(f.title, chart.Decimal(f.of(p), f.unit), f.unit))
	}
	return view
}

func facts(req *chart.Request, p report.Prompt) []Fact {
	start := chart.Cell{Kind: "time", Text: format.ExactTime(p.Start, req.Zone), Value: req.Time(p.Start).Value}
	list := []Fact{
		{"Started", start},
		{"User", req.Text(p.User, "user")},
		{"Organization", req.Text(p.Organization, "organization")},
		{"Session", req.Text(p.Session, "")},
	}
	for _, m := range p.Models {
		list = append(list, Fact{"Model", req.Text(m, "model")})
	}
	return list
}
