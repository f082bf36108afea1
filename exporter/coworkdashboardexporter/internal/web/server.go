package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A server answers requests. It is safe for concurrent use: nothing in it changes.
type server struct {
	panels []report.Panel
	byID   map[string]report.Panel
	src    report.Source
	set    Settings
	assets *assets
	pages  pages
	gate   gate
}

// A route is a kind of address and what answers it.
type route struct {
	pattern string
	serve   func(*server, http.ResponseWriter, *http.Request) error
}

// routes are all that can be asked for; each is for GET, and so for HEAD.
var routes = []route{
	{"/{$}", (*server).overview},
	{"/prompts", (*server).prompts},
	{"/prompts/{id}", (*server).prompt},
	{"/setup", (*server).setup},
	{"/api/panels", (*server).panelList},
	{"/api/panels/{file}", (*server).panelFile},
	{"/api/prompts.json", (*server).promptsJSON},
	{"/api/setup.json", (*server).setupJSON},
	{"/api/state", (*server).state},
	{"/healthz", (*server).health},
	{"/static/{hash}/{file...}", (*server).asset},
	{"/static/{hash}", unknown}, // else it would be redirected to a folder
	{"/", unknown},
}

func unknown(*server, http.ResponseWriter, *http.Request) error { return errUnknown }

// New returns a handler that shows what a source answers to a list of panels. It
// panics where the embedded files are broken, which a test would see.
func New(panels []report.Panel, src report.Source, set Settings) http.Handler {
	s := &server{
		panels: panels, byID: make(map[string]report.Panel, len(panels)), src: src, set: set.withDefaults(),
		assets: newAssets(), gate: newGate(),
	}
	s.pages = newPages(s.assets)
	for _, p := range panels {
		s.byID[p.ID] = p
	}
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.HandleFunc("GET "+r.pattern, func(w http.ResponseWriter, req *http.Request) {
			ctx, cancel := context.WithTimeout(req.Context(), s.set.Timeout)
			defer cancel()
			if err := r.serve(s, w, req.WithContext(ctx)); err != nil {
				s.refuse(w, req, err)
			}
		})
	}
	return s.guard(mux)
}

// painter reads a request's address for the views of its answer.
func (s *server) painter(r *http.Request) (*painter, error) {
	now := s.set.Now()
	q, err := readQuery(r.URL, now, s.set.Zone)
	if err != nil {
		return nil, badRequest{err}
	}
	return &painter{query: q, zone: s.set.Zone, now: now, seat: s.set.SeatValueUSD}, nil
}

// failed passes on why an answer could not be given, unless it is that nobody waits
// for it any more.
func (s *server) failed(ctx context.Context, what string, err error) error {
	if err != nil && !errors.Is(ctx.Err(), context.Canceled) {
		s.set.Failed(what, err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
