package web

import (
	"encoding/json"
	"io"
	"math"
	"net/http"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// encodeJSON writes a value to a client, which may have closed the connection.
func encodeJSON(w io.Writer, v any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(true)
	_ = e.Encode(v)
}

func sendJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	encodeJSON(w, v)
	return nil
}

// optionalTime returns a time in UTC, nil for none.
func optionalTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

type panelJSON struct {
	ID       string       `json:"id"`
	Section  string       `json:"section"`
	Title    string       `json:"title"`
	Question string       `json:"question"`
	Shape    report.Shape `json:"shape"`
	Unit     string       `json:"unit"`
	Ignores  []string     `json:"ignores,omitempty"`
}

func newPanelJSON(p report.Panel) panelJSON {
	return panelJSON{p.ID, p.Section, p.Title, p.Question, p.Shape, p.Unit, p.Ignores}
}

type filterJSON struct {
	From         time.Time `json:"from"`
	To           time.Time `json:"to"`
	Zone         string    `json:"zone"`
	Organization string    `json:"organization,omitempty"`
	User         string    `json:"user,omitempty"`
	Model        string    `json:"model,omitempty"`
}

func newFilterJSON(f report.Filter) filterJSON {
	return filterJSON{f.From.UTC(), f.To.UTC(), f.Zone.String(), f.Organization, f.User, f.Model}
}

// An answerJSON is the answer to a panel with the filter of the request.
type answerJSON struct {
	panelJSON
	Filter  filterJSON   `json:"filter"`
	Counted *rangeJSON   `json:"counted,omitempty"`
	Columns []columnJSON `json:"columns"`
	Rows    [][]any      `json:"rows"`
	Cut     int          `json:"cut"`
}

// A rangeJSON is the time range that an answer covers, in complete hours or days.
type rangeJSON struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

type columnJSON struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
}

func newAnswerJSON(p report.Panel, f report.Filter, t report.Table) answerJSON {
	a := answerJSON{panelJSON: newPanelJSON(p), Filter: newFilterJSON(f), Columns: make([]columnJSON, len(t.Columns)), Rows: rowsJSON(t.Rows), Cut: t.Cut}
	if !t.From.IsZero() {
		a.Counted = &rangeJSON{t.From.UTC(), t.To.UTC()}
	}
	for i, c := range t.Columns {
		a.Columns[i] = columnJSON(c)
	}
	return a
}

// rowsJSON returns rows with times in UTC, and null for NaN and infinity.
func rowsJSON(rows [][]any) [][]any {
	out := make([][]any, len(rows))
	for i, row := range rows {
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

// A promptsJSON is one page of prompts. Before is the value of the parameter before for
// the next page.
type promptsJSON struct {
	Filter  filterJSON   `json:"filter"`
	Prompts []promptJSON `json:"prompts"`
	Before  string       `json:"before,omitempty"`
}

type promptJSON struct {
	ID           string    `json:"id"`
	Session      string    `json:"session"`
	User         string    `json:"user"`
	Organization string    `json:"organization"`
	Start        time.Time `json:"start"`
	Seconds      float64   `json:"duration_s"`
	CostUSD      float64   `json:"cost_usd"`
	InputTokens  int64     `json:"input_tokens"`
	OutputTokens int64     `json:"output_tokens"`
	Requests     int64     `json:"requests"`
	Errors       int64     `json:"errors"`
	Tools        int64     `json:"tools"`
	ToolFailures int64     `json:"tool_failures"`
	ToolRejects  int64     `json:"tool_rejects"`
	Models       []string  `json:"models"`
	Closed       bool      `json:"closed"`
	Cut          int64     `json:"steps_not_kept"`
}

func newPromptsJSON(f report.Filter, page promptPage) promptsJSON {
	out := promptsJSON{Filter: newFilterJSON(f), Prompts: make([]promptJSON, len(page.prompts))}
	for i, p := range page.prompts {
		out.Prompts[i] = promptJSON{
			p.ID, p.Session, p.User, p.Organization, p.Start.UTC(), p.Duration.Seconds(), p.CostUSD,
			p.InputTokens, p.OutputTokens, p.Requests, p.Errors, p.Tools, p.ToolFailures, p.ToolRejects,
			append([]string{}, p.Models...), p.Closed, p.Cut,
		}
	}
	if page.more {
		out.Before = page.oldest()
	}
	return out
}

// A setupJSON is the setup check.
type setupJSON struct {
	Kinds    []kindJSON    `json:"kinds"`
	Rejected []countJSON   `json:"rejected"`
	Services []countJSON   `json:"services"`
	Unknown  []countJSON   `json:"unknown_attributes"`
	Refused  []refusedJSON `json:"refused"`
	Content  contentJSON   `json:"content"`
	Advice   []adviceJSON  `json:"advice"`
	Client   clientJSON    `json:"client"`
}

type kindJSON struct {
	Name       string             `json:"name"`
	Core       bool               `json:"core"`
	Events     int64              `json:"events"`
	First      *time.Time         `json:"first"`
	Last       *time.Time         `json:"last"`
	Versions   []countJSON        `json:"versions"`
	Attributes map[string]float64 `json:"attributes"`
}

type countJSON struct {
	Name   string `json:"name"`
	Events int64  `json:"events"`
}

type refusedJSON struct {
	Receiver  string     `json:"receiver"`
	Transport string     `json:"transport"`
	Status    string     `json:"status"`
	Reason    string     `json:"reason"`
	Requests  int64      `json:"requests"`
	Last      *time.Time `json:"last"`
}

type contentJSON struct {
	Absent   int64 `json:"absent"`
	Replaced int64 `json:"replaced"`
	Plain    int64 `json:"plain"`
	Findings int64 `json:"findings"`
}

type adviceJSON struct {
	Level string `json:"level"`
	What  string `json:"what"`
	Do    string `json:"do"`
}

type clientJSON struct {
	Endpoint string   `json:"endpoint"`
	Protocol string   `json:"protocol"`
	Headers  []string `json:"headers"`
}

func newSetupJSON(s setupStatus) setupJSON {
	out := setupJSON{
		Kinds: []kindJSON{}, Refused: []refusedJSON{}, Rejected: countsJSON(s.Rejected), Services: countsJSON(s.Services), Unknown: countsJSON(s.Unknown), Content: contentJSON(s.Content),
		Client: clientJSON{s.client.Endpoint, s.client.Protocol, append([]string{}, s.client.Headers...)},
	}
	for _, r := range s.refused {
		out.Refused = append(out.Refused, refusedJSON{r.Receiver, r.Transport, r.Status, refusalOf(r.Status).reason, r.Count, optionalTime(r.Last)})
	}
	for _, k := range s.Kinds {
		out.Kinds = append(out.Kinds, newKindJSON(k))
	}
	for _, a := range s.advice() {
		out.Advice = append(out.Advice, adviceJSON{a.Badge, a.What, a.Do})
	}
	return out
}

func newKindJSON(k report.Kind) kindJSON {
	out := kindJSON{
		Name: k.Name, Core: k.Core, Events: k.Events, First: optionalTime(k.First), Last: optionalTime(k.Last),
		Versions: []countJSON{}, Attributes: map[string]float64{},
	}
	for _, v := range k.Versions {
		out.Versions = append(out.Versions, countJSON{v.Name, v.Events})
	}
	for _, a := range k.Attributes {
		out.Attributes[a.Name] = a.Share
	}
	return out
}

func countsJSON(counts []report.Count) []countJSON {
	out := make([]countJSON, len(counts))
	for i, c := range counts {
		out[i] = countJSON(c)
	}
	return out
}

// A stateJSON is the state of the source, which an open page polls.
type stateJSON struct {
	Version int64      `json:"version"`
	Latest  *time.Time `json:"latest"`
	Problem string     `json:"problem,omitempty"`
	Lost    int64      `json:"lost"`
	Assets  string     `json:"assets"`
}
