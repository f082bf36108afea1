package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// panelListJSON serves /api/panels.
func panelListJSON(s *server, w http.ResponseWriter, _ *http.Request, _ *urlquery.Query) error {
	list := make([]panelJSON, len(s.panels))
	for i, p := range s.panels {
		list[i] = newPanelJSON(s.src, p)
	}
	writeJSON(w, http.StatusOK, map[string]any{"panels": list})
	return nil
}

// panelFile serves /api/panels/{id}.json and /api/panels/{id}.csv.
func panelFile(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	id, extension, _ := strings.Cut(r.PathValue("file"), ".")
	i := slices.IndexFunc(s.panels, func(p report.Panel) bool { return p.ID == id })
	if i < 0 || extension != "json" && extension != "csv" {
		return errNotFound
	}
	panel := s.panels[i]
	if missing := missingNames(s.src, panel, q.Filter); len(missing) > 0 {
		names := format.List(missing)
		return badRequest{fmt.Errorf("%s: this panel has no data by %s (leave it out)", names, names)}
	}
	table, err := query(r.Context(), s, id, func(ctx context.Context) (report.Table, error) {
		return s.src.Answer(ctx, panel, q.Filter, q.Limit)
	})
	if err != nil {
		return err
	}
	if extension == "json" {
		writeJSON(w, http.StatusOK, newAnswerJSON(newPanelJSON(s.src, panel), q.Filter, table))
		return nil
	}
	writeCSV(w, "cowork-"+id+"-"+datesOf(q)+".csv", table, q.Shown, urlquery.RowLimit.Max)
	return nil
}

// datesOf returns the first and the last day of a time range.
func datesOf(q *urlquery.Query) string {
	return q.From.In(q.Zone).Format(time.DateOnly) + "-" + q.To.Add(-1).In(q.Zone).Format(time.DateOnly)
}

// setupJSON serves /api/setup.json.
func setupJSON(s *server, w http.ResponseWriter, r *http.Request, _ *urlquery.Query) error {
	check, err := checkSetup(s, r)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, check.JSON())
	return nil
}

// stateJSON serves /api/state, which an open page polls.
func stateJSON(s *server, w http.ResponseWriter, _ *http.Request, _ *urlquery.Query) error {
	writeState(s, w, s.src.State())
	return nil
}

func writeState(s *server, w http.ResponseWriter, state report.State) {
	var latest *time.Time
	if at := state.Latest.UTC(); !at.IsZero() {
		latest = &at
	}
	writeJSON(w, http.StatusOK, struct {
		Version int64      `json:"version"`
		Latest  *time.Time `json:"latest"`
		Problem string     `json:"problem,omitempty"`
		Lost    int64      `json:"lost"`
		Assets  string     `json:"assets"`

		MonthlyBudgetUSD float64            `json:"monthly_budget_usd,omitempty"`
		TeamBudgetsUSD   map[string]float64 `json:"team_budgets_usd,omitempty"`
	}{state.Version, latest, format.Sanitize(state.Problem), state.Lost, s.assets.hash, s.set.Budget.MonthlyUSD, s.set.Budget.TeamsUSD})
}
