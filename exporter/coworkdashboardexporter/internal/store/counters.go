package store

import (
	"slices"
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A counterKind is a kind of sums by organization. Its value is stored: new kinds are
// appended.
type counterKind uint8

// The kinds, with their names and numbers.
const (
	toolCounter       counterKind = iota // tool, connector: calls, failures, milliseconds, calls with a duration
	decisionCounter                      // tool, decision, source: decisions
	connectionCounter                    // connector, status: connections
	connectorCounter                     // connector, error type: failures
	statusCounter                        // model, status code: failed requests
	skillCounter                         // skill, plugin: activations
	pluginCounter                        // plugin, scope, enabled_via: loads
	versionCounter                       // client version: events, requests
	hourCounter                          // hour of the day plus 1: prompts that people typed
	sourceCounter                        // query source: requests, micro-dollars
	agentCounter                         // subagent: runs, milliseconds
	requestLatency                       // latencies only: model of answered requests
	modeCounter                          // permission mode: decisions
	errorLatency                         // latencies only: model of failed requests
	originCounter                        // origin: prompts
)

// A name is a name of a counter and the function that reads it from an event.
type name struct {
	category category
	read     func(cowork.Event) string
}

func named(c category, dimension string) name {
	return name{c, cowork.DimensionOf(dimension)}
}

var (
	byTool        = named(catTool, "tool")
	byConnector   = named(catConnector, "connector")
	bySkill       = named(catSkill, "skill")
	byPlugin      = named(catPlugin, "plugin")
	byModel       = named(catModel, "model")
	byDecision    = named(catLabel, "decision")
	bySource      = named(catLabel, "source")
	byStatus      = named(catLabel, "status")
	byErrorType   = named(catLabel, "error_type")
	byErrorCode   = named(catLabel, "error_code")
	byScope       = named(catLabel, "plugin.scope")
	byEnabledVia  = named(catLabel, "enabled_via")
	byQuerySource = named(catLabel, "query_source")
	byAgent       = named(catAgent, "agent")
	byMode        = named(catLabel, "permission_mode")
	byOrigin      = name{catLabel, func(e cowork.Event) string { return string(originOf(e)) }}
	byStatusCode  = name{catLabel, statusOf}
	byVersion     = name{catVersion, cowork.Event.ClientVersion}
)

// A counter counts a kind of event. Its count function returns the numbers, false if the
// event does not count.
type counter struct {
	event string // "" for every kind
	kind  counterKind
	names []name
	count func(*intake, cowork.Event) (counterSums, bool)
}

// counters are all counters. They match the table of internal/metric, so that the page
// and the metrics have the same figures.
var counters = []counter{
	{"", versionCounter, []name{byVersion}, countVersion},
	{"tool_result", toolCounter, []name{byTool, byConnector}, countTool},
	{"tool_result", connectorCounter, []name{byConnector, byErrorType}, countToolFailure},
	{"tool_decision", decisionCounter, []name{byTool, byDecision, bySource}, countOne},
	{"tool_decision", modeCounter, []name{byMode}, countOne},
	{"mcp_server_connection", connectionCounter, []name{byConnector, byStatus}, countOne},
	{"mcp_server_connection", connectorCounter, []name{byConnector, byErrorCode}, countConnectionFailure},
	{"api_error", statusCounter, []name{byModel, byStatusCode}, countOne},
	{"api_error", connectorCounter, []name{byConnector, byStatusCode}, countConnector},
	{"api_request", sourceCounter, []name{byQuerySource}, countSource},
	{"user_prompt", originCounter, []name{byOrigin}, countOne},
	{"skill_activated", skillCounter, []name{bySkill, byPlugin}, countOne},
	{"plugin_loaded", pluginCounter, []name{byPlugin, byScope, byEnabledVia}, countOne},
	{"subagent_completed", agentCounter, []name{byAgent}, countAgent},
}

// countersOf maps each kind of event to its counters, those of every kind first.
var countersOf = func() map[string][]counter {
	of := map[string][]counter{}
	for _, f := range counters {
		of[f.event] = append(of[f.event], f)
	}
	every := of[""]
	for event, list := range of {
		if event != "" {
			of[event] = append(slices.Clip(every), list...)
		}
	}
	return of
}()

func countOne(*intake, cowork.Event) (counterSums, bool) { return counterSums{1}, true }

func countVersion(_ *intake, e cowork.Event) (counterSums, bool) {
	if e.Name() == "api_request" {
		return counterSums{1, 1}, true
	}
	return counterSums{1}, true
}

func countTool(in *intake, e cowork.Event) (counterSums, bool) {
	s := counterSums{1}
	if failed(e) {
		s[1] = 1
	}
	if ms, ok := in.milliseconds(e); ok {
		s[2], s[3] = int64(ms), 1
	}
	return s, true
}

func failed(e cowork.Event) bool {
	r, _ := cowork.ToolResultOf(e)
	success, known := r.Success()
	return known && !success
}

func countToolFailure(in *intake, e cowork.Event) (counterSums, bool) {
	if !failed(e) {
		return counterSums{}, false
	}
	return countConnector(in, e)
}

// countConnector counts an event that names a connector.
func countConnector(_ *intake, e cowork.Event) (counterSums, bool) {
	return counterSums{1}, byConnector.read(e) != ""
}

func countConnectionFailure(_ *intake, e cowork.Event) (counterSums, bool) {
	c, _ := cowork.MCPConnectionOf(e)
	return counterSums{1}, c.Status() == "failed"
}

func countSource(in *intake, e cowork.Event) (counterSums, bool) {
	return counterSums{1, in.cost(e)}, true
}

func countAgent(in *intake, e cowork.Event) (counterSums, bool) {
	ms, _ := in.milliseconds(e)
	return counterSums{1, int64(ms)}, true
}

// originOf returns what started a prompt: a person, unless cowork_event marked it.
func originOf(e cowork.Event) cowork.Origin {
	if origin, _ := e.Str(cowork.OriginAttribute); cowork.IsOrigin(origin) {
		return cowork.Origin(origin)
	}
	return cowork.OriginUser
}

// statusOf returns the HTTP status of an event, "" unless it is from 100 to 599.
func statusOf(e cowork.Event) string {
	code, known := e.Int("status_code")
	if !known || code < 100 || code > 599 {
		return ""
	}
	return strconv.FormatInt(code, 10)
}
