package web

import (
	"context"
	"net/http"
	"sync"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// overviewPage serves the panels of all sections, or of one.
func (s *server) overviewPage(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r)
	if err != nil {
		return err
	}
	panels := panelsOfSection(s.panels, req.Query.Section)
	if len(panels) == 0 && req.Query.Section != "" {
		return errNotFound
	}
	layout := s.newLayout(req, "Overview", "/")
	ctx := r.Context()
	var wg sync.WaitGroup
	wg.Go(func() { layout.Filter = newFilterForm(ctx, req, s.src) }) // takes as long as a panel
	drawn := make([]chart.Panel, len(panels))
	s.src.answerAll(ctx, panels, req.Query.Filter, func(i int, t report.Table, err error) {
		drawn[i] = chart.Draw(req, panels[i], t, err)
	})
	wg.Wait()
	view := newOverview(req, layout, panels, drawn)
	s.templates.render(w, http.StatusOK, "overview", view)
	return nil
}

// promptListPage serves the list of prompts.
func (s *server) promptListPage(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r)
	if err != nil {
		return err
	}
	layout := s.newLayout(req, "Prompts", "/prompts")
	page, err := readPromptPage(r.Context(), req, s.src)
	view := newPromptList(req, page)
	if err != nil {
		view.Trouble = chart.Trouble(err)
	}
	view.layout = layout
	view.Filter = newFilterForm(r.Context(), req, s.src)
	s.templates.render(w, http.StatusOK, "prompts", view)
	return nil
}

// maxPromptID bounds the length of a prompt's id.
const maxPromptID = 200

// promptPage serves one prompt with its steps.
func (s *server) promptPage(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	if len(id) > maxPromptID || format.Sanitize(id) != id {
		return report.ErrNotFound
	}
	layout := s.newLayout(req, "Prompt", "/prompts")
	prompt, steps, err := s.src.Prompt(r.Context(), id)
	if err != nil {
		return err
	}
	view := newPromptDetail(req, prompt, steps)
	view.ID = id
	view.layout = layout
	s.templates.render(w, http.StatusOK, "prompt", view)
	return nil
}

// setupPage serves the setup check.
func (s *server) setupPage(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r)
	if err != nil {
		return err
	}
	layout := s.newLayout(req, "Setup", "/setup")
	setup, err := s.src.Setup(r.Context())
	view := newSetupView(req, setup, s.checkSetup(r, setup))
	view.Kept = keptLines(s.set.Retention, setup.Kinds)
	if err != nil {
		view = setupView{Trouble: chart.Trouble(err), Client: view.Client}
	}
	view.layout = layout
	s.templates.render(w, http.StatusOK, "setup", view)
	return nil
}

// newLayout returns the layout of a page. Call it before the queries of the page, so that
// its version is not newer than their answers and the page polls for the difference.
func (s *server) newLayout(req *chart.Request, title, path string) layout {
	return newLayout(s.set, s.src.State(), req, title, path)
}

// checkSetup returns the input of the advice.
func (s *server) checkSetup(r *http.Request, setup report.Setup) setupStatus {
	return setupStatus{Setup: setup, State: s.src.State(), problems: s.set.Problems(), refused: s.set.Refused(), now: s.set.Now(), client: newClientSettings(s.set, r)}
}

// A promptPage is one page of the list of prompts, and whether older prompts follow.
type promptPage struct {
	prompts []report.Prompt
	more    bool
}

// readPromptPage reads the prompts of a page.
func readPromptPage(ctx context.Context, req *chart.Request, src report.Source) (promptPage, error) {
	q := req.Query
	list, err := src.Prompts(ctx, q.Filter, q.Before, q.Limit+1)
	if err != nil || len(list) <= q.Limit {
		return promptPage{prompts: list}, err
	}
	// The next page starts before the last prompt of this one. Prompts with the same
	// time stay on one page, since that page would skip the others.
	n := q.Limit
	for n > 1 && list[n].Start.Equal(list[n-1].Start) {
		n--
	}
	return promptPage{list[:n], true}, nil
}
