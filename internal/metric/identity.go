package metric

import "github.com/cowork-otel/collector/internal/cowork"

// identities say by which id an event of a kind is known when it comes again. An
// event without one is always new. Ids are those of a session.
var identities = map[string]func(cowork.Event) string{
	"user_prompt":   cowork.Event.PromptID,
	"api_request":   requestID,
	"tool_decision": cowork.DimensionOf("tool_use_id"),
	"tool_result":   cowork.DimensionOf("tool_use_id"),
}

func requestID(e cowork.Event) string {
	r, _ := cowork.APIRequestOf(e)
	return r.RequestID()
}
