package coworkrulesconnector

// This file holds the evaluation of rules on batches of events, and the records of the
// alerts that result.

import (
	"maps"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language"
	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/alert"
)

// An Evaluation evaluates the rules of a configuration, without a collector. It never
// reads the clock: the caller passes the time. It is not safe for concurrent use.
type Evaluation struct {
	language  *language.Language
	evaluator *alert.Evaluator
	version   string
	alerts    []alert.Alert // since the last Take
	evaluated time.Time     // time of the last evaluation
	events    int64
	counts    map[AlertCount]int64
}

// An AlertCount is what alerts are counted by.
type AlertCount struct {
	Rule   string
	Status alert.Status
}

// compile compiles rules.
func (c *Config) compile(specs []alert.Spec, lang *language.Language) ([]alert.Rule, error) {
	return alert.Compile(specs, func(rule string) alert.Compiler { return lang.For(rule) }, c.ShownAttributes...)
}

// NewEvaluation compiles the rules of a configuration.
func (c *Config) NewEvaluation() (*Evaluation, error) {
	lang, err := language.New()
	if err != nil {
		return nil, err
	}
	specs, err := specsOf(c)
	if err != nil {
		return nil, err
	}
	rules, err := c.compile(specs, lang)
	if err != nil {
		return nil, err
	}
	evaluator, err := alert.New(rules, alert.Settings{
		MaxGroups: c.MaxGroups, MaxActive: c.MaxActive, Lateness: c.Lateness, RepeatInterval: c.RepeatInterval,
	})
	return &Evaluation{language: lang, evaluator: evaluator, counts: map[AlertCount]int64{}}, err
}

// alertKind is the kind of events that alert records are.
const alertKind = "alert"

// Add evaluates the rules on every event of a batch, except on alert records, since an
// alert about alerts could cause itself, and on events that were evaluated before.
func (e *Evaluation) Add(ld plog.Logs, now time.Time) {
	e.evaluated = now
	for ev := range e.language.Events(ld) {
		if ev.Name() != alertKind && !ev.Redelivered() {
			e.events++
			e.alerts = e.evaluator.Add(ev, now, e.alerts)
		}
	}
}

// Tick evaluates the rules at a time without an event. Alerts resolve at a tick.
func (e *Evaluation) Tick(now time.Time) {
	e.evaluated = now
	e.alerts = e.evaluator.Tick(now, e.alerts)
}

// Take returns the alert records since it was last called, in one batch and in order.
func (e *Evaluation) Take() plog.Logs {
	ld := plog.NewLogs()
	if len(e.alerts) == 0 {
		return ld
	}
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", service)
	rl.Resource().Attributes().PutStr("service.version", e.version)
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName(metadata.ScopeName)
	sl.Scope().SetVersion(e.version)
	for i := range e.alerts {
		e.counts[AlertCount{e.alerts[i].Rule.Name, e.alerts[i].Status}]++
		fillRecord(sl.LogRecords().AppendEmpty(), &e.alerts[i], pcommon.NewTimestampFromTime(e.evaluated))
	}
	clear(e.alerts)
	e.alerts = e.alerts[:0]
	return ld
}

// Stats count the work of an Evaluation since its start.
type Stats struct {
	alert.Stats
	// Events are those that the rules were evaluated on.
	Events int64
	// Alerts are the alert records.
	Alerts map[AlertCount]int64
	// Faults are the events on which a condition or an expression failed.
	Faults map[language.Fault]int64
}

// Stats returns a copy of the counts.
func (e *Evaluation) Stats() Stats {
	return Stats{e.evaluator.Stats(), e.events, maps.Clone(e.counts), maps.Clone(e.language.Faults())}
}

// pack returns the state of the rules.
func (e *Evaluation) pack() []byte { return e.evaluator.Snapshot(nil) }

// unpack restores the state of the rules. An empty state is none.
func (e *Evaluation) unpack(state []byte, now time.Time) error {
	if len(state) == 0 {
		return nil
	}
	return e.evaluator.Restore(state, now)
}

// unpackChanges restores the alerts that were sent after the state was stored.
func (e *Evaluation) unpackChanges(changes []byte, now time.Time) error {
	if len(changes) == 0 {
		return nil
	}
	return e.evaluator.RestoreChanges(changes, now.UnixNano())
}

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
	if a.Measured != "" {
		m.PutStr("alert.measured", a.Measured)
	}
	m.PutStr("alert.starts_at", a.StartsAt.UTC().Format(time.RFC3339Nano))
	if !a.EndsAt.IsZero() {
		m.PutStr("alert.ends_at", a.EndsAt.UTC().Format(time.RFC3339Nano))
	}
	putIfAbsent := func(key, text string) {
		if _, set := m.Get(key); text != "" && !set {
			m.PutStr(key, text)
		}
	}
	putIfAbsent("alert.description", a.Rule.Description)
	putIfAbsent("alert.why", a.Rule.Why)
	putIfAbsent("alert.action", a.Rule.Action)
	if len(a.Rule.Tags) > 0 {
		tags := m.PutEmptySlice("alert.tags")
		for _, tag := range a.Rule.Tags {
			tags.AppendEmpty().SetStr(tag)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.Rule.Labels)) {
		putIfAbsent("alert.labels."+name, a.Rule.Labels[name])
	}
	for i, name := range a.Names {
		if _, used := m.Get(name); used {
			name = "alert.group." + name
		}
		putIfAbsent(name, a.Group[i])
	}
	putIfAbsent("prompt.id", a.PromptID)
	putIfAbsent("alert.event_id", a.EventID)
}
