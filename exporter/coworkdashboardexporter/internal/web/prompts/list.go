package prompts

import (
	"net/url"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A List is the view of a page of prompts.
type List struct {
	Rows    []Row
	Trouble string
	Older   string // links to other pages, "" for none
	Newest  string
}

// A Row is one prompt of the list.
type Row struct {
	Href     string
	Short    string // the start of the id
	Start    chart.Cell
	User     chart.Cell
	Models   []chart.Cell
	Cost     chart.Cell
	Tokens   []chart.Cell // all, input, output, cache
	Tools    chart.Cell
	Errors   chart.Cell
	Duration chart.Cell
	Open     bool
}

// NewList returns the view of a page, or of the error in its place.
func NewList(req *chart.Request, page Page, err error) List {
	if err != nil {
		return List{Trouble: chart.Trouble(err)}
	}
	var view List
	for _, p := range page.prompts {
		view.Rows = append(view.Rows, newRow(req, p))
	}
	if before := page.before(); before != "" {
		view.Older = req.Query.Link("/prompts", "before", before)
	}
	if !req.Query.Before.IsZero() {
		view.Newest = req.Query.Link("/prompts")
	}
	return view
}

func newRow(req *chart.Request, p report.Prompt) Row {
	short, _ := format.Name(format.Truncate(p.ID, 9))
	row := Row{
		Href: req.Query.Link("/prompts/" + url.PathEscape(p.ID)), Short: short, Open: inProgress(p, req.Now),
		Start: req.Time(p.Start), User: req.Text(p.User, "user"), Cost: costCell(p),
		Tools:    chart.Integer(p.Tools, "{call}"),
		Errors:   chart.Integer(p.Errors+p.ToolFailures, "{error}"),
		Duration: chart.Duration(p.Duration),
	}
	for _, n := range []int64{allTokens(p), p.InputTokens, p.OutputTokens, cacheTokens(p)} {
		row.Tokens = append(row.Tokens, chart.Integer(n, "{token}"))
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
