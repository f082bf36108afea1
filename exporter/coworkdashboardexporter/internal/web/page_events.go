package web

import (
	"net/http"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/events"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// eventRefresh is how often an open page of events polls for new ones.
const eventRefresh = 2 * time.Second

// eventsPage serves the latest records. A page with until in its address is paused.
func eventsPage(s *server, w http.ResponseWriter, _ *http.Request, q *urlquery.Query) error {
	f, err := events.ParseFilter(q)
	if err != nil {
		return badRequest{err}
	}
	head := s.newLayout(q, "Events", "/events")
	page := readEvents(s, f)
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
func eventsJSON(s *server, w http.ResponseWriter, _ *http.Request, q *urlquery.Query) error {
	f, err := events.ParseFilter(q)
	if err != nil {
		return badRequest{err}
	}
	writeJSON(w, http.StatusOK, events.JSON(readEvents(s, f)))
	return nil
}

// readEvents reads the latest records, none if they are not kept.
func readEvents(s *server, f report.EventFilter) (page report.EventPage) {
	if s.set.Events == nil {
		return page
	}
	return s.set.Events.Read(f)
}

// eventStateJSON serves /api/events/state, which an open page of events polls.
func eventStateJSON(s *server, w http.ResponseWriter, _ *http.Request, _ *urlquery.Query) error {
	state := s.src.State()
	if state.Version = 0; s.set.Events != nil {
		state.Version = s.set.Events.Last()
	}
	s.writeState(w, state)
	return nil
}
