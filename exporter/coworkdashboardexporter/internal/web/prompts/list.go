// Package prompts holds the views of prompts: a page of the list ([NewList]), one prompt
// with its figures and the waterfall of its steps ([NewDetail]), and the list as JSON.
package prompts

import (
	"net/url"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
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
func NewList(q *urlquery.Query, s report.Search, found report.Found[report.Prompt], err error) List {
	if err != nil {
		return List{Trouble: chart.Trouble(err)}
	}
	var view List
	for _, p := range found.Rows {
		view.Rows = append(view.Rows, newRow(q, p))
	}
	if found.After != "" {
		view.Older = q.Link("/prompts", "after", found.After)
	}
	if s.After != "" {
		view.Newest = q.Link("/prompts")
	}
	return view
}

func newRow(q *urlquery.Query, p report.Prompt) Row {
	short, _ := format.Name(format.Truncate(p.ID, 9))
	row := Row{
		Href: q.Link("/prompts/" + url.PathEscape(p.ID)), Short: short,
		Open:  slices.Contains(p.Outcomes(q.Now), report.OutcomeOpen),
		Start: chart.Time(q, p.Start), User: chart.Text(q, p.User, "user"), Cost: costCell(p),
		Tools:    chart.Number(float64(p.Tools), "{call}"),
		Errors:   chart.Number(float64(p.Errors+p.ToolFailures), "{error}"),
		Duration: chart.Number(p.Duration.Seconds(), "s"),
	}
	for _, n := range []int64{allTokens(p), p.InputTokens, p.OutputTokens, p.CacheRead + p.CacheCreated} {
		row.Tokens = append(row.Tokens, chart.Number(float64(n), "{token}"))
	}
	for _, m := range p.Models {
		row.Models = append(row.Models, chart.Text(q, m, "model"))
	}
	return row
}

// knownCost reports whether the cost of a prompt is known in part at least. A client does
// not send the cost of every model.
func knownCost(p report.Prompt) bool { return p.Unpriced == 0 || p.CostUSD > 0 }

// costCell returns the cost of a prompt: a lower bound if some of its requests have no
// known cost, and "not known" if that is all of them.
func costCell(p report.Prompt) chart.Cell {
	if !knownCost(p) {
		return chart.UnknownCost
	}
	c := chart.Number(p.CostUSD, "USD")
	if p.Unpriced > 0 {
		c.Text = "at least " + c.Text
		c.Title = unpricedText(p)
	}
	return c
}

// unpricedText describes the requests of a prompt without a known cost.
func unpricedText(p report.Prompt) string {
	return format.CountNoun(p.Unpriced, "{request}") + " without a known cost"
}

// allTokens returns the tokens of a prompt, as the panels count them: with the cache.
func allTokens(p report.Prompt) int64 {
	return p.InputTokens + p.OutputTokens + p.CacheRead + p.CacheCreated
}

// A promptJSON is a prompt in JSON.
type promptJSON struct {
	report.Prompt
	Models  []string `json:"models"`
	Seconds float64  `json:"duration_s"`
	CostUSD *float64 `json:"cost_usd"` // null if it is not known
	Tokens  int64    `json:"tokens"`   // with the cache
}

// JSON returns a list of prompts for JSON.
func JSON(list []report.Prompt) any {
	out := make([]promptJSON, len(list))
	for i, p := range list {
		p.Start = p.Start.UTC()
		out[i] = promptJSON{Prompt: p, Models: append([]string{}, p.Models...), Seconds: p.Duration.Seconds(), Tokens: allTokens(p)}
		if knownCost(p) {
			out[i].CostUSD = &p.CostUSD
		}
	}
	return out
}
