package overview

import (
	"net/url"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// maxFailed is how many failed prompts are shown.
const maxFailed = 5

// FailedToday returns the filter and the search for the prompts of today that failed.
func FailedToday(q *urlquery.Query) (report.Filter, report.Search) {
	f := q.Filter
	f.From, f.To = startOfToday(q.Now.In(q.Zone)), q.Now
	return f, report.Search{Outcome: report.OutcomeFailed, Limit: maxFailed, Now: q.Now}
}

// Today is what failed today.
type Today struct {
	Trouble string
	Href    string // to the prompts of today
	// Failed is the number of prompts that failed, with a link to exactly these.
	Failed Count
	Counts []Count
	// Prompts are the latest of the failed prompts.
	Prompts        []FailedPrompt
	PromptsTrouble string
}

// A Count is a number of failures with a link to the prompts in which they happened.
type Count struct {
	Number chart.Cell
	Noun   string
	Href   string
}

// A FailedPrompt is a prompt with what failed in it.
type FailedPrompt struct {
	Start chart.Cell
	User  chart.Cell
	Cost  chart.Cell
	What  string
	Href  string
}

// kinds are the parts of the panel of failures, with the outcome of their prompts.
var kinds = []struct {
	part, unit string
	outcome    report.Outcome
}{
	{"failed tool calls", "{failed_tool_call}", report.OutcomeFailed},
	{"failed API requests", "{failed_API_request}", report.OutcomeFailed},
	{"refused API requests", "{refused_API_request}", report.OutcomeRefused},
	{"rejected tool calls", "{rejected_tool_call}", report.OutcomeRejected},
}

func newToday(q *urlquery.Query, in *Input) Today {
	link := func(outcome report.Outcome) string {
		return linkSince(q, "/prompts", in.Now, in.Now, "outcome", string(outcome))
	}
	table, trouble := in.answer(failures)
	t := Today{
		Trouble: trouble, Href: linkSince(q, "/prompts", in.Now, in.Now),
		Failed: newCount(in.Failed.Total, "{prompt}", link(report.OutcomeFailed)),
	}
	if in.FailedErr != nil {
		t.PromptsTrouble = chart.Trouble(in.FailedErr)
	}
	found := map[string]int64{}
	for _, row := range table.Rows {
		name, _ := row[0].(string)
		found[name], _ = row[1].(int64)
	}
	for _, kind := range kinds {
		t.Counts = append(t.Counts, newCount(found[kind.part], kind.unit, link(kind.outcome)))
	}
	for _, p := range in.Failed.Rows {
		t.Prompts = append(t.Prompts, newFailedPrompt(q, p))
	}
	return t
}

// newCount returns a count. A count of zero has no link.
func newCount(n int64, unit, href string) Count {
	c := Count{Number: chart.Number(float64(n), unit), Noun: format.Noun(float64(n), unit), Href: href}
	if n == 0 {
		c.Href = ""
	}
	return c
}

func newFailedPrompt(q *urlquery.Query, p report.Prompt) FailedPrompt {
	var what []string
	for _, part := range []struct {
		n    int64
		unit string
	}{{p.Errors, "{request}"}, {p.ToolFailures, "{tool_call}"}} {
		if part.n > 0 {
			what = append(what, format.CountNoun(part.n, part.unit))
		}
	}
	cost := chart.Number(p.CostUSD, "USD")
	if p.CostUSD == 0 && p.Unpriced > 0 {
		cost = chart.UnknownCost
	}
	start := chart.Time(q, p.Start)
	start.Text = p.Start.In(q.Zone).Format("15:04")
	return FailedPrompt{
		Start: start, User: chart.Text(q, p.User, "User"), Cost: cost,
		What: strings.Join(what, ", "), Href: q.Link("/prompts/" + url.PathEscape(p.ID)),
	}
}
