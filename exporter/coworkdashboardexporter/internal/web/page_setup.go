package web

import (
	"net/http"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/setup"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// setupPage serves the setup check.
func setupPage(s *server, w http.ResponseWriter, r *http.Request, q *urlquery.Query) error {
	head := s.newLayout(q, "Setup", "/setup")
	check, err := checkSetup(s, r)
	s.assets.render(w, http.StatusOK, "setup", struct {
		layout
		setup.View
	}{head, setup.NewView(q, check, err)})
	return nil
}

// checkSetup returns the setup check. After an error it has the settings for clients only.
func checkSetup(s *server, r *http.Request) (setup.Check, error) {
	state, err := query(r.Context(), s, "setup", s.src.Setup)
	return setup.Check{
		Setup: state, State: s.src.State(), Problems: s.set.Problems(), Refused: s.set.Refused(),
		Retention: s.set.Retention, Now: s.set.Now(),
		Client: setup.NewClient(s.set.CollectorURL, s.set.Headers, s.set.Servers(), hostname(r.Host)), Redacted: s.set.Redacted,
	}, err
}
