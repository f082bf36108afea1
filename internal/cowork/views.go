package cowork

import (
	"math"
	"time"
)

// A view reads one kind of event. It is an Event with methods for the attributes of the
// kind, and does not allocate. A second result of false means that the event lacks the
// attribute.

// A UserPrompt is an event of kind user_prompt.
type UserPrompt struct{ Event }

// An APIRequest is an event of kind api_request, the only one with a cost.
type APIRequest struct{ Event }

// An APIError is an event of kind api_error: a request that failed after all attempts.
type APIError struct{ Event }

// An APIRefusal is an event of kind api_refusal.
type APIRefusal struct{ Event }

// An AssistantResponse is an event of kind assistant_response.
type AssistantResponse struct{ Event }

// A ToolDecision is an event of kind tool_decision.
type ToolDecision struct{ Event }

// A ToolResult is an event of kind tool_result.
type ToolResult struct{ Event }

// An MCPConnection is an event of kind mcp_server_connection.
type MCPConnection struct{ Event }

// A SkillActivated is an event of kind skill_activated.
type SkillActivated struct{ Event }

// A SubagentCompleted is an event of kind subagent_completed.
type SubagentCompleted struct{ Event }

// UserPromptOf returns the view of a user_prompt; false for any other kind.
func UserPromptOf(e Event) (UserPrompt, bool) { return UserPrompt{e}, e.Name() == "user_prompt" }

// APIRequestOf returns the view of an api_request; false for any other kind.
func APIRequestOf(e Event) (APIRequest, bool) { return APIRequest{e}, e.Name() == "api_request" }

// APIErrorOf returns the view of an api_error; false for any other kind.
func APIErrorOf(e Event) (APIError, bool) { return APIError{e}, e.Name() == "api_error" }

// APIRefusalOf returns the view of an api_refusal; false for any other kind.
func APIRefusalOf(e Event) (APIRefusal, bool) { return APIRefusal{e}, e.Name() == "api_refusal" }

// AssistantResponseOf returns the view of an assistant_response; false for any
// other kind.
func AssistantResponseOf(e Event) (AssistantResponse, bool) {
	return AssistantResponse{e}, e.Name() == "assistant_response"
}

// ToolDecisionOf returns the view of a tool_decision; false for any other kind.
func ToolDecisionOf(e Event) (ToolDecision, bool) {
	return ToolDecision{e}, e.Name() == "tool_decision"
}

// ToolResultOf returns the view of a tool_result; false for any other kind.
func ToolResultOf(e Event) (ToolResult, bool) { return ToolResult{e}, e.Name() == "tool_result" }

// MCPConnectionOf returns the view of an mcp_server_connection; false for any
// other kind.
func MCPConnectionOf(e Event) (MCPConnection, bool) {
	return MCPConnection{e}, e.Name() == "mcp_server_connection"
}

// SkillActivatedOf returns the view of a skill_activated; false for any other
// kind.
func SkillActivatedOf(e Event) (SkillActivated, bool) {
	return SkillActivated{e}, e.Name() == "skill_activated"
}

// SubagentCompletedOf returns the view of a subagent_completed; false for any
// other kind.
func SubagentCompletedOf(e Event) (SubagentCompleted, bool) {
	return SubagentCompleted{e}, e.Name() == "subagent_completed"
}

// Length returns the prompt's length in characters.
func (p UserPrompt) Length() (int64, bool) { return p.Int("prompt_length") }

// Model returns the model of the request.
func (r APIRequest) Model() string { return r.text("model") }

// CostMicros returns the client's estimate of the cost, in millionths of a US
// dollar: cost_usd_micros, else cost_usd. It is false for an amount that is negative or
// more than a billion dollars.
func (r APIRequest) CostMicros() (int64, bool) {
	if n, ok := r.Int("cost_usd_micros"); ok {
		return n, n >= 0 && n <= maxCostUSD*microsPerUSD
	}
	f, ok := r.Float("cost_usd")
	if !ok || f < 0 || f > maxCostUSD {
		return 0, false
	}
	return int64(math.Round(f * microsPerUSD)), true
}

const (
	microsPerUSD = 1e6
	maxCostUSD   = 1e9 // beyond it a sum of micros would not stay exact
)

// CostUSD returns the client's estimate of the cost in US dollars.
func (r APIRequest) CostUSD() (float64, bool) {
	micros, ok := r.CostMicros()
	return float64(micros) / microsPerUSD, ok
}

// Duration returns how long the request took.
func (r APIRequest) Duration() (time.Duration, bool) { return DurationOf(r.Event) }

// InputTokens returns the input tokens, without those of the cache.
func (r APIRequest) InputTokens() (int64, bool) { return r.Int("input_tokens") }

// OutputTokens returns the tokens received.
func (r APIRequest) OutputTokens() (int64, bool) { return r.Int("output_tokens") }

// CacheReadTokens returns the input tokens read from the cache.
func (r APIRequest) CacheReadTokens() (int64, bool) { return r.Int("cache_read_tokens") }

// CacheCreationTokens returns the input tokens written to the cache.
func (r APIRequest) CacheCreationTokens() (int64, bool) { return r.Int("cache_creation_tokens") }

// Model returns the model of the request.
func (r APIError) Model() string { return r.text("model") }

// StatusCode returns the HTTP status; false where there was no HTTP answer.
func (r APIError) StatusCode() (int64, bool) { return r.Int("status_code") }

// Attempt returns how many attempts were made. Clients count it in several ways.
func (r APIError) Attempt() (int64, bool) { return r.Int("attempt") }

// Duration returns how long the request took.
func (r APIError) Duration() (time.Duration, bool) { return DurationOf(r.Event) }

// Model returns the model that refused.
func (r APIRefusal) Model() string { return r.text("model") }

// Model returns the model that answered.
func (r AssistantResponse) Model() string { return r.text("model") }

// Length returns the answer's length in characters.
func (r AssistantResponse) Length() (int64, bool) { return r.Int("response_length") }

// Tool returns the requested tool.
func (d ToolDecision) Tool() string { return toolOf(d.Event) }

// Connector returns the MCP server of the tool, "" for built-in tools.
func (d ToolDecision) Connector() string { return connectorOf(d.Event) }

// Decision returns accept or reject.
func (d ToolDecision) Decision() string { return d.text("decision") }

// Rejected reports whether the tool was not allowed.
func (d ToolDecision) Rejected() bool { return d.Decision() == "reject" }

// Source returns what decided: config, hook, user_permanent, …
func (d ToolDecision) Source() string { return d.text("source") }

// Tool returns the tool that ran.
func (r ToolResult) Tool() string { return toolOf(r.Event) }

// Connector returns the MCP server of the tool, "" for built-in tools.
func (r ToolResult) Connector() string { return connectorOf(r.Event) }

// Success returns whether the tool succeeded.
func (r ToolResult) Success() (value, ok bool) { return r.Bool("success") }

// ErrorType returns the class of the failure, such as ShellError.
func (r ToolResult) ErrorType() string { return r.text("error_type") }

// Duration returns how long the tool ran.
func (r ToolResult) Duration() (time.Duration, bool) { return DurationOf(r.Event) }

// Connector returns the server that connected, failed or disconnected.
func (c MCPConnection) Connector() string { return connectorOf(c.Event) }

// Status returns connected, failed or disconnected.
func (c MCPConnection) Status() string { return c.text("status") }

// ErrorCode returns the failure's code, such as ENOENT or -32000.
func (c MCPConnection) ErrorCode() string { return c.text("error_code") }

// Skill returns the skill that was activated.
func (s SkillActivated) Skill() string { return skillOf(s.Event) }

// AgentType returns the kind of the subagent.
func (s SubagentCompleted) AgentType() string { return s.text("agent_type") }

// Duration returns how long the subagent worked.
func (s SubagentCompleted) Duration() (time.Duration, bool) { return DurationOf(s.Event) }

// DurationOf returns duration_ms of any event; false where it is missing, negative or
// longer than a duration can be.
func DurationOf(e Event) (time.Duration, bool) {
	f, ok := e.Float("duration_ms")
	if !ok || f < 0 || f > float64(math.MaxInt64/int64(time.Millisecond)) {
		return 0, false
	}
	return time.Duration(f * float64(time.Millisecond)), true
}
