package coworkrulesconnector

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

const described = `
- name: failed
  description: A call failed.
  why: Work stops.
  action: Look at the connector.
  events: [tool_result]
  condition: 'attributes["success"] == false'
  severity: critical
  message: 'Connector {connector} failed'
  group_by: [connector]
  labels: {team: platform}
  tags: [owasp.llm01-2026]
`

// TestRecord checks all attributes and fields of an alert record.
func TestRecord(t *testing.T) {
	run(t, rules(described), func(r *rig) {
		ld := call("gmail", false)
		rec := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0)
		rec.SetTraceID([16]byte{1, 2, 3})
		rec.Attributes().PutStr("tool_input", "CANARY")
		require.NoError(r, r.ConsumeLogs(r.Context(), ld))
		fired := r.record()
		fingerprint, _ := fired.Str("alert.fingerprint")
		require.Regexp(r, "^[0-9a-f]{16,64}$", fingerprint)
		require.Equal(r, attributes{
			"event.name": "cowork.alert", "alert.name": "failed", "alert.status": "firing", "alert.severity": "critical",
			"alert.message": "Connector gmail failed", "alert.fingerprint": fingerprint, "alert.value": 1.0, "alert.threshold": 0.0, "alert.measured": "1 event",
			"alert.starts_at": "2026-11-21T12:00:00Z", "alert.description": "A call failed.", "alert.why": "Work stops.",
			"alert.action": "Look at the connector.", "alert.labels.team": "platform", "alert.tags": []any{"owasp.llm01-2026"}, "connector": "gmail", "prompt.id": onePrompt,
		}, fired.Record().Attributes().AsRaw())
		require.Equal(r, attributes{"service.name": "otelcol-cowork", "service.version": "1.2.3"}, fired.Resource().Attributes().AsRaw())
		require.Equal(r, "cowork.alert", fired.Record().EventName())
		require.Equal(r, "Connector gmail failed", fired.Record().Body().Str())
		require.Equal(r, plog.SeverityNumberError, fired.Record().SeverityNumber())
		require.Equal(r, "critical", fired.Record().SeverityText())
		require.Equal(r, [16]byte{1, 2, 3}, [16]byte(fired.Record().TraceID()))
		require.Equal(r, statefultest.Noon, fired.Record().Timestamp().AsTime())

		time.Sleep(6 * time.Minute)
		resolved := r.record()
		again, _ := resolved.Str("alert.fingerprint")
		require.Equal(r, fingerprint, again)
		status, _ := resolved.Str("alert.status")
		require.Equal(r, "resolved", status)
		began, _ := resolved.Str("alert.starts_at")
		require.Equal(r, "2026-11-21T12:00:00Z", began)
		ended, _ := resolved.Str("alert.ends_at")
		require.Equal(r, "2026-11-21T12:05:00Z", ended)
	})
}

// record returns the one record since the last call.
func (r *rig) record() cowork.Event {
	r.Helper()
	r.settled()
	taken := r.sink.Take()
	require.Len(r, taken, 1)
	return taken[0]
}

// TestNamesCannotBeTaken checks that a group or a label cannot replace an attribute of the
// alert.
func TestNamesCannotBeTaken(t *testing.T) {
	run(t, rules("- {name: a, severity: info, message: m, group_by: [event.name, alert.name]}"), func(r *rig) {
		require.NoError(r, r.ConsumeLogs(r.Context(), event("user_prompt", attributes{"event.name": "user_prompt", "alert.name": "other"})))
		rec := r.record().Record()
		name, _ := rec.Attributes().Get("alert.name")
		require.Equal(r, "a", name.Str())
		kind, _ := rec.Attributes().Get("event.name")
		require.Equal(r, "cowork.alert", kind.Str())
		group, _ := rec.Attributes().Get("alert.group.event.name")
		require.Equal(r, "user_prompt", group.Str())
	})
}
