package coworkschemaprocessor

import (
	"maps"
	"testing"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// BenchmarkFormats measures one event of frequent kinds in each format.
func BenchmarkFormats(b *testing.B) {
	for kind, attributes := range map[string]map[string]any{
		"tool_result": {"tool_name": "Bash", "tool_use_id": "toolu_1", "success": true, "duration_ms": 12, "tool_parameters": `{"full_command":"ls -l"}`},
		"api_request": {"model": "claude-sonnet-4-5", "request_id": "req_1", "cost_usd": 0.01, "duration_ms": 900, "input_tokens": 10, "output_tokens": 20},
		"alert": {
			"alert.name": "reverse_shell", "alert.severity": "critical", "alert.status": "firing", "alert.message": "m", "alert.fingerprint": "f",
			"alert.starts_at": "2026-11-21T09:30:00Z", "alert.tags": []any{"attack.t1059.004", "attack.t1071", "atlas.aml.t0050"},
		},
	} {
		rl := plog.NewLogs().ResourceLogs().AppendEmpty()
		sl := rl.ScopeLogs().AppendEmpty()
		rec := sl.LogRecords().AppendEmpty()
		maps.Copy(attributes, map[string]any{
			"event.name": kind, "session.id": "s", "prompt.id": "p", "organization.id": "o", "user.account_uuid": "u",
			"event.timestamp": "2026-11-21T09:30:00Z", "event.sequence": 1,
		})
		if kind == "alert" {
			attributes["event.name"] = "cowork.alert"
		}
		if err := rec.Attributes().FromRaw(attributes); err != nil {
			b.Fatal(err)
		}
		e := cowork.EventOf(rl.Resource(), sl.Scope(), rec)
		for name, format := range formats {
			b.Run(name+"/"+kind, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					format.mapper.Map(pcommon.NewMap(), e)
				}
			})
		}
	}
}
