package coworkrulesconnector

import (
	"maps"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/alert"
)

const (
	// recordName is what an alert record is called.
	recordName = "cowork.alert"

	// service is whose records they are: the collector's.
	service = "otelcol-cowork"
)

// severities are the numbers that a record has for the words of rules. Critical is an
// error of whatever it is about, not the end of the process that says so.
var severities = map[string]plog.SeverityNumber{
	"info":     plog.SeverityNumberInfo,
	"warning":  plog.SeverityNumberWarn,
	"critical": plog.SeverityNumberError,
}

// records writes alerts as one batch.
func records(alerts []alert.Alert, version string, now time.Time) plog.Logs {
	ld := plog.NewLogs()
	if len(alerts) == 0 {
		return ld
	}
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", service)
	rl.Resource().Attributes().PutStr("service.version", version)
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName(metadata.ScopeName)
	sl.Scope().SetVersion(version)
	for i := range alerts {
		write(&alerts[i], sl.LogRecords().AppendEmpty(), pcommon.NewTimestampFromTime(now))
	}
	return ld
}

// write writes an alert as a record. Its names come first, so that a group or a label
// of the same name cannot take their place.
func write(a *alert.Alert, rec plog.LogRecord, now pcommon.Timestamp) {
	rec.SetTimestamp(now)
	rec.SetObservedTimestamp(now)
	rec.SetEventName(recordName)
	rec.SetSeverityNumber(severities[a.Rule.Severity])
	rec.SetSeverityText(a.Rule.Severity)
	rec.Body().SetStr(a.Message)
	rec.SetTraceID(a.TraceID)

	m := rec.Attributes()
	m.PutStr("event.name", recordName)
	m.PutStr("alert.name", a.Rule.Name)
	m.PutStr("alert.status", string(a.Status))
	m.PutStr("alert.severity", a.Rule.Severity)
	m.PutStr("alert.message", a.Message)
	m.PutStr("alert.fingerprint", a.Fingerprint)
	m.PutDouble("alert.value", a.Value)
	m.PutDouble("alert.threshold", a.Threshold)
	m.PutStr("alert.starts_at", a.StartsAt.UTC().Format(time.RFC3339Nano))
	if !a.EndsAt.IsZero() {
		m.PutStr("alert.ends_at", a.EndsAt.UTC().Format(time.RFC3339Nano))
	}
	putText(m, "alert.description", a.Rule.Description)
	putText(m, "alert.why", a.Rule.Why)
	putText(m, "alert.action", a.Rule.Action)
	for _, name := range slices.Sorted(maps.Keys(a.Rule.Labels)) {
		putText(m, "alert.labels."+name, a.Rule.Labels[name])
	}
	for i, name := range a.Names {
		if _, taken := m.Get(name); taken {
			name = "alert.group." + name
		}
		putText(m, name, a.Group[i])
	}
	putText(m, "prompt.id", a.PromptID)
}

// putText adds an attribute, unless there is nothing to say or it was said.
func putText(m pcommon.Map, key, text string) {
	if _, taken := m.Get(key); text != "" && !taken {
		m.PutStr(key, text)
	}
}
