package schema

import "github.com/cowork-otel/collector/internal/cowork"

// An outcome reads whether what an event reports has succeeded, if the event reports it.
type outcome func(e cowork.Event) (success, known bool)

// outcomes are those of the kinds without the attribute success.
var outcomes = map[string]outcome{
	"api_request":             always(true),
	"api_error":               always(false),
	"api_refusal":             always(false),
	"api_retries_exhausted":   always(false),
	"internal_error":          always(false),
	"tool_decision":           byText("decision", map[string]bool{"accept": true, "reject": false}),
	"mcp_server_connection":   byText("status", map[string]bool{"connected": true, "disconnected": true, "failed": false}),
	"hook_execution_complete": hooksPassed,
	alertKind:                 func(cowork.Event) (bool, bool) { return false, false },
}

// OutcomeOf returns whether what an event of a kind reports has succeeded: a request that
// was answered, a tool that ran or was permitted, a login, a connection.
func OutcomeOf(e cowork.Event, kind string) (success, known bool) {
	if read, ok := outcomes[kind]; ok {
		return read(e)
	}
	return e.Bool("success")
}

func always(success bool) outcome {
	return func(cowork.Event) (bool, bool) { return success, true }
}

func byText(key string, table map[string]bool) outcome {
	return func(e cowork.Event) (success, known bool) {
		text, _ := e.Str(key)
		success, known = table[text]
		return success, known
	}
}

func hooksPassed(e cowork.Event) (success, known bool) {
	blocked, _ := e.Int("num_blocking")
	failed, _ := e.Int("num_non_blocking_error")
	return blocked <= 0 && failed <= 0, true
}
