package web

import (
	"context"
	"net/http"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/events"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// eventRefresh is how often an open page of events polls for new ones.
const eventRefresh = 2 * time.Second

// eventsPage serves the latest records. A page with until in its address is paused.
func eventsPage(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	f, err := events.ParseFilter(q)
	if err != nil {
		return badRequest{err}
	}
	head := s.newLayout(q, "Events", "/events")
	page, err := readEvents(r.Context(), s, f)
	if err != nil {
		return err
	}
	head.Version, head.StateAt, head.Refresh = page.Last, "/api/events/state", eventRefresh.Milliseconds()
	if f.Until > 0 || s.set.Events == nil {
		head.Refresh = 0
	}
	s.assets.render(w, http.StatusOK, "events", struct {
		layout
		events.View
	}{head, events.NewView(q, f, page)})
	return nil
}

// eventsJSON serves /api/events.json.
func eventsJSON(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	f, err := events.ParseFilter(q)
	if err != nil {
		return badRequest{err}
	}
	page, err := readEvents(r.Context(), s, f)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, events.JSON(page))
	return nil
}

// readEvents reads the latest records when a query may run, none if they are not kept.
func readEvents(ctx context.Context, s *server, f report.EventFilter) (report.EventPage, error) {
	return query(ctx, s, "events", func(context.Context) (page report.EventPage, _ error) {
		if s.set.Events != nil {
			page = s.set.Events.Read(f)
		}
		return page, nil
	})
}

// eventStateJSON serves /api/events/state, which an open page of events polls.
func eventStateJSON(s *server, w http.ResponseWriter, _ *http.Request, _ *urlquery.Query) error {
	state := s.src.State()
	if state.Version = 0; s.set.Events != nil {
		state.Version = s.set.Events.Last()
	}
	writeState(s, w, state)
	return nil
}
