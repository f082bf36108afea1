package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// writeJSON writes a value whose encoding cannot fail; a reader may have left.
func writeJSON(w io.Writer, v any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(true)
	_ = e.Encode(v)
}

func sendJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	writeJSON(w, v)
	return nil
}

// A panelEntry is a panel as a program sees it.
type panelEntry struct {
	ID       string       `json:"id"`
	Section  string       `json:"section"`
	Title    string       `json:"title"`
	Question string       `json:"question"`
	Shape    report.Shape `json:"shape"`
	Unit     string       `json:"unit"`
	Ignores  []string     `json:"ignores,omitempty"`
}

func entryOf(p report.Panel) panelEntry {
	return panelEntry{p.ID, p.Section, p.Title, p.Question, p.Shape, p.Unit, p.Ignores}
}

func (s *server) panelList(w http.ResponseWriter, _ *http.Request) error {
	list := make([]panelEntry, len(s.panels))
	for i, p := range s.panels {
		list[i] = entryOf(p)
	}
	return sendJSON(w, map[string]any{"panels": list})
}

// A panelAnswer is an answer as a program sees it, with what was asked.
type panelAnswer struct {
	panelEntry
	Filter  filterEntry   `json:"filter"`
	Counted *countedEntry `json:"counted,omitempty"`
	Columns []columnEntry `json:"columns"`
	Rows    [][]any       `json:"rows"`
	Cut     int           `json:"cut"`
}

// A countedEntry is the whole hours or days that an answer is about.
type countedEntry struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

func countedOf(t report.Table) *countedEntry {
	if t.From.IsZero() {
		return nil
	}
	return &countedEntry{t.From.UTC(), t.To.UTC()}
}

type columnEntry struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
}

type filterEntry struct {
	From         time.Time `json:"from"`
	To           time.Time `json:"to"`
	Zone         string    `json:"zone"`
	Organization string    `json:"organization,omitempty"`
	User         string    `json:"user,omitempty"`
	Model        string    `json:"model,omitempty"`
}

func filterOf(f report.Filter) filterEntry {
	return filterEntry{f.From.UTC(), f.To.UTC(), f.Zone.String(), f.Organization, f.User, f.Model}
}

// panelFile answers /api/panels/{id}.json and .csv.
func (s *server) panelFile(w http.ResponseWriter, r *http.Request) error {
	id, format, _ := strings.Cut(r.PathValue("file"), ".")
	panel, ok := s.byID[id]
	if !ok || format != "json" && format != "csv" {
		return errUnknown
	}
	p, err := s.painter(r)
	if err != nil {
		return err
	}
	var t report.Table
	err = s.gate.through(r.Context(), func(ctx context.Context) (err error) {
		t, err = s.src.Answer(ctx, panel, p.query.Filter)
		return s.failed(ctx, panel.ID, err)
	})
	if err != nil {
		return err
	}
	if format == "csv" {
		name := fmt.Sprintf("cowork-%s-%s-%s.csv", id, day(p.query.From, p.zone), day(p.query.To.Add(-1), p.zone))
		return sendCSV(w, name, t, p.zone)
	}
	return sendJSON(w, panelAnswer{entryOf(panel), filterOf(p.query.Filter), countedOf(t), columnsOf(t), rowsOf(t), t.Cut})
}

func day(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }

func columnsOf(t report.Table) []columnEntry {
	out := make([]columnEntry, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = columnEntry(c)
	}
	return out
}

// rowsOf returns rows as JSON can hold them: it has no way to write what is no number.
func rowsOf(t report.Table) [][]any {
	out := make([][]any, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = make([]any, len(row))
		for j, c := range row {
			if f, ok := c.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
				c = nil
			}
			if t, ok := c.(time.Time); ok {
				c = t.UTC()
			}
			out[i][j] = c
		}
	}
	return out
}

// A stateAnswer tells an open page whether there is something new.
type stateAnswer struct {
	Version int64      `json:"version"`
	Latest  *time.Time `json:"latest"`
	Problem string     `json:"problem,omitempty"`
	Lost    int64      `json:"lost"`
	Assets  string     `json:"assets"`
}

func (s *server) state(w http.ResponseWriter, _ *http.Request) error {
	st := s.src.State()
	a := stateAnswer{Version: st.Version, Problem: clean(st.Problem), Lost: st.Lost, Assets: s.assets.hash}
	if !st.Latest.IsZero() {
		latest := st.Latest.UTC()
		a.Latest = &latest
	}
	return sendJSON(w, a)
}

// health says that the page is served; whether its source is well is the state's.
func (s *server) health(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok\n")
	return nil
}
