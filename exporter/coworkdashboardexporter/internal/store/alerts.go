package store

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An alertDelta is what was last told of an alert.
type alertDelta struct {
	name, severity, status, detail string
	starts, ends, seen             int64 // in seconds; 0 is not known
	times                          int64
}

// grouping are the names that an alert's group can have on the page, in their order.
// A message is not kept: rules put attributes into it.
var alertDimensions = [...]string{"organization", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version"}

// alert notes what an alert record tells. The latest telling counts.
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

// detail writes the group of an alert: "connector crm, user 4f2…".
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

// seconds reads a time, 0 if there is none.
func seconds(e cowork.Event, key string) int64 {
	text, _ := e.Str(key)
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil && t.Unix() > earliest {
		return t.Unix()
	}
	return 0
}
