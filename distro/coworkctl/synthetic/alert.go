package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// An episode is an alert of a demonstration, told as the collector's own rules tell
// theirs: it is what rules would have said about the plot.
type episode struct {
	rule, severity, message string
	value, threshold        float64
	by, what                string // the group: its dimension, and which of it
	from, to                time.Time
}

// episodes are a demonstration's alerts. Those that end after the present are firing.
func (f *Fleet) episodes() []episode {
	p := f.plot
	if p == nil {
		return nil
	}
	at := func(share float64) time.Time {
		return p.from.Add(time.Duration(share * float64(p.present.Sub(p.from)))).Truncate(time.Second)
	}
	ago := func(d time.Duration) time.Time { return p.present.Add(-d).Truncate(time.Second) }
	night := f.nightly().accountUUID
	return []episode{
		{"slow_tool", "info", "Slow tool: Bash took 61240 ms", 61240, 5000, "tool", "Bash", at(0.21), at(0.21).Add(15 * time.Minute)},
		{"off_hours_activity", "info", "Prompts began while nobody works", 2, 1, "user", night, at(nightlyTwice), ago(-time.Hour)},
		{"connector_error_rate", "warning", "Calls of a connector fail more often than one in five", 0.44, 0.2, "connector", flakyConnector, at(0.61), at(0.86)},
		{"api_errors", "critical", "The API answers 529 to most requests", 0.71, 0.2, "model", opus.name, p.outage.Add(4 * time.Minute), p.outage.Add(66 * time.Minute)},
		{"cost_by_user", "warning", "Somebody spends ten times what others do", 41.7, 25, "user", night, ago(27 * time.Hour), ago(19 * time.Hour)},
		{"connector_error_rate", "warning", "Calls of a connector fail more often than one in five", 0.25, 0.2, "connector", flakyConnector, ago(50 * time.Minute), ago(-time.Hour)},
	}
}

// alerts has the alerts of the story wait for their turn.
func (f *Fleet) alerts() {
	for _, e := range f.episodes() {
		if e.from.Before(f.settings.Start) {
			continue
		}
		f.held.add(e.batch("firing", e.from))
		if e.to.Before(f.plot.present) {
			f.held.add(e.batch("resolved", e.to))
		}
	}
}

var severities = map[string]plog.SeverityNumber{
	"info": plog.SeverityNumberInfo, "warning": plog.SeverityNumberWarn, "critical": plog.SeverityNumberError,
}

// batch is the episode's record for one of its ends.
func (e episode) batch(status string, at time.Time) Batch {
	fingerprint := hash(e.rule+" "+e.what+e.from.String(), 16)
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
	a.PutStr(e.by, e.what)
	return b
}
