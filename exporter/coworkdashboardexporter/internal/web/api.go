package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/encode"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/prompts"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// panelListJSON serves /api/panels.
func (s *server) panelListJSON(w http.ResponseWriter, _ *http.Request) error {
	list := make([]encode.Panel, len(s.panels))
	for i, p := range s.panels {
		list[i] = s.encodePanel(p)
	}
	encode.JSON(w, http.StatusOK, map[string]any{"panels": list})
	return nil
}

func (s *server) encodePanel(p report.Panel) encode.Panel {
	return encode.NewPanel(p, obeyedNames(s.src, p))
}

// panelFile serves /api/panels/{id}.json and /api/panels/{id}.csv.
func (s *server) panelFile(w http.ResponseWriter, r *http.Request) error {
	id, extension, _ := strings.Cut(r.PathValue("file"), ".")
	panel, ok := s.byID[id]
	if !ok || extension != "json" && extension != "csv" {
		return errNotFound
	}
	req, err := s.parseRequest(r, urlquery.RowLimit)
	if err != nil {
		return err
	}
	filter := req.Query.Filter
	if err := checkObeys(s.src, panel, filter); err != nil {
		return err
	}
	table, err := s.src.Answer(r.Context(), panel, filter, req.Query.Limit)
	if err != nil {
		return err
	}
	if extension == "json" {
		encode.JSON(w, http.StatusOK, encode.NewAnswer(s.encodePanel(panel), filter, table))
		return nil
	}
	first, last := filter.From.In(req.Zone), filter.To.Add(-1).In(req.Zone)
	name := fmt.Sprintf("cowork-%s-%s-%s.csv", id, first.Format(time.DateOnly), last.Format(time.DateOnly))
	encode.CSV(w, name, table, req.Zone, urlquery.RowLimit.Max)
	return nil
}

// promptsJSON serves /api/prompts.json.
func (s *server) promptsJSON(w http.ResponseWriter, r *http.Request) error {
	req, err := s.parseRequest(r, urlquery.PromptLimit)
	if err != nil {
		return err
	}
	page, err := prompts.ReadPage(r.Context(), req.Query, s.src)
	if err != nil {
		return err
	}
	encode.JSON(w, http.StatusOK, page.JSON(req.Query.Filter))
	return nil
}

// setupJSON serves /api/setup.json.
func (s *server) setupJSON(w http.ResponseWriter, r *http.Request) error {
	check, err := s.checkSetup(r)
	if err != nil {
		return err
	}
	encode.JSON(w, http.StatusOK, check.JSON())
	return nil
}

// stateJSON serves /api/state, which an open page polls.
func (s *server) stateJSON(w http.ResponseWriter, _ *http.Request) error {
	state := s.src.State()
	encode.JSON(w, http.StatusOK, struct {
		Version int64      `json:"version"`
		Latest  *time.Time `json:"latest"`
		Problem string     `json:"problem,omitempty"`
		Lost    int64      `json:"lost"`
		Assets  string     `json:"assets"`
	}{state.Version, encode.Time(state.Latest), format.Sanitize(state.Problem), state.Lost, s.assets.hash})
	return nil
}
