package details

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An Alert is the state of an alert in one notification.
type Alert struct {
	Fingerprint, Name, Severity, Status string
	Group                               string // such as: connector crm, user 4f2
	Starts, Ends                        int64  // in Unix seconds, 0 if unknown
}

// alertDimensions are the attributes of an alert's group that the page shows, in their
// order. The message is not stored, since rules put attributes into it.
var alertDimensions = [...]string{"organization", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version"}

// AlertOf reads an alert record, nil if it names no alert.
func AlertOf(e cowork.Event) *Alert {
	text := func(key string) string { return Shorten(e.Dimension(key)) }
	a := &Alert{
		Fingerprint: text("alert.fingerprint"), Name: text("alert.name"), Severity: text("alert.severity"), Status: text("alert.status"),
		Group: groupOf(e), Starts: seconds(e, "alert.starts_at"), Ends: seconds(e, "alert.ends_at"),
	}
	if a.Fingerprint == "" {
		a.Fingerprint = a.Name
	}
	if a.Severity == "" {
		a.Severity = strings.ToLower(Shorten(e.Record().SeverityText()))
	}
	if a.Fingerprint == "" {
		return nil
	}
	return a
}

// groupOf returns the group of an alert: "connector crm, user 4f2…".
func groupOf(e cowork.Event) string {
	var parts []string
	for _, name := range alertDimensions {
		value, ok := e.Record().Attributes().Get(name)
		if ok && value.Type() == pcommon.ValueTypeStr && value.Str() != "" {
			parts = append(parts, name+" "+Shorten(value.Str()))
		}
	}
	return strings.Join(parts, ", ")
}

// seconds returns a time attribute in Unix seconds, 0 if there is none.
func seconds(e cowork.Event, key string) int64 {
	text, _ := e.Str(key)
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil && t.Year() >= 2020 && t.Year() < 10_000 {
		return t.Unix()
	}
	return 0
}
