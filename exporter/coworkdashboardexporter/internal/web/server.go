// Package web serves the page: panels, prompts with their waterfall, and the setup
// check, each also as JSON or CSV.
//
// [New] returns a handler for a list of panels and a [report.Source]. A request takes
// these steps:
//
//  1. security.go checks method, host and path, and sets the security headers: the page
//     loads nothing from other servers and runs no inline script.
//  2. Package urlquery parses the address, which is the only state of a page.
//  3. pages.go or api.go, the handlers, query the source. server.go bounds the number of
//     concurrent queries. overview.go hides the panels that the filter cannot be applied to.
//  4. Packages chart, prompts and setup turn the answers into views; package format writes
//     numbers, times and names.
//  5. assets.go renders the views to HTML, encode.go writes JSON and CSV.
//
// Every page works without scripts. With scripts, uPlot draws lines from the table below
// each chart, figures update, and filters apply at once.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A server has the handlers of the page (pages.go) and of the API (api.go). It is
// immutable and safe for concurrent use.
type server struct {
	panels []report.Panel
	src    report.Source
	set    Settings
	assets *assets
	slots  chan struct{} // of the queries that run now
}

// A route is a pattern of addresses with its handler. If it has a limit, the query of the
// address is parsed.
type route struct {
	pattern string
	limit   urlquery.Limit
	serve   func(*server, http.ResponseWriter, *http.Request, *urlquery.Query) error
}

// routes are all addresses, for GET and HEAD.
var routes = []route{
	{"/{$}", urlquery.PromptLimit, (*server).overviewPage},
	{"/prompts", urlquery.PromptLimit, (*server).promptListPage},
	{"/prompts/{id}", urlquery.PromptLimit, (*server).promptPage},
	{"/setup", urlquery.PromptLimit, (*server).setupPage},
	{"/api/panels", urlquery.Limit{}, (*server).panelListJSON},
	{"/api/panels/{file}", urlquery.RowLimit, (*server).panelFile},
	{"/api/prompts.json", urlquery.PromptLimit, (*server).promptsJSON},
	{"/api/setup.json", urlquery.Limit{}, (*server).setupJSON},
	{"/api/state", urlquery.Limit{}, (*server).stateJSON},
	{"/healthz", urlquery.Limit{}, health},
	{"/static/{hash}/{file...}", urlquery.Limit{}, staticFile},
	{"/static/{hash}", urlquery.Limit{}, notFound}, // without this route it would be redirected to a folder
	{"/", urlquery.Limit{}, notFound},
}

func notFound(*server, http.ResponseWriter, *http.Request, *urlquery.Query) error { return errNotFound }

// health reports that the page is served. /api/state reports the state of the source.
func health(_ *server, w http.ResponseWriter, _ *http.Request, _ *urlquery.Query) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok\n")
	return nil
}

// maxQueries is how many queries run at once over all requests. It leaves processors to
// the pipeline however many readers the page has.
const maxQueries = 4

// New returns a handler that shows the answers of a source to a list of panels. It
// panics if an embedded template is invalid.
func New(panels []report.Panel, src report.Source, set Settings) http.Handler {
	s := &server{panels: panels, src: src, set: set.withDefaults(), assets: newAssets(), slots: make(chan struct{}, maxQueries)}
	mux := http.NewServeMux()
	for _, route := range routes {
		mux.HandleFunc("GET "+route.pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := s.serve(route, w, r); err != nil {
				s.writeError(w, r, err)
			}
		})
	}
	return secure(s.set.Hosts, s.writeError, mux)
}

func (s *server) serve(route route, w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), s.set.Timeout)
	defer cancel()
	var q *urlquery.Query
	if route.limit.Max > 0 {
		var err error
		if q, err = urlquery.Parse(r.URL, s.set.Now(), s.set.Zone, route.limit); err != nil {
			return badRequest{err}
		}
	}
	return route.serve(s, w, r.WithContext(ctx), q)
}

// query runs a query when a slot is free. It reports an error, unless the client has
// closed the connection or the prompt does not exist.
func query[T any](ctx context.Context, s *server, what string, run func(context.Context) (T, error)) (answer T, err error) {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return answer, errBusy
	}
	answer, err = run(ctx)
	if err == nil || errors.Is(err, report.ErrNotFound) {
		return answer, err
	}
	if !errors.Is(ctx.Err(), context.Canceled) {
		s.set.Failed(what, err)
	}
	return answer, fmt.Errorf("%s: %w", what, err)
}

// writeError responds with an error, as JSON below /api/ and as a page elsewhere.
func (s *server) writeError(w http.ResponseWriter, r *http.Request, err error) {
	f := failureOf(err)
	switch f.Code {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", "GET, HEAD")
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5")
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeJSON(w, f.Code, f)
		return
	}
	s.assets.render(w, f.Code, "error", struct {
		layout
		Failure *failure
	}{s.baseLayout(&urlquery.Query{}, f.Title, ""), f})
}
