package store

import (
	"slices"
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A factKind is a sort of sums that are kept for an organization. It is stored: new
// ones come at the end.
type factKind uint8

// The kinds, with what their names and numbers are.
const (
	toolFact       factKind = iota // tool, connector: calls, failures, milliseconds, calls that tell how long they took
	decisionFact                   // tool, decision, source: decisions
	connectionFact                 // connector, status: connections
	connectorFact                  // connector, error type: failures
	statusFact                     // model, status code: failed requests
	skillFact                      // skill, plugin: activations
	pluginFact                     // plugin, scope, way it was enabled: loads
	versionFact                    // client version: events, requests
	hourFact                       // hour of the day plus 1: prompts
	sourceFact                     // what asked: requests, millionths of a dollar
	agentFact                      // subagent: runs, milliseconds
	requestFact                    // latencies only: model
	modeFact                       // permission mode: decisions
	errorFact                      // latencies only: model of requests that failed
)

// A name is one that a fact has, and how it is read.
type name struct {
	category category
	read     func(cowork.Event) string
}

func named(c category, dimension string) name {
	return name{c, cowork.DimensionOf(dimension)}
}

var (
	byTool       = named(catTool, "tool")
	byConnector  = named(catConnector, "connector")
	bySkill      = named(catSkill, "skill")
	byPlugin     = named(catPlugin, "plugin")
	byModel      = named(catModel, "model")
	byDecision   = named(catLabel, "decision")
	bySource     = named(catLabel, "source")
	byStatus     = named(catLabel, "status")
	byErrorType  = named(catLabel, "error_type")
	byErrorCode  = named(catLabel, "error_code")
	byScope      = named(catLabel, "plugin.scope")
	byEnabledVia = named(catLabel, "enabled_via")
	byAsking     = named(catLabel, "query_source")
	byAgent      = named(catAgent, "agent")
	byMode       = named(catLabel, "permission_mode")
	byStatusCode = name{catLabel, statusOf}
	byVersion    = name{catVersion, cowork.Event.ClientVersion}
)

// A fact is what is kept of a kind of event. The numbers are read by count, which says
// false where there is nothing to keep.
type fact struct {
	event string // "" is every kind
	kind  factKind
	names []name
	count func(*intake, cowork.Event) (factSums, bool)
}

// facts are all of them. They count what the table of internal/metric counts, so that
// the page and the metrics tell the same.
var facts = []fact{
	{"", versionFact, []name{byVersion}, countVersion},
	{"tool_result", toolFact, []name{byTool, byConnector}, countTool},
	{"tool_result", connectorFact, []name{byConnector, byErrorType}, countToolFailure},
	{"tool_decision", decisionFact, []name{byTool, byDecision, bySource}, countOne},
	{"tool_decision", modeFact, []name{byMode}, countOne},
	{"mcp_server_connection", connectionFact, []name{byConnector, byStatus}, countOne},
	{"mcp_server_connection", connectorFact, []name{byConnector, byErrorCode}, countConnectionFailure},
	{"api_error", statusFact, []name{byModel, byStatusCode}, countOne},
	{"api_error", connectorFact, []name{byConnector, byStatusCode}, countConnector},
	{"api_request", sourceFact, []name{byAsking}, countSource},
	{"skill_activated", skillFact, []name{bySkill, byPlugin}, countOne},
	{"plugin_loaded", pluginFact, []name{byPlugin, byScope, byEnabledVia}, countOne},
	{"subagent_completed", agentFact, []name{byAgent}, countAgent},
}

// factsOf are the facts of each kind of event, those of every kind first.
var factsOf = func() map[string][]fact {
	of := map[string][]fact{}
	for _, f := range facts {
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

func countOne(*intake, cowork.Event) (factSums, bool) { return factSums{1}, true }

func countVersion(_ *intake, e cowork.Event) (factSums, bool) {
	if e.Name() == "api_request" {
		return factSums{1, 1}, true
	}
	return factSums{1}, true
}

func countTool(in *intake, e cowork.Event) (factSums, bool) {
	s := factSums{1}
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

func countToolFailure(in *intake, e cowork.Event) (factSums, bool) {
	if !failed(e) {
		return factSums{}, false
	}
	return countConnector(in, e)
}

// countConnector counts an event that is about a connector.
func countConnector(_ *intake, e cowork.Event) (factSums, bool) {
	return factSums{1}, byConnector.read(e) != ""
}

func countConnectionFailure(_ *intake, e cowork.Event) (factSums, bool) {
	c, _ := cowork.MCPConnectionOf(e)
	return factSums{1}, c.Status() == "failed"
}

func countSource(in *intake, e cowork.Event) (factSums, bool) {
	return factSums{1, in.cost(e)}, true
}

func countAgent(in *intake, e cowork.Event) (factSums, bool) {
	ms, _ := in.milliseconds(e)
	return factSums{1, int64(ms)}, true
}

// HTTP has status codes from 100 to 599. Any other is as good as none.
func statusOf(e cowork.Event) string {
	code, known := e.Int("status_code")
	if !known || code < 100 || code > 599 {
		return ""
	}
	return strconv.FormatInt(code, 10)
}
