package web

import (
	"context"
	"net/url"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// subjectLinks returns the links of a page about a name to its prompts, sessions and events.
func subjectLinks(q *urlquery.Query) (links []navItem) {
	for _, to := range []navItem{
		{Name: "All prompts", Href: "/prompts"},
		{Name: "Failed prompts", Href: "/prompts?outcome=failed"},
		{Name: "Sessions", Href: "/sessions"},
	} {
		if path := urlquery.PathOf(to.Href); q.Has(path) && q.Takes(path, q.Subject()) {
			links = append(links, navItem{Name: to.Name, Href: q.Link(to.Href)})
		}
	}
	return links
}

// maxFailures is how many failed prompts a page about a name lists.
const maxFailures = 8

// latestFailures returns the panel of the latest prompts with failures.
func latestFailures(ctx context.Context, s *server, q *urlquery.Query) chart.Panel {
	view := chart.Panel{Panel: report.Panel{
		ID: "latest_failures", Section: "Prompts", Title: "Latest prompts with failures", Shape: report.Grid,
		Question: "In which prompts did a request or a call fail?",
	}}
	found, err := query(ctx, s, "failed prompts", func(ctx context.Context) (report.Found[report.Prompt], error) {
		return s.src.Prompts(ctx, q.Filter, report.Search{Outcome: report.OutcomeFailed, Limit: maxFailures, Now: q.Now})
	})
	switch {
	case err != nil:
		view.Trouble = chart.Trouble(err)
	case len(found.Rows) == 0:
		view.Empty = "No prompt with a failure in this time range, or it is no longer stored."
	default:
		view.Table = failureTable(q, found.Rows)
		if more := found.Total - int64(len(found.Rows)); more > 0 {
			view.Notes = append(view.Notes, "and "+format.Count(float64(more))+" more: see Failed prompts above")
		}
	}
	return view
}

func failureTable(q *urlquery.Query, list []report.Prompt) *chart.Table {
	t := &chart.Table{Head: []chart.Cell{
		{Text: "Prompt"}, {Text: "Started"}, {Text: "User"}, {Text: "Failures", Right: true}, {Text: "Duration", Right: true},
	}}
	for _, p := range list {
		short, _ := format.Name(format.Truncate(p.ID, 9))
		failures, duration := chart.Number(float64(p.Errors+p.ToolFailures), "{error}"), chart.Number(p.Duration.Seconds(), "s")
		failures.Right, duration.Right = true, true
		t.Top = append(t.Top, chart.Row{Cells: []chart.Cell{
			{Kind: "text", Text: short, Href: q.Link("/prompts/" + url.PathEscape(p.ID))},
			chart.Time(q, p.Start), chart.Text(q, p.User, "user"), failures, duration,
		}})
	}
	return t
}
