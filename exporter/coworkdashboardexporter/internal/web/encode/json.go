package encode

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// JSON sends a value with a status. The client may have closed the connection.
func JSON(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(code)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(true)
	_ = e.Encode(v)
}

// Time returns a time in UTC, nil for none.
func Time(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// A Filter is the filter of a request.
type Filter struct {
	From         time.Time `json:"from"`
	To           time.Time `json:"to"`
	Zone         string    `json:"zone"`
	Organization string    `json:"organization,omitempty"`
	User         string    `json:"user,omitempty"`
	Model        string    `json:"model,omitempty"`
}

// NewFilter returns a filter with times in UTC.
func NewFilter(f report.Filter) Filter {
	return Filter{f.From.UTC(), f.To.UTC(), f.Zone.String(), f.Organization, f.User, f.Model}
}
