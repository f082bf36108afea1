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
	// recordName is the event name of alert records.
	recordName = "cowork.alert"

	// service is the service that alert records are from: the collector.
	service = "otelcol-cowork"
)

// severities are the severity numbers of records. A critical alert is an error of what it
// is about, and not the end of the process that emits it.
var severities = map[string]plog.SeverityNumber{
	"info":     plog.SeverityNumberInfo,
	"warning":  plog.SeverityNumberWarn,
	"critical": plog.SeverityNumberError,
}

// recordsOf returns alerts as one batch of records.
func recordsOf(alerts []alert.Alert, version string, now time.Time) plog.Logs {
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
		fillRecord(sl.LogRecords().AppendEmpty(), &alerts[i], pcommon.NewTimestampFromTime(now))
	}
	return ld
}

// fillRecord fills the record of an alert. The attributes of the alert come first, so that
// a group or a label of the same name cannot replace them.
func fillRecord(rec plog.LogRecord, a *alert.Alert, now pcommon.Timestamp) {
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
	putIfAbsent(m, "alert.description", a.Rule.Description)
	putIfAbsent(m, "alert.why", a.Rule.Why)
	putIfAbsent(m, "alert.action", a.Rule.Action)
	for _, name := range slices.Sorted(maps.Keys(a.Rule.Labels)) {
		putIfAbsent(m, "alert.labels."+name, a.Rule.Labels[name])
	}
	for i, name := range a.Names {
		if _, used := m.Get(name); used {
			name = "alert.group." + name
		}
		putIfAbsent(m, name, a.Group[i])
	}
	putIfAbsent(m, "prompt.id", a.PromptID)
}

// putIfAbsent sets an attribute to a text unless the text is empty or the attribute set.
func putIfAbsent(m pcommon.Map, key, text string) {
	if _, set := m.Get(key); text != "" && !set {
		m.PutStr(key, text)
	}
}
