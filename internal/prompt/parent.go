package prompt

import "github.com/cowork-otel/collector/internal/cowork"

// A stepID names a step by the first of some attributes that is present.
type stepID struct {
	prefix string
	keys   []string
}

// stepIDs are the ids of steps by the kind of event.
var stepIDs = map[string]stepID{
	"api_request":        {"request:", []string{"request_id", "client_request_id"}},
	"tool_result":        {"tool:", []string{"tool_use_id"}},
	"tool_decision":      {"tool:", []string{"tool_use_id"}},
	"subagent_completed": {"subagent:", []string{"agent_id"}},
}

// parentIDs are the ids of the steps that caused a step, by the kind of event: a request
// is made by a subagent, a tool is called by a request, a subagent is started by another
// one. Steps without such an id are caused by the prompt.
var parentIDs = map[string]stepID{
	"api_request":        {"subagent:", []string{"agent_id"}},
	"api_error":          {"subagent:", []string{"agent_id"}},
	"api_refusal":        {"subagent:", []string{"agent_id"}},
	"assistant_response": {"request:", []string{"request_id"}},
	"tool_result":        {"request:", []string{"request_id"}},
	"tool_decision":      {"request:", []string{"request_id"}},
	"subagent_completed": {"subagent:", []string{"parent_agent_id"}},
}

// StepByID returns the name of the step that an event of a kind has by its id, "" if it
// has none. A call and the decision on it have the same name.
func StepByID(kind string, attribute func(key string) string) string {
	return stepIDs[kind].name(attribute)
}

// ParentByID returns the name of the step that caused the step of an event of a kind, ""
// for the prompt.
func ParentByID(kind string, attribute func(key string) string) string {
	return parentIDs[kind].name(attribute)
}

// Parent is [ParentByID] of an event.
func Parent(e cowork.Event) string {
	return ParentByID(e.Name(), func(key string) string {
		text, _ := e.Str(key)
		return text
	})
}

func (s stepID) name(attribute func(key string) string) string {
	for _, key := range s.keys {
		if id := attribute(key); id != "" {
			return s.prefix + id
		}
	}
	return ""
}
