package events

import (
	"encoding/json"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

type eventJSON struct {
	Sequence int64           `json:"sequence"`
	Arrived  time.Time       `json:"arrived"`
	Kind     string          `json:"kind"`
	User     string          `json:"user"`
	Session  string          `json:"session"`
	Prompt   string          `json:"prompt"`
	Hidden   int             `json:"hidden,omitempty"`
	Cut      bool            `json:"cut,omitempty"`
	Record   json.RawMessage `json:"record"`
}

// JSON returns a page of events for JSON.
func JSON(page report.EventPage) any {
	out := struct {
		Last       int64       `json:"last"`
		Kept       int         `json:"kept"`
		Most       int         `json:"max_events"`
		Matching   int         `json:"matching"`
		Newer      int         `json:"newer"`
		Unredacted bool        `json:"unredacted"`
		Events     []eventJSON `json:"events"`
	}{page.Last, page.Kept, page.Most, page.Matching, page.Newer, page.Unredacted, []eventJSON{}}
	for _, e := range page.Events {
		out.Events = append(out.Events, eventJSON{e.Sequence, e.Arrived.UTC(), e.Kind, e.User, e.Session, e.Prompt, e.Hidden, e.Cut, e.Record})
	}
	return out
}
