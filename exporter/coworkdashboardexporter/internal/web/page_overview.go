package web

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/overview"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// overviewNames are the names that the overview can be narrowed to. Its time ranges are its
// own.
var overviewNames = urlquery.Accepts{Names: []string{"organization", "team"}}

// overviewPage serves the overview.
func overviewPage(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	head := s.newLayout(q, "Overview", "/")
	ctx := r.Context()
	in := overview.Input{Now: q.Now.In(q.Zone), Budget: s.set.Budget}
	var wg sync.WaitGroup
	wg.Go(func() { head.Filter = s.newFilterForm(ctx, q, "") })
	wg.Go(func() { in.Failed, in.FailedErr = failedPrompts(ctx, s, q) })
	wg.Go(func() { in.Setup, in.SetupErr = checkSetup(s, r) })
	in.Answers = answerParts(ctx, s, q)
	wg.Wait()
	s.assets.render(w, http.StatusOK, "overview", struct {
		layout
		overview.View
		NoEvents bool
		Zone     string
	}{head, overview.NewView(q, in), head.Latest.Kind != "time", head.Filter.Zone})
	return nil
}

// answerParts answers the panels of the overview that exist and support the filter.
func answerParts(ctx context.Context, s *server, q *urlquery.Query) map[string]overview.Answer {
	answers := map[string]overview.Answer{}
	var mu sync.Mutex
	concurrently(len(overview.Parts), func(i int) {
		part := overview.Parts[i]
		at := slices.IndexFunc(s.panels, func(p report.Panel) bool { return p.ID == part.Panel })
		if at < 0 || !s.src.Supports(s.panels[at], q.Filter) {
			return
		}
		f := q.Filter
		f.From, f.To = part.From(q.Now.In(q.Zone)), q.Now
		table, err := query(ctx, s, part.Panel, func(ctx context.Context) (report.Table, error) {
			return s.src.Answer(ctx, s.panels[at], f, part.Rows)
		})
		mu.Lock()
		defer mu.Unlock()
		answers[part.Panel] = overview.Answer{Table: table, Err: err}
	})
	return answers
}

// failedPrompts returns the latest prompts of today that failed, and the number of all.
func failedPrompts(ctx context.Context, s *server, q *urlquery.Query) (report.Found[report.Prompt], error) {
	f, search := overview.FailedToday(q)
	return query(ctx, s, "failed prompts", func(ctx context.Context) (report.Found[report.Prompt], error) {
		return s.src.Prompts(ctx, f, search)
	})
}
