package store

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An alertDelta is the state of an alert in its last notification.
type alertDelta struct {
	name, severity, status, detail string
	starts, ends, seen             int64 // in Unix seconds, 0 if unknown
	times                          int64
}

// alertDimensions are the attributes of an alert's group that the page shows, in their
// order. The message is not stored, since rules put attributes into it.
var alertDimensions = [...]string{"organization", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version"}

// alert stores the state in an alert record. The latest record of an alert counts.
func (in *intake) alert(e cowork.Event, m eventKey) {
	text := func(key string) string { return shorten(e.Dimension(key)) }
	key := text("alert.fingerprint")
	if key == "" {
		key = text("alert.name")
	}
	if key == "" {
		return
	}
	a := &alertDelta{
		name: text("alert.name"), severity: text("alert.severity"), status: text("alert.status"), detail: detail(e),
		starts: seconds(e, "alert.starts_at"), ends: seconds(e, "alert.ends_at"), seen: m.unix / int64(time.Second), times: 1,
	}
	if a.severity == "" {
		a.severity = strings.ToLower(shorten(e.Record().SeverityText()))
	}
	if before := in.d.alerts[key]; before != nil {
		a.times += before.times
		if before.seen > a.seen {
			before.times = a.times
			return
		}
	} else {
		if len(in.d.alerts) >= in.set.MaxAlerts {
			in.stats.AlertsDropped++
			return
		}
		in.d.room--
	}
	in.d.alerts[key] = a
}

// detail returns the group of an alert: "connector crm, user 4f2…".
func detail(e cowork.Event) string {
	var parts []string
	for _, name := range alertDimensions {
		value, ok := e.Record().Attributes().Get(name)
		if ok && value.Type() == pcommon.ValueTypeStr && value.Str() != "" {
			parts = append(parts, name+" "+shorten(value.Str()))
		}
	}
	return strings.Join(parts, ", ")
}

// seconds returns a time attribute in Unix seconds, 0 if there is none.
func seconds(e cowork.Event, key string) int64 {
	text, _ := e.Str(key)
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil && t.Unix() > earliest {
		return t.Unix()
	}
	return 0
}
