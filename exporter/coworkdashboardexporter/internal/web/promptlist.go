package web

import (
	"net/url"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A promptList is the page with the list of prompts.
type promptList struct {
	layout
	Rows    []promptRow
	Trouble string
	Older   string
	Newest  string
}

// A promptRow is one prompt of the list.
type promptRow struct {
	Href     string
	Short    string // the start of the id
	Start    chart.Cell
	User     chart.Cell
	Models   []chart.Cell
	Cost     chart.Cell
	Tokens   chart.Cell
	Tools    chart.Cell
	Errors   chart.Cell
	Duration chart.Cell
	Open     bool
}

func newPromptList(req *chart.Request, page promptPage) promptList {
	var view promptList
	for _, p := range page.prompts {
		view.Rows = append(view.Rows, newPromptRow(req, p))
	}
	if page.more {
		view.Older = req.Query.Link("/prompts", "before", page.oldest())
	}
	if !req.Query.Before.IsZero() {
		view.Newest = req.Query.Link("/prompts")
	}
	return view
}

// oldest returns the start of the last prompt as the value of the parameter before.
func (p promptPage) oldest() string {
	return p.prompts[len(p.prompts)-1].Start.UTC().Format(time.RFC3339Nano)
}

func newPromptRow(req *chart.Request, p report.Prompt) promptRow {
	short, _ := format.Name(format.Truncate(p.ID, 9))
	row := promptRow{
		Href: req.Query.Link("/prompts/" + url.PathEscape(p.ID)), Short: short, Open: inProgress(p, req.Now),
		Start: req.Time(p.Start), User: req.Text(p.User, "user"),
		Cost:     chart.Decimal(p.CostUSD, "USD"),
		Tokens:   chart.Integer(p.InputTokens+p.OutputTokens, "{token}"),
		Tools:    chart.Integer(p.Tools, "{call}"),
		Errors:   chart.Integer(p.Errors+p.ToolFailures, "{error}"),
		Duration: chart.Duration(p.Duration),
	}
	for _, m := range p.Models {
		row.Models = append(row.Models, req.Text(m, "model"))
	}
	return row
}

// idleTimeout is how long after its last event a prompt without a summary counts as in
// progress. Later, the summary was lost.
const idleTimeout = 15 * time.Minute

func inProgress(p report.Prompt, now time.Time) bool {
	return !p.Closed && now.Sub(p.Start.Add(p.Duration)) < idleTimeout
}
