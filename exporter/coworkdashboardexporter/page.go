package coworkdashboardexporter

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// page returns what is served: for now each panel's answer of the last day, as JSON.
func (e *dashboardExporter) page(zone *time.Location) http.Handler {
	mux := http.NewServeMux()
	for _, p := range panels {
		mux.HandleFunc("GET /api/panels/"+p.ID+".json", func(w http.ResponseWriter, r *http.Request) {
			now := time.Now()
			t, err := e.store.Answer(r.Context(), p, report.Filter{From: now.AddDate(0, 0, -1), To: now, Zone: zone})
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(t) // the reader may have gone
		})
	}
	return mux
}
