package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A panelPage is the view of a page of panels.
type panelPage struct {
	layout
	Intro string
	// Subject is the name that the page is about, "" for a page about all. Kind is its
	// parameter in words.
	Subject string
	Kind    string
	Links   []navItem // to the prompts and sessions of the subject
	// NoEvents is set before the first event: the page then links to the setup check.
	NoEvents bool
	Setup    string
	Figures  []chart.Panel
	Sections []section
	Hidden   string // which panels do not support the filter, "" if all do
}

// A section is a heading with its panels.
type section struct {
	Name   string
	Slug   string
	Panels []chart.Panel
}

// acceptsOf returns the parameters of a page of panels.
func acceptsOf(page report.Page) urlquery.Accepts {
	names := urlquery.CommonNames
	if slices.Contains(toolPages, page.Path) {
		names = urlquery.AllNames
	}
	return urlquery.Accepts{Times: true, Compare: true, Names: names}
}

// toolPages are the pages of panels that can be narrowed to a tool and a connector.
var toolPages = []string{"/tools", "/tool", "/connector"}

// servePanels returns the handler of a page of panels.
func servePanels(page report.Page) func(*server, http.ResponseWriter, *http.Request, *urlquery.Query) error {
	return func(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
		view := panelPage{Intro: page.Intro, Setup: q.Link("/setup")}
		title, panels := page.Title, page.Panels
		if page.Subject != "" {
			if view.Subject = q.Value(page.Subject); view.Subject == "" {
				return badRequest{fmt.Errorf("%s: missing (this page is about one: %s?%s=NAME)", page.Subject, page.Path, page.Subject)}
			}
			view.Kind = page.Title
			title, _ = format.Name(view.Subject)
			view.Links = subjectLinks(q)
		}
		view.layout = s.newLayout(q, title, page.Path)
		view.NoEvents = view.Latest.Kind != "time"
		panels, view.Hidden = supportedPanels(s.src, panels, q.Filter)
		var wg sync.WaitGroup
		ctx := r.Context()
		wg.Go(func() { view.Filter = s.newFilterForm(ctx, q, page.Subject) }) // takes as long as a panel
		var failures []chart.Panel
		if page.Subject != "" {
			wg.Go(func() { failures = append(failures, latestFailures(ctx, s, q)) })
		}
		drawn := drawPanels(ctx, s, q, panels)
		wg.Wait()
		drawn = append(drawn, failures...)
		view.addPanels(drawn)
		s.assets.render(w, http.StatusOK, "panels", view)
		return nil
	}
}

// addPanels adds panels to their sections. Sections have the order of their first panels.
func (v *panelPage) addPanels(panels []chart.Panel) {
	for _, p := range panels {
		v.Filter.Counted = cmp.Or(v.Filter.Counted, p.Counted)
		if p.Shape == report.Figure {
			v.Figures = append(v.Figures, p)
			continue
		}
		i := slices.IndexFunc(v.Sections, func(s section) bool { return s.Name == p.Section })
		if i < 0 {
			i = len(v.Sections)
			v.Sections = append(v.Sections, section{Name: p.Section, Slug: format.Slug(p.Section)})
		}
		v.Sections[i].Panels = append(v.Sections[i].Panels, p)
	}
	for i := range v.Sections {
		fillLastRow(v.Sections[i].Panels)
	}
}

// fillLastRow widens one panel if the number of narrow ones is odd, preferably a line
// chart, so that the grid of two columns has no gap.
func fillLastRow(panels []chart.Panel) {
	narrow, best := 0, -1
	for i, p := range panels {
		if p.Wide {
			continue
		}
		if narrow++; best < 0 || panels[best].Line == nil {
			best = i
		}
	}
	if narrow%2 == 1 {
		panels[best].Wide = true
	}
}

// drawPanels answers and draws panels concurrently. A request that waits for slots has few
// goroutines.
func drawPanels(ctx context.Context, s *server, q *urlquery.Query, panels []report.Panel) []chart.Panel {
	drawn := make([]chart.Panel, len(panels))
	draw := func(i int) {
		view, err := query(ctx, s, panels[i].ID, func(ctx context.Context) (chart.Panel, error) {
			table, err := answerCompared(ctx, s, q, panels[i])
			return chart.Draw(q, panels[i], table, err), err
		})
		if err != nil {
			view = chart.Draw(q, panels[i], report.Table{}, err)
		}
		drawn[i] = view
	}
	concurrently(len(panels), draw)
	return drawn
}

// concurrently calls a function for each number below n, for as many at once as queries run.
func concurrently(n int, run func(int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(maxQueries, n) {
		wg.Go(func() {
			for i := next.Add(1); int(i) <= n; i = next.Add(1) {
				run(int(i) - 1)
			}
		})
	}
	wg.Wait()
}

// answerCompared answers a panel. A single line has the earlier time range as a second one
// if the address compares.
func answerCompared(ctx context.Context, s *server, q *urlquery.Query, p report.Panel) (report.Table, error) {
	table, err := s.src.Answer(ctx, p, q.Filter, 0)
	f, compared := q.Earlier()
	if err != nil || !compared || !chart.IsComparable(p) {
		return table, err
	}
	earlier, err := s.src.Answer(ctx, p, f, 0)
	return chart.Compare(q, table, earlier), err
}

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
