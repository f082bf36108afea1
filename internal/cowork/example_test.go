package cowork_test

import (
	"fmt"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A client of an older version sends its numbers as strings.
func ExampleEvents() {
	ld := plog.NewLogs()
	rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.Body().SetStr("claude_code.api_request")
	rec.Attributes().PutStr("model", "claude-opus-5-5")
	rec.Attributes().PutStr("cost_usd", "0.015184")
	rec.Attributes().PutStr("user.email", "[REDACTED_EMAIL]")
	rec.Attributes().PutStr("process.owner", "jane")

	for e := range cowork.Events(ld) {
		if r, ok := cowork.APIRequestOf(e); ok {
			cost, _ := r.CostUSD()
			fmt.Println(e.Name(), r.Model(), cost, e.User())
		}
	}
	// Output: api_request claude-opus-5-5 0.015184 jane
}
