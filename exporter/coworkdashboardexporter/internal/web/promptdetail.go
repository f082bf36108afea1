package web

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A promptDetail is the page of one prompt.
type promptDetail struct {
	layout
	ID        string
	Back      string
	Open      bool
	Cut       string
	Figures   []chart.Panel
	Details   []chart.Detail
	Waterfall *chart.Waterfall
}

// promptFigures are the figures of a prompt.
var promptFigures = []struct {
	title string
	unit  string
	of    func(report.Prompt) float64
}{
	{"Cost", "USD", func(p report.Prompt) float64 { return p.CostUSD }},
	{"Duration", "s", func(p report.Prompt) float64 { return p.Duration.Seconds() }},
	{"API requests", "{request}", func(p report.Prompt) float64 { return float64(p.Requests) }},
	{"API errors", "{error}", func(p report.Prompt) float64 { return float64(p.Errors) }},
	{"Tools called", "{call}", func(p report.Prompt) float64 { return float64(p.Tools) }},
	{"Tools failed", "{failure}", func(p report.Prompt) float64 { return float64(p.ToolFailures) }},
	{"Tools rejected", "{rejection}", func(p report.Prompt) float64 { return float64(p.ToolRejects) }},
	{"Input", "{token}", func(p report.Prompt) float64 { return float64(p.InputTokens) }},
	{"Output", "{token}", func(p report.Prompt) float64 { return float64(p.OutputTokens) }},
}

func newPromptDetail(req *chart.Request, p report.Prompt, steps []report.Step) promptDetail {
	view := promptDetail{
		Back: req.Query.Link("/prompts"), Open: !p.Closed,
		Details: promptDetails(req, p), Waterfall: chart.NewWaterfall(req, p, steps),
	}
	if p.Cut > 0 {
		view.Cut = format.Count(float64(p.Cut)) + " of its steps are not stored"
	}
	for _, f := range promptFigures {
		view.Figures = append(view.Figures, chart.Panel{
			ID: format.Slug(f.title), Title: f.title, Shape: report.Figure,
			Figure: chart.NewFigure(chart.Decimal(f.of(p), f.unit), f.unit),
		})
	}
	return view
}

func promptDetails(req *chart.Request, p report.Prompt) []chart.Detail {
	start := chart.Cell{Kind: "time", Text: format.ExactTime(p.Start, req.Zone), Value: req.Time(p.Start).Value}
	details := []chart.Detail{
		{Name: "Started", Cell: start},
		{Name: "User", Cell: req.Text(p.User, "user")},
		{Name: "Organization", Cell: req.Text(p.Organization, "organization")},
		{Name: "Session", Cell: req.Text(p.Session, "")},
	}
	for _, m := range p.Models {
		details = append(details, chart.Detail{Name: "Model", Cell: req.Text(m, "model")})
	}
	return details
}
