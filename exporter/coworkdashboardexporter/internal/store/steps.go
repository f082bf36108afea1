package store

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/cowork"
)

// A step is a stored step of a prompt.
type step struct {
	Start    int64       `json:"s"` // in nanoseconds
	Duration int64       `json:"d,omitempty"`
	Kind     string      `json:"k"`
	Name     string      `json:"n,omitempty"`
	Depth    int         `json:"p,omitempty"`
	Failed   bool        `json:"f,omitempty"`
	Why      string      `json:"w,omitempty"`
	Details  [][2]string `json:"x,omitempty"`
}

// A stepKind determines how a kind of event becomes a step of its prompt.
type stepKind struct {
	// name is the dimension that names the step.
	name string
	// nested indents the step below the request that requested it.
	nested bool
	// failed returns whether the step failed, and why.
	failed func(cowork.Event) (bool, string)
	// instant ignores the duration of the event, such as the length of a connection that
	// ends now.
	instant bool
	// hidden reports events that count but are not a step.
	hidden func(cowork.Event) bool
	// sum adds the event to the sums of the prompt.
	sum func(*intake, cowork.Event, *promptSums)
	// details are the attributes that the page shows.
	details []string
}

// steps are the kinds that become steps. None of their details may be an attribute of the
// class content; a test compares them with the schema.
var steps = map[string]stepKind{
	"user_prompt": {
		details: []string{"prompt_length", "command_name", "command_source", cowork.OriginAttribute},
	},
	"api_request": {
		name: "model", sum: sumRequest,
		details: []string{
			"cost_usd", "input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens", "ttft_ms",
			"query_source", "agent.name", "skill.name", "plugin.name", "mcp_server.name", "speed", "effort", "request_id",
		},
	},
	"api_error": {
		name: "model", sum: sumError, failed: failedRequest,
		details: []string{"status_code", "attempt", "query_source", "request_id"},
	},
	"api_refusal": {
		name: "model", failed: always("refused"),
		details: []string{"query_source", "request_id"},
	},
	"assistant_response": {
		name:    "model",
		details: []string{"response_length", "request_id"},
	},
	"tool_result": {
		name: "tool", nested: true, sum: sumTool, failed: failedTool,
		details: []string{"connector", "skill", "tool_input_size_bytes", "tool_result_size_bytes", "decision_source", "mcp_server_scope", "tool_use_id"},
	},
	"tool_decision": {
		name: "tool", nested: true, sum: sumDecision, hidden: accepted, failed: rejected,
		details: []string{"connector", "source", "permission_mode", "tool_use_id"},
	},
	"subagent_completed": {
		name:    "agent",
		details: []string{"total_tokens", "total_tool_uses", "model", "is_async"},
	},
	"skill_activated": {
		name:    "skill",
		details: []string{"invocation_trigger", "skill.source", "plugin.name"},
	},
	"mcp_server_connection": {
		name: "connector", instant: true, failed: failedConnection,
		details: []string{"status", "transport_type", "server_scope"},
	},
	"compaction": {
		name: "trigger", failed: failedAction,
		details: []string{"pre_tokens", "post_tokens"},
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

// maxDetails bounds the details of a step.
const maxDetails = 16

// read returns the step of an event.
func (k stepKind) read(e cowork.Event, event string, s promptSums) step {
	st := step{Start: s.Start, Duration: s.Finish - s.Start, Kind: event}
	if k.name != "" {
		st.Name = shorten(e.Dimension(k.name))
	}
	if k.nested && e.Dimension("request_id") != "" {
		st.Depth = 1
	}
	if k.failed != nil {
		st.Failed, st.Why = k.failed(e)
		st.Why = shorten(st.Why)
	}
	for _, detail := range k.details {
		if value := shorten(e.Dimension(detail)); value != "" && len(st.Details) < maxDetails {
			st.Details = append(st.Details, [2]string{detail, value})
		}
	}
	return st
}

// report converts the step for the page.
func (s step) report(zone *time.Location) report.Step {
	r := report.Step{
		Start: time.Unix(0, s.Start).In(zone), Duration: time.Duration(s.Duration),
		Kind: s.Kind, Name: s.Name, Depth: s.Depth, Failed: s.Failed, Why: s.Why,
	}
	for _, detail := range s.Details {
		r.Details = append(r.Details, report.Detail{Name: detail[0], Value: detail[1]})
	}
	return r
}

func sumRequest(in *intake, e cowork.Event, s *promptSums) {
	var t sums
	in.tokens(e, &t)
	s.Requests, s.Cost, s.Input, s.Output = 1, in.cost(e), t[atInput], t[atOutput]
}

func sumError(_ *intake, _ cowork.Event, s *promptSums) { s.Errors = 1 }

func sumTool(_ *intake, e cowork.Event, s *promptSums) {
	s.Tools = 1
	if failed(e) {
		s.ToolFailures = 1
	}
}

func sumDecision(_ *intake, e cowork.Event, s *promptSums) {
	if !accepted(e) {
		s.ToolRejects = 1
	}
}

func always(why string) func(cowork.Event) (bool, string) {
	return func(cowork.Event) (bool, string) { return true, why }
}

func failedRequest(e cowork.Event) (bool, string) {
	if status := statusOf(e); status != "" {
		return true, "status " + status
	}
	return true, "no answer"
}

func failedTool(e cowork.Event) (bool, string) {
	if !failed(e) {
		return false, ""
	}
	return true, byErrorType.read(e)
}

func accepted(e cowork.Event) bool {
	d, _ := cowork.ToolDecisionOf(e)
	return !d.Rejected()
}

func rejected(e cowork.Event) (bool, string) { return true, "rejected by " + bySource.read(e) }

func failedConnection(e cowork.Event) (bool, string) {
	c, _ := cowork.MCPConnectionOf(e)
	return c.Status() == "failed", c.ErrorCode()
}

func failedAction(e cowork.Event) (bool, string) {
	success, known := e.Bool("success")
	return known && !success, ""
}
