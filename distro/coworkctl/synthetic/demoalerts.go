package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// A demoAlert is an alert of a demonstration, in the form of the collector's own
// rules.
type demoAlert struct {
	rule, severity, message string
	value, threshold        float64
	dimension, group        string // of group_by
	from, to                time.Time
}

// demoAlerts returns the alerts of a demonstration. Those that end after the present
// are firing. The user is the owner of the nightly task.
func demoAlerts(sc *scenario, who person) []demoAlert {
	user := who.first + " " + who.last
	at := func(share float64) time.Time {
		return sc.start.Add(time.Duration(share * float64(sc.present.Sub(sc.start)))).Truncate(time.Second)
	}
	ago := func(d time.Duration) time.Time { return sc.present.Add(-d).Truncate(time.Second) }
	return []demoAlert{
		{"slow_tool", "info", "Slow tool: Bash took 61240 ms", 61240, 5000, "tool", "Bash", at(0.21), at(0.21).Add(15 * time.Minute)},
		{"off_hours_activity", "info", "Prompts began while nobody works", 2, 1, "user", user, at(nightlyTwice), ago(-time.Hour)},
		{"connector_error_rate", "warning", "Calls of a connector fail more often than one in five", 0.44, 0.2, "connector", flakyConnector, at(0.61), at(0.86)},
		{"api_errors", "critical", "The API answers 529 to most requests", 0.71, 0.2, "model", opus.name, sc.overload.Add(4 * time.Minute), sc.overload.Add(66 * time.Minute)},
		{"cost_by_user", "warning", "Somebody spends ten times what others do", 41.7, 25, "user", user, ago(27 * time.Hour), ago(19 * time.Hour)},
		{"connector_error_rate", "warning", "Calls of a connector fail more often than one in five", 0.25, 0.2, "connector", flakyConnector, ago(50 * time.Minute), ago(-time.Hour)},
	}
}

// alertBatches returns the firing and resolved records of a demonstration's alerts
// that begin after its start.
func alertBatches(sc *scenario, start time.Time, who person) []Batch {
	var batches []Batch
	for _, a := range demoAlerts(sc, who) {
		if a.from.Before(start) {
			continue
		}
		batches = append(batches, a.batch("firing", a.from))
		if a.to.Before(sc.present) {
			batches = append(batches, a.batch("resolved", a.to))
		}
	}
	return batches
}

var severities = map[string]plog.SeverityNumber{
	"info": plog.SeverityNumberInfo, "warning": plog.SeverityNumberWarn, "critical": plog.SeverityNumberError,
}

// batch returns a batch with the record of one status change.
func (e demoAlert) batch(status string, at time.Time) Batch {
	fingerprint := hash(e.rule+" "+e.group+e.from.String(), 16)
	b := newBatch(at, fingerprint)
	rl := b.Logs.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "otelcol-cowork")
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName("cowork_rules")
	rec := sl.LogRecords().AppendEmpty()
	rec.SetTimestamp(pcommon.NewTimestampFromTime(at))
	rec.SetObservedTimestamp(rec.Timestamp())
	rec.SetSeverityText(e.severity)
	rec.SetSeverityNumber(severities[e.severity])
	rec.Body().SetStr("cowork.alert")
	a := rec.Attributes()
	a.PutStr("event.name", "cowork.alert")
	a.PutStr("alert.name", e.rule)
	a.PutStr("alert.status", status)
	a.PutStr("alert.severity", e.severity)
	a.PutStr("alert.message", e.message)
	a.PutStr("alert.fingerprint", fingerprint)
	a.PutDouble("alert.value", e.value)
	a.PutDouble("alert.threshold", e.threshold)
	a.PutStr("alert.starts_at", e.from.UTC().Format(time.RFC3339Nano))
	if status == "resolved" {
		a.PutStr("alert.ends_at", e.to.UTC().Format(time.RFC3339Nano))
	}
	a.PutStr(e.dimension, e.group)
	return b
}
