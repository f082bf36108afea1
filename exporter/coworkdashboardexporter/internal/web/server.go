package web

import (
	"context"
	"io"
	"net/http"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A server has the handlers of the page (pages.go) and of the API (api.go). It is
// immutable and safe for concurrent use.
type server struct {
	panels    []report.Panel
	byID      map[string]report.Panel
	src       *boundedSource
	set       Settings
	assets    *assets
	templates templates
}

// A route is a pattern of addresses with its handler.
type route struct {
	pattern string
	serve   func(*server, http.ResponseWriter, *http.Request) error
}

// routes are all addresses, for GET and HEAD.
var routes = []route{
	{"/{$}", (*server).overviewPage},
	{"/prompts", (*server).promptListPage},
	{"/prompts/{id}", (*server).promptPage},
	{"/setup", (*server).setupPage},
	{"/api/panels", (*server).panelListJSON},
	{"/api/panels/{file}", (*server).panelFile},
	{"/api/prompts.json", (*server).promptsJSON},
	{"/api/setup.json", (*server).setupJSON},
	{"/api/state", (*server).stateJSON},
	{"/healthz", health},
	{"/static/{hash}/{file...}", func(s *server, w http.ResponseWriter, r *http.Request) error { return s.assets.serve(w, r) }},
	{"/static/{hash}", notFound}, // without this route it would be redirected to a folder
	{"/", notFound},
}

func notFound(*server, http.ResponseWriter, *http.Request) error { return errNotFound }

// health reports that the page is served. /api/state reports the state of the source.
func health(_ *server, w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok\n")
	return nil
}

// New returns a handler that shows the answers of a source to a list of panels. It
// panics if an embedded template is invalid.
func New(panels []report.Panel, src report.Source, set Settings) http.Handler {
	set = set.withDefaults()
	s := &server{
		panels: panels, byID: make(map[string]report.Panel, len(panels)),
		src: newBoundedSource(src, set.Failed), set: set, assets: newAssets(),
	}
	s.templates = parseTemplates(s.assets)
	for _, p := range panels {
		s.byID[p.ID] = p
	}
	errs := errorWriter{s.templates, set}
	mux := http.NewServeMux()
	for _, route := range routes {
		mux.HandleFunc("GET "+route.pattern, func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithTimeout(r.Context(), set.Timeout)
			defer cancel()
			if err := route.serve(s, w, r.WithContext(ctx)); err != nil {
				errs.writeError(w, r, err)
			}
		})
	}
	return secure(set.Hosts, errs, mux)
}

// parseRequest parses the address of a request.
func (s *server) parseRequest(r *http.Request, limit urlquery.Limit) (*chart.Request, error) {
	now := s.set.Now()
	q, err := urlquery.Parse(r.URL, now, s.set.Zone, limit)
	if err != nil {
		return nil, badRequest{err}
	}
	return &chart.Request{Query: q, Zone: s.set.Zone, Now: now}, nil
}
