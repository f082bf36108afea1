package web

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/prompts"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/setup"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// overviewPage serves the panels of all sections, or of one.
func (s *server) overviewPage(w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	panels := panelsOfSection(s.panels, q.Section)
	if len(panels) == 0 && q.Section != "" {
		return errNotFound
	}
	head := s.newLayout(q, "Overview", "/")
	var wg sync.WaitGroup
	ctx := r.Context()
	wg.Go(func() { head.Filter = s.newFilterForm(ctx, q) }) // takes as long as a panel
	panels, hidden := obeyedPanels(s.src, panels, q.Filter)
	drawn := s.drawPanels(ctx, q, panels)
	wg.Wait()
	s.assets.render(w, http.StatusOK, "overview", newOverview(q, head, drawn, hidden))
	return nil
}

// drawPanels answers and draws panels concurrently. A request that waits for slots has few
// goroutines.
func (s *server) drawPanels(ctx context.Context, q *urlquery.Query, panels []report.Panel) []chart.Panel {
	drawn := make([]chart.Panel, len(panels))
	draw := func(i int) {
		view, err := query(ctx, s, panels[i].ID, func(ctx context.Context) (chart.Panel, error) {
			table, err := s.src.Answer(ctx, panels[i], q.Filter, 0)
			return chart.Draw(q, panels[i], table, err), err
		})
		if err != nil {
			view = chart.Draw(q, panels[i], report.Table{}, err)
		}
		drawn[i] = view
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(maxQueries, len(panels)) {
		wg.Go(func() {
			for i := next.Add(1); int(i) <= len(panels); i = next.Add(1) {
				draw(int(i) - 1)
			}
		})
	}
	wg.Wait()
	return drawn
}

// promptListPage serves the list of prompts.
func (s *server) promptListPage(w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	head := s.newLayout(q, "Prompts", "/prompts")
	page, err := s.readPrompts(r.Context(), q)
	head.Filter = s.newFilterForm(r.Context(), q)
	s.assets.render(w, http.StatusOK, "prompts", struct {
		layout
		prompts.List
	}{head, prompts.NewList(q, page, err)})
	return nil
}

// readPrompts reads a page of the list of prompts.
func (s *server) readPrompts(ctx context.Context, q *urlquery.Query) (prompts.Page, error) {
	list, err := query(ctx, s, "prompts", func(ctx context.Context) ([]report.Prompt, error) {
		return s.src.Prompts(ctx, q.Filter, q.Before, q.Limit+1)
	})
	return prompts.NewPage(q, list), err
}

// maxPromptID bounds the length of a prompt's id.
const maxPromptID = 200

// promptPage serves one prompt with its steps.
func (s *server) promptPage(w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	id := r.PathValue("id")
	if len(id) > maxPromptID || format.Sanitize(id) != id {
		return report.ErrNotFound
	}
	head := s.newLayout(q, "Prompt", "/prompts")
	detail, err := query(r.Context(), s, "prompt", func(ctx context.Context) (prompts.Detail, error) {
		prompt, steps, err := s.src.Prompt(ctx, id)
		return prompts.NewDetail(q, prompt, steps), err
	})
	if err != nil {
		return err
	}
	s.assets.render(w, http.StatusOK, "prompt", struct {
		layout
		prompts.Detail
	}{head, detail})
	return nil
}

// setupPage serves the setup check.
func (s *server) setupPage(w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	head := s.newLayout(q, "Setup", "/setup")
	check, err := s.checkSetup(r)
	s.assets.render(w, http.StatusOK, "setup", struct {
		layout
		setup.View
	}{head, setup.NewView(q, check, err)})
	return nil
}

// checkSetup returns the setup check. After an error it has the settings for clients only.
func (s *server) checkSetup(r *http.Request) (setup.Check, error) {
	state, err := query(r.Context(), s, "setup", s.src.Setup)
	return setup.Check{
		Setup: state, State: s.src.State(), Problems: s.set.Problems(), Refused: s.set.Refused(),
		Retention: s.set.Retention, Now: s.set.Now(),
		Client: setup.NewClient(s.set.CollectorURL, s.set.Headers, hostname(r.Host)),
	}, err
}
