package latest

import (
	"testing"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// batch returns a hundred results of tools with the attributes that clients send.
func batch() plog.Logs {
	one := toolResult(map[string]any{
		"organization.id": "3f1c0f6e-0b5e-4a8e-9a57-4c2f3f6a1b03", "user.account_id": "user_01ABCDEFGHIJKLMNOPQRST", "user.id": "0123456789012345678901234567890123456789012345678901234567890123",
		"terminal.type": "non-interactive", "app.version": "2.1.329", "event.timestamp": "2026-11-29T12:00:00.000Z", "event.sequence": int64(12),
		"tool_name": "Bash", "tool_use_id": "toolu_01ABCDEFGHIJKLMNOPQRST", "success": true, "duration_ms": int64(125), "tool_input_size_bytes": int64(44),
		"tool_result_size_bytes": int64(440), "decision_type": "accept", "decision_source": "config", "tool_parameters": `{"bash_command":"ls","full_command":"ls -la /work","timeout":120}`,
		"tool_input": `{"command":"ls -la /work","description":"list the files of the folder"}`, "request_id": "req_011CVabcdefghijklmnopqrs",
	})
	ld := plog.NewLogs()
	one.ResourceLogs().At(0).CopyTo(ld.ResourceLogs().AppendEmpty())
	records := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
	for range 99 {
		records.At(0).CopyTo(records.AppendEmpty())
	}
	return ld
}

// BenchmarkAdd measures the time to keep 100 records.
func BenchmarkAdd(b *testing.B) {
	r, ld := New(1000, true, noon), batch()
	b.ReportAllocs()
	for b.Loop() {
		r.Add(noon, ld)
	}
}

// BenchmarkRead measures a page of 100 of 1000 records, with and without redaction.
func BenchmarkRead(b *testing.B) {
	for name, redacted := range map[string]bool{"redacted": true, "concealed": false} {
		b.Run(name, func(b *testing.B) {
			r := New(1000, redacted, noon)
			for range 10 {
				r.Add(noon, batch())
			}
			b.ReportAllocs()
			for b.Loop() {
				if len(r.Read(report.EventFilter{Limit: 100}).Events) != 100 {
					b.Fatal("missing events")
				}
			}
		})
	}
}
