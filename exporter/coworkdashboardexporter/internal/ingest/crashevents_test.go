package ingest_test

import (
	"fmt"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// crashTime is the time of all events of the crash tests, and of their arrival.
var crashTime = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// The events of a batch of the crash tests, by kind.
const (
	crashRequests = 3
	crashTools    = 2
	crashEvents   = 1 + crashRequests + crashTools // with the prompt
	crashSteps    = crashEvents
)

// A crashBatch is a request of a client with the events of a prompt, and one of a longer
// prompt. Batches have users, sessions, models and the longer prompts in common, so that
// two writers change the same rows.
type crashBatch int

func (n crashBatch) user() string    { return fmt.Sprintf("user-%d", n%7) }
func (n crashBatch) session() string { return fmt.Sprintf("session-%d", n/4) }
func (n crashBatch) prompt() string  { return fmt.Sprintf("prompt-%d", n) }
func (n crashBatch) longer() string  { return fmt.Sprintf("longer-%d", n/8) }
func (n crashBatch) micros() int64   { return 1000 + int64(n) }

// logs returns the events. They are equal each time, as if a client sent them again.
func (n crashBatch) logs() plog.Logs {
	var events []eventtest.Event
	add := func(kind string, attrs map[string]any) {
		attrs["event.sequence"] = int(n)*crashEvents + len(events)
		attrs["organization.id"], attrs["user.account_uuid"] = fmt.Sprintf("org-%d", n%3), n.user()
		attrs["session.id"], attrs["prompt.id"] = n.session(), n.prompt()
		events = append(events, eventtest.Event{Kind: kind, At: crashTime.Add(-time.Duration(n%120) * time.Minute), Attrs: attrs})
	}
	add("user_prompt", map[string]any{})
	for i := range crashRequests {
		add("api_request", map[string]any{
			"request_id": fmt.Sprintf("req-%d-%d", n, i), "model": fmt.Sprintf("model-%d", i), "query_source": "sdk", "cost_usd_micros": n.micros(),
			"input_tokens": 10, "output_tokens": 20, "cache_read_tokens": 30, "cache_creation_tokens": 40, "duration_ms": 500,
		})
	}
	for i := range crashTools {
		add("tool_result", map[string]any{
			"tool_use_id": fmt.Sprintf("use-%d-%d", n, i), "tool_name": fmt.Sprintf("mcp__server%d__find", i), "success": "true", "duration_ms": 100,
		})
	}
	events[len(events)-1].Attrs["prompt.id"] = n.longer()
	return eventtest.Logs(events...)
}
