// Package web serves the pages: panels, prompts with their waterfall, and the setup
// check, each also as JSON or CSV.
//
// [New] returns a handler for pages of panels and a [report.Source]. A request takes
// these steps:
//
//  1. security.go checks method, host and path, and sets the security headers: the page
//     loads nothing from other servers and runs no inline script.
//  2. Package urlquery parses the address, which is the only state of a page. Each route
//     has the parameters that it takes, and others are refused.
//  3. page_NAME.go or api.go, the handlers, query the source. server.go bounds the number
//     of concurrent queries. filtersupport.go hides the panels that the filter cannot be applied to.
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
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/events"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A server has the handlers of the pages (page_NAME.go) and of the API (api.go). It is
// immutable and safe for concurrent use.
type server struct {
	panels []report.Panel // of all pages
	site   urlquery.Site
	src    report.Source
	set    Settings
	assets *assets
	slots  chan struct{} // of the queries that run now
	guard  *forgeryGuard
}

// A route is a pattern of addresses with the parameters that they take, and its handler.
type route struct {
	pattern string
	accepts urlquery.Accepts
	serve   func(*server, http.ResponseWriter, *http.Request, *urlquery.Query) error
	// raw is set if the query of the address is not parsed.
	raw bool
}

// The parameters of several routes.
var (
	noParameters = urlquery.Accepts{}
	answered     = urlquery.Accepts{Times: true, Compare: true, Names: urlquery.AllNames, Limit: urlquery.RowLimit}
)

// routes are all addresses, for GET and HEAD, besides the pages of panels.
var routes = []route{
	{pattern: "/prompts/{id}", accepts: markedPrompt, serve: promptPage},
	{pattern: "/session", accepts: urlquery.Accepts{Times: true, Names: urlquery.CommonNames, Own: []string{"session"}}, serve: sessionPage},
	{pattern: "/events", accepts: events.PageAccepts, serve: eventsPage},
	{pattern: "/alerts/silence", accepts: silencedAlert, serve: silencePage},
	{pattern: "/setup", accepts: noParameters, serve: setupPage},
	{pattern: "/api/panels", accepts: noParameters, serve: panelListJSON},
	{pattern: "/api/panels/{file}", accepts: answered, serve: panelFile},
	{pattern: "/api/events.json", accepts: events.FileAccepts, serve: eventsJSON},
	{pattern: "/api/events/state", accepts: noParameters, serve: eventStateJSON},
	{pattern: "/api/setup.json", accepts: noParameters, serve: setupJSON},
	{pattern: "/api/state", accepts: noParameters, serve: stateJSON},
	{pattern: "/healthz", raw: true, serve: health},
	{pattern: "/static/{hash}/{file...}", raw: true, serve: staticFile},
	{pattern: "/static/{hash}", raw: true, serve: notFound}, // without this route it would be redirected to a folder
	{pattern: "/", raw: true, serve: notFound},
}

// routesOf returns all routes, with those of pages of panels.
func routesOf(pages []report.Page) []route {
	all := slices.Concat(routes, promptList.routes(), sessionList.routes())
	for _, page := range pages {
		pattern := page.Path
		if pattern == "/" {
			pattern = "/{$}"
		}
		if page.Path == "/alerts" {
			all = append(all, route{pattern: pattern, accepts: alertNames, serve: alertsPage})
			continue
		}
		if page.Screen {
			all = append(all, route{pattern: pattern, accepts: overviewNames, serve: overviewPage})
			continue
		}
		all = append(all, route{pattern: pattern, accepts: acceptsOf(page), serve: servePanels(page)})
	}
	return all
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

// New returns a handler that shows the answers of a source to pages of panels. It panics
// if an embedded template is invalid.
func New(pages []report.Page, src report.Source, set Settings) http.Handler {
	s := &server{
		panels: panelsOf(pages), site: urlquery.Site{}, src: src, set: set.withDefaults(),
		assets: newAssets(), slots: make(chan struct{}, maxQueries), guard: newForgeryGuard(),
	}
	mux := http.NewServeMux()
	for _, route := range routesOf(pages) {
		if !route.raw {
			route.accepts.Options = !strings.HasPrefix(route.pattern, "/api/")
			s.site[route.pattern] = route.accepts
		}
		mux.HandleFunc("GET "+route.pattern, func(w http.ResponseWriter, r *http.Request) {
			if redirectOldAddress(s.site, w, r) {
				return
			}
			if err := s.serve(route, w, r); err != nil {
				s.writeError(w, r, err)
			}
		})
	}
	for path := range actions {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
			if err := act(s, w, r); err != nil {
				s.writeError(w, r, err)
			}
		})
	}
	return secure(s.set.Hosts, s.writeError, mux)
}

// panelsOf returns the panels of all pages, each once.
func panelsOf(pages []report.Page) (list []report.Panel) {
	for _, page := range pages {
		for _, p := range page.Panels {
			if !slices.ContainsFunc(list, func(other report.Panel) bool { return other.ID == p.ID }) {
				list = append(list, p)
			}
		}
	}
	return list
}

func (s *server) serve(route route, w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), s.set.Timeout)
	defer cancel()
	var q *urlquery.Query
	if !route.raw {
		var err error
		if q, err = s.site.Parse(r.URL, s.set.Now(), s.set.Zone, route.accepts); err != nil {
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
	if err == nil || errors.Is(err, report.ErrNotFound) || errors.Is(err, report.ErrAfter) {
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
	}{s.baseLayout(s.site.Query(), f.Title, ""), f})
}

// oldSections are the pages of the sections that the address / had.
var oldSections = map[string]string{
	"at-a-glance": "/", "cost": "/cost", "use": "/people", "tools-and-connectors": "/tools",
	"api": "/api-requests", "alerts": "/alerts",
}

// oldParameters are the parameters that the address / had and the overview does not take.
var oldParameters = []string{"range", "from", "to", "user", "model"}

// redirectOldAddress redirects an address of a section to its page, and one with a time
// range to the first page that takes it. It reports false for other addresses.
func redirectOldAddress(site urlquery.Site, w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path != "/" {
		return false
	}
	query := r.URL.Query()
	path, known := oldSections[query.Get("section")]
	timed := !site["/{$}"].Times && slices.ContainsFunc(oldParameters, query.Has)
	if !known && (query.Has("section") || !timed) {
		return false
	}
	if timed && (!known || path == "/") {
		path = "/cost"
	}
	query.Del("section")
	if text := query.Encode(); text != "" {
		path += "?" + text
	}
	http.Redirect(w, r, path, http.StatusMovedPermanently) //nolint:gosec // the path is one of this page
	return true
}
