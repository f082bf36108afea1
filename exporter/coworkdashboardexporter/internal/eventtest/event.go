// Package eventtest makes batches of events for tests.
package eventtest

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An Event is the kind, time and attributes of a record.
type Event struct {
	Kind  string
	At    time.Time
	Attrs map[string]any
}

// Logs returns a batch of events, as version 2.1.329 of the client would send it.
func Logs(events ...Event) plog.Logs {
	ld := plog.NewLogs()
	sl := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	sl.Scope().SetVersion("2.1.329")
	for _, e := range events {
		rec := sl.LogRecords().AppendEmpty()
		rec.SetTimestamp(pcommon.NewTimestampFromTime(e.At))
		if err := rec.Attributes().FromRaw(e.Attrs); err != nil {
			panic(err) // the test has an invalid attribute
		}
		rec.Attributes().PutStr("event.name", e.Kind)
	}
	return ld
}

// Redacted returns a batch of events as cowork_redaction passes it on.
func Redacted(events ...Event) plog.Logs {
	ld := Logs(events...)
	cowork.MarkRedacted(ld.ResourceLogs().At(0).ScopeLogs().At(0).Scope())
	return ld
}
