package web

import (
	"net/http"
	"sync"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/prompts"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/setup"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// overviewPage serves the panels of all sections, or of one.
func (s *server) overviewPage(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r, urlquery.PromptLimit)
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
	panels, hidden := obeyedPanels(s.src, panels, req.Query.Filter)
	drawn := make([]chart.Panel, len(panels))
	s.src.answerAll(ctx, panels, req.Query.Filter, func(i int, t report.Table, err error) {
		drawn[i] = chart.Draw(req, panels[i], t, err)
	})
	wg.Wait()
	view := newOverview(req, layout, panels, drawn, hidden)
	s.templates.render(w, http.StatusOK, "overview", view)
	return nil
}

// A promptListView is the page with the list of prompts.
type promptListView struct {
	layout
	prompts.List
}

// promptListPage serves the list of prompts.
func (s *server) promptListPage(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r, urlquery.PromptLimit)
	if err != nil {
		return err
	}
	layout := s.newLayout(req, "Prompts", "/prompts")
	page, err := prompts.ReadPage(r.Context(), req.Query, s.src)
	layout.Filter = newFilterForm(r.Context(), req, s.src)
	s.templates.render(w, http.StatusOK, "prompts", promptListView{layout, prompts.NewList(req, page, err)})
	return nil
}

// maxPromptID bounds the length of a prompt's id.
const maxPromptID = 200

// A promptView is the page of one prompt.
type promptView struct {
	layout
	prompts.Detail
}

// promptPage serves one prompt with its steps.
func (s *server) promptPage(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r, urlquery.PromptLimit)
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
	s.templates.render(w, http.StatusOK, "prompt", promptView{layout, prompts.NewDetail(req, prompt, steps)})
	return nil
}

// A setupView is the page of the setup check.
type setupView struct {
	layout
	setup.View
}

// setupPage serves the setup check.
func (s *server) setupPage(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r, urlquery.PromptLimit)
	if err != nil {
		return err
	}
	layout := s.newLayout(req, "Setup", "/setup")
	check, err := s.checkSetup(r)
	s.templates.render(w, http.StatusOK, "setup", setupView{layout, setup.NewView(req, check, err)})
	return nil
}

// newLayout returns the layout of a page. Call it before the queries of the page, so that
// its version is not newer than their answers and the page polls for the difference.
func (s *server) newLayout(req *chart.Request, title, path string) layout {
	return newLayout(s.set, s.src.State(), req, title, path)
}

// checkSetup returns the setup check. After an error it has the settings for clients only.
func (s *server) checkSetup(r *http.Request) (setup.Check, error) {
	client := setup.NewClient(s.set.CollectorURL, s.set.Headers, hostname(r.Host))
	state, err := s.src.Setup(r.Context())
	return setup.Check{
		Setup: state, State: s.src.State(), Problems: s.set.Problems(), Refused: s.set.Refused(),
		Retention: s.set.Retention, Client: client, Now: s.set.Now(),
	}, err
}
