package details

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Step is what an event is in its prompt.
type Step struct {
	Kind   string // of the event
	Name   string // of its model, tool and so on
	Failed bool
	// Reason is why it failed: a status, a class of error or a decision.
	Reason string
	// Details are further attributes, as a JSON object in the order of the page.
	Details string
	Event   string // id of the event
	Contents
}

// A StepKind determines how a kind of event becomes a step of its prompt.
type StepKind struct {
	// name is the dimension that names the step.
	name string
	// failed returns whether the step failed, and the reason of its state.
	failed func(cowork.Event) (bool, string)
	// instant ignores the duration of the event, such as the length of a connection that
	// ends now.
	instant bool
	// details are the attributes that the page shows, among them the ids that connect
	// steps.
	details []string
	// contents are attributes of the class content.
	contents []string
}

// stepKinds are the kinds that become steps. None of their details may be an attribute of
// the class content; a test compares them with the schema.
var stepKinds = map[string]*StepKind{
	"user_prompt": {
		details:  []string{"prompt_length", "command_name", "command_source", cowork.OriginAttribute},
		contents: []string{"prompt", "prompt_text"},
	},
	"api_request": {
		name: "model",
		details: []string{
			"cost_usd", "input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens", "ttft_ms",
			"query_source", "agent.name", "skill.name", "plugin.name", "mcp_server.name", "speed", "effort", "request_id", "client_request_id", "agent_id",
		},
	},
	"api_error": {
		name: "model", failed: failedRequest,
		details:  []string{"status_code", "attempt", "query_source", "request_id", "agent_id"},
		contents: []string{"error"},
	},
	"api_refusal": {
		name: "model", failed: always("refused"),
		details: []string{"query_source", "request_id", "agent_id"},
	},
	"assistant_response": {
		name:     "model",
		details:  []string{"response_length", "request_id"},
		contents: []string{"response"},
	},
	"tool_result": {
		name: "tool", failed: failedTool,
		details: []string{
			"connector", "skill", "tool_input_size_bytes", "tool_result_size_bytes", "decision_source", "mcp_server_scope",
			"tool_use_id", "request_id",
		},
		contents: []string{"tool_input", "tool_parameters", "error"},
	},
	"tool_decision": {
		name: "tool", failed: rejected,
		details:  []string{"connector", "source", "permission_mode", "tool_use_id", "request_id"},
		contents: []string{"tool_parameters"},
	},
	"subagent_completed": {
		name:    "agent",
		details: []string{"total_tokens", "total_tool_uses", "model", "is_async", "agent_id", "parent_agent_id"},
	},
	"skill_activated": {
		name:    "skill",
		details: []string{"invocation_trigger", "skill.source", "plugin.name"},
	},
	"mcp_server_connection": {
		name: "connector", instant: true, failed: failedConnection,
		details:  []string{"status", "transport_type", "server_scope"},
		contents: []string{"error"},
	},
	"compaction": {
		name: "trigger", failed: failedAction,
		details:  []string{"pre_tokens", "post_tokens"},
		contents: []string{"error"},
	},
	"permission_mode_changed": {
		name:    "to_mode",
		details: []string{"from_mode", "trigger"},
	},
	"hook_execution_complete": {
		name:    "hook_event",
		details: []string{"num_hooks", "num_success", "num_blocking", "num_non_blocking_error", "total_duration_ms"},
	},
	"at_mention": {
		name: "mention_type", failed: failedAction,
	},
}

// StepKindOf returns how a kind of event becomes a step, nil if it does not.
func StepKindOf(kind string) *StepKind { return stepKinds[kind] }

// MaxDuration is the longest accepted duration of a step or a prompt.
const MaxDuration = 30 * 24 * time.Hour

// Duration returns the duration of the step, 0 if it is not known.
func (k *StepKind) Duration(e cowork.Event) time.Duration {
	d, known := cowork.DurationOf(e)
	if k.instant || !known || d > MaxDuration {
		return 0
	}
	return d
}

// Step returns the step of an event.
func (k *StepKind) Step(e cowork.Event, event string, limit ContentLimit) *Step {
	s := &Step{Kind: event, Event: cowork.RecordID(e, event), Contents: k.contentsOf(e, limit)}
	if k.name != "" {
		s.Name = Shorten(e.Dimension(k.name))
	}
	if k.failed != nil {
		var why string
		s.Failed, why = k.failed(e)
		s.Reason = Shorten(why)
	}
	var buffer [512]byte
	object := append(buffer[:0], '{')
	for _, name := range k.details {
		if value := Shorten(e.Dimension(name)); value != "" {
			object = appendMember(object, name, value)
		}
	}
	s.Details = string(append(object, '}'))
	return s
}

// appendMember appends a member to a JSON object that is not closed.
func appendMember(object []byte, name, value string) []byte {
	if len(object) > 1 {
		object = append(object, ',')
	}
	object = append(append(append(object, '"'), name...), `":`...)
	for _, c := range []byte(value) {
		if c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(value) // cannot fail for a string
			return append(object, quoted...)
		}
	}
	return append(append(append(object, '"'), value...), '"')
}

func always(why string) func(cowork.Event) (bool, string) {
	return func(cowork.Event) (bool, string) { return true, why }
}

func failedRequest(e cowork.Event) (bool, string) {
	if code, known := e.Int("status_code"); known && code >= 100 && code <= 599 {
		return true, "status " + strconv.FormatInt(code, 10)
	}
	return true, "no answer"
}

func failedTool(e cowork.Event) (bool, string) {
	r, _ := cowork.ToolResultOf(e)
	if success, known := r.Success(); success || !known {
		return false, ""
	}
	return true, e.Dimension("error_type")
}

func rejected(e cowork.Event) (bool, string) {
	if d, _ := cowork.ToolDecisionOf(e); !d.Rejected() {
		return false, ""
	}
	return true, "rejected by " + e.Dimension("source")
}

func failedConnection(e cowork.Event) (bool, string) {
	c, _ := cowork.MCPConnectionOf(e)
	return c.Status() == "failed", c.ErrorCode()
}

func failedAction(e cowork.Event) (bool, string) {
	success, known := e.Bool("success")
	return known && !success, ""
}
