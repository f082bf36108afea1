package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// panelListJSON serves /api/panels.
func (s *server) panelListJSON(w http.ResponseWriter, _ *http.Request) error {
	list := make([]panelJSON, len(s.panels))
	for i, p := range s.panels {
		list[i] = newPanelJSON(p)
	}
	return sendJSON(w, map[string]any{"panels": list})
}

// panelFile serves /api/panels/{id}.json and /api/panels/{id}.csv.
func (s *server) panelFile(w http.ResponseWriter, r *http.Request) error {
	id, extension, _ := strings.Cut(r.PathValue("file"), ".")
	panel, ok := s.byID[id]
	if !ok || extension != "json" && extension != "csv" {
		return errNotFound
	}
	req, err := s.parseRequest(r)
	if err != nil {
		return err
	}
	filter := req.Query.Filter
	table, err := s.src.Answer(r.Context(), panel, filter)
	if err != nil {
		return err
	}
	if extension == "json" {
		return sendJSON(w, newAnswerJSON(panel, filter, table))
	}
	first, last := filter.From.In(req.Zone), filter.To.Add(-1).In(req.Zone)
	name := fmt.Sprintf("cowork-%s-%s-%s.csv", id, first.Format(time.DateOnly), last.Format(time.DateOnly))
	return sendCSV(w, name, table, req.Zone)
}

// promptsJSON serves /api/prompts.json.
func (s *server) promptsJSON(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r)
	if err != nil {
		return err
	}
	page, err := readPromptPage(r.Context(), req, s.src)
	if err != nil {
		return err
	}
	return sendJSON(w, newPromptsJSON(req.Query.Filter, page))
}

// setupJSON serves /api/setup.json.
func (s *server) setupJSON(w http.ResponseWriter, r *http.Request) error {
	setup, err := s.src.Setup(r.Context())
	if err != nil {
		return err
	}
	return sendJSON(w, newSetupJSON(s.checkSetup(r, setup)))
}

// stateJSON serves /api/state.
func (s *server) stateJSON(w http.ResponseWriter, _ *http.Request) error {
	state := s.src.State()
	return sendJSON(w, stateJSON{
		state.Version, optionalTime(state.Latest), format.Sanitize(state.Problem), state.Lost, s.assets.hash,
	})
}
