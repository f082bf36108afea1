package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/prompts"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/steps"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A listed is what a list of prompts or of sessions is made of.
type listed[T any] struct {
	name   string // of the list, as in its addresses
	sorts  []string
	fields []string // the parameters of the search
	find   func(context.Context, *server, *urlquery.Query, report.Search) (report.Found[T], error)
	view   func(*urlquery.Query, report.Search, report.Found[T], error) prompts.List
	json   func(*urlquery.Query, []T) any
	table  func(*urlquery.Query, report.Found[T]) report.Table
}

var promptList = listed[report.Prompt]{
	name: "prompts", sorts: report.PromptSorts, fields: prompts.PromptParameters, view: prompts.NewPromptList,
	find: func(ctx context.Context, s *server, q *urlquery.Query, search report.Search) (report.Found[report.Prompt], error) {
		return s.src.Prompts(ctx, q.Filter, search)
	},
	json: func(q *urlquery.Query, list []report.Prompt) any { return prompts.ListJSON(list, q.Now) },
	table: func(q *urlquery.Query, f report.Found[report.Prompt]) report.Table {
		return prompts.PromptTable(f, q.Now)
	},
}

var sessionList = listed[report.Session]{
	name: "sessions", sorts: report.SessionSorts, fields: prompts.SessionParameters, view: prompts.NewSessionList,
	find: func(ctx context.Context, s *server, q *urlquery.Query, search report.Search) (report.Found[report.Session], error) {
		return s.src.Sessions(ctx, q.Filter, search)
	},
	json:  func(_ *urlquery.Query, list []report.Session) any { return prompts.SessionsJSON(list) },
	table: func(_ *urlquery.Query, f report.Found[report.Session]) report.Table { return prompts.SessionTable(f) },
}

// routes returns the addresses of a list: its page, and its files.
func (l *listed[T]) routes() []route {
	page := urlquery.Accepts{Times: true, Names: urlquery.AllNames, Limit: urlquery.PromptLimit, Own: l.fields}
	file := page
	file.Limit = urlquery.RowLimit
	return []route{
		{pattern: "/" + l.name, accepts: page, serve: l.page},
		{pattern: "/api/" + l.name + ".json", accepts: file, serve: l.file},
		{pattern: "/api/" + l.name + ".csv", accepts: file, serve: l.file},
	}
}

// search returns the rows of an address.
func (l *listed[T]) search(ctx context.Context, s *server, q *urlquery.Query) (report.Search, report.Found[T], error) {
	search, err := prompts.ParseSearch(q, l.sorts)
	if err != nil {
		return search, report.Found[T]{}, badRequest{err}
	}
	found, err := query(ctx, s, l.name, func(ctx context.Context) (report.Found[T], error) { return l.find(ctx, s, q, search) })
	return search, found, err
}

// page serves the page of a list.
func (l *listed[T]) page(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	head := s.newLayout(q, strings.ToUpper(l.name[:1])+l.name[1:], "/"+l.name)
	search, found, err := l.search(r.Context(), s, q)
	if isRefused(err) {
		return err
	}
	head.Filter = s.newFilterForm(r.Context(), q, "")
	head.Filter.Search = prompts.NewForm(q, l.fields)
	if head.Filter.Search.Set && head.Filter.Clear == "" {
		head.Filter.Clear = q.Link(q.Path)
	}
	s.assets.render(w, http.StatusOK, "list", struct {
		layout
		prompts.List
	}{head, l.view(q, search, found, err)})
	return nil
}

// file serves a list as JSON or CSV. In JSON, after is the value of the parameter after
// for the next page.
func (l *listed[T]) file(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	_, found, err := l.search(r.Context(), s, q)
	if err != nil {
		return err
	}
	if strings.HasSuffix(r.URL.Path, ".csv") {
		writeCSV(w, "cowork-"+l.name+"-"+datesOf(q)+".csv", l.table(q, found), q.Shown, urlquery.RowLimit.Max)
		return nil
	}
	answer := map[string]any{"filter": newFilterJSON(q.Filter), l.name: l.json(q, found.Rows), "total": found.Total}
	if found.After != "" {
		answer["after"] = found.After
	}
	writeJSON(w, http.StatusOK, answer)
	return nil
}

// maxSessionID bounds the length of a session's id.
const maxSessionID = 200

// sessionPage serves one session as a timeline.
func sessionPage(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	id := q.Value("session")
	if id == "" || len(id) > maxSessionID || format.Sanitize(id) != id {
		return report.ErrNotFound
	}
	head := s.newLayout(q, "Session", "/sessions")
	timeline, err := query(r.Context(), s, "session", func(ctx context.Context) (report.Timeline, error) { return s.src.Session(ctx, id) })
	if err != nil {
		return err
	}
	s.assets.render(w, http.StatusOK, "session", struct {
		layout
		prompts.Timeline
	}{head, prompts.NewTimeline(q, timeline)})
	return nil
}

// maxPromptID bounds the length of a prompt's id.
const maxPromptID = 200

// markedPrompt are the parameters of a prompt: the filter, and the event whose step is marked.
var markedPrompt = urlquery.Accepts{Times: true, Names: urlquery.CommonNames, Own: []string{steps.EventParameter}}

// promptPage serves one prompt with its steps.
func promptPage(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
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
