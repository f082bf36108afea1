package metric

import (
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/semconv"
)

// A Type is the type of a metric's points.
type Type uint8

// The types.
const (
	// Sum is a number that never decreases.
	Sum Type = iota
	// Histogram counts the numbers of each size.
	Histogram
)

// String returns the type's name in lower case.
func (t Type) String() string { return [...]string{"sum", "histogram"}[t] }

// A Metric is a row of the table.
type Metric struct {
	// Name is the metric's name on the wire.
	Name string
	// Unit is its UCUM unit.
	Unit string
	// Type is the type of its points.
	Type Type
	// Doc is its description.
	Doc string
	// Labels are its attributes, in addition to the dimensions.
	Labels []string

	per     float64         // how many of the small unit make one unit
	bounds  []float64       // of a histogram, in its unit
	fixed   [][2]string     // attributes that are the same on all points
	genAI   semconv.Version // of the conventions that have it; empty for a metric of this collector
	sources []source
}

// A source is the number that a metric reads from one kind of event. Its fields are
// the values of the metric's labels, in their order.
type source struct {
	kind    string // "" is every kind
	measure *measure
	fields  []field
}

// The factors between a unit and the small unit of the sums.
const (
	ones  = 1
	micro = 1e6
)

// The bounds of buckets, each in its metric's unit.
var (
	seconds       = []float64{0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300, 600}
	promptSeconds = []float64{1, 2.5, 5, 10, 20, 40, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400}
	dollars       = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 100}
	calls         = []float64{0, 1, 2, 5, 10, 20, 50, 100, 200, 500}
)

// table holds all metrics.
var table = slices.Concat(ownMetrics, genAIMetrics)

// ownMetrics holds the metrics of this collector. To add one, add its row.
var ownMetrics = []Metric{
	{
		Name: "cowork.events", Unit: "{event}", per: ones,
		Doc:     "Events, by kind. Kinds that are not in the schema are counted as unknown.",
		Labels:  []string{"event.name"},
		sources: []source{{"", one, []field{eventName}}},
	},
	{
		Name: "cowork.prompts", Unit: "{prompt}", per: ones,
		Doc:     "Prompts, by what started them: user for those that people typed; task, schedule and agent for those that clients made.",
		Labels:  []string{cowork.OriginAttribute},
		sources: []source{{"user_prompt", one, []field{promptOrigin}}},
	},
	{
		Name: "cowork.cost", Unit: "USD", per: micro,
		Doc:     "Estimated cost of API requests. The client estimates it from list prices; it is not a bill.",
		Labels:  []string{"model", "query_source"},
		sources: labelled(requestCosts, model, querySource),
	},
	{
		Name: "cowork.token.usage", Unit: "{token}", per: ones,
		Doc:    "Tokens, by type: input (without those of the cache), output, cache_read and cache_creation. Their sum is all tokens.",
		Labels: []string{"model", "type"},
		sources: slices.Concat(
			labelled(inputs, model, typeInput), labelled(outputs, model, typeOutput),
			labelled(cacheReads, model, typeCacheRead), labelled(cacheCreations, model, typeCacheCreation),
		),
	},
	{
		Name: "cowork.api.request.duration", Unit: "s", Type: Histogram, per: micro, bounds: seconds,
		Doc:     "Duration of API requests, including those that failed.",
		Labels:  []string{"model", "outcome"},
		sources: requestDurations,
	},
	{
		Name: "cowork.api.errors", Unit: "{error}", per: ones,
		Doc:     "API requests that failed after all attempts. A request without an HTTP answer has no status code.",
		Labels:  []string{"model", "status_code"},
		sources: labelled(failedRequests, model, statusCode),
	},
	{
		Name: "cowork.api.refusals", Unit: "{refusal}", per: ones,
		Doc:     "API requests that the model refused.",
		Labels:  []string{"model"},
		sources: labelled(refusedRequests, model),
	},
	{
		Name: "cowork.tool.duration", Unit: "s", Type: Histogram, per: micro, bounds: seconds,
		Doc:     "Duration of tool calls.",
		Labels:  []string{"tool", "connector", "outcome"},
		sources: labelled(toolDurations, tool, connector, outcome),
	},
	{
		Name: "cowork.tool.decisions", Unit: "{decision}", per: ones,
		Doc:     "Decisions about whether a tool may run.",
		Labels:  []string{"tool", "decision", "source"},
		sources: labelled(toolDecisions, tool, decision, decisionSource),
	},
	{
		Name: "cowork.connector.errors", Unit: "{error}", per: ones,
		Doc:     "Failures of connectors: of their tools, of their connections, and of requests on their behalf.",
		Labels:  []string{"connector", "error_type"},
		sources: connectorErrors,
	},
	{
		Name: "cowork.connector.connections", Unit: "{connection}", per: ones,
		Doc:     "Connections to connectors that were made, failed or ended.",
		Labels:  []string{"connector", "status"},
		sources: labelled(connections, connector, status),
	},
	{
		Name: "cowork.skill.activations", Unit: "{activation}", per: ones,
		Doc:     "Skills that were activated.",
		Labels:  []string{"skill", "plugin"},
		sources: labelled(activations, skill, plugin),
	},
	{
		Name: "cowork.plugin.loads", Unit: "{load}", per: ones,
		Doc:     "Plugins that sessions loaded.",
		Labels:  []string{"plugin", "scope", "enabled_via"},
		sources: labelled(loads, plugin, pluginScope, enabledVia),
	},
	{
		Name: "cowork.plugin.versions", Unit: "{load}", per: ones,
		Doc:     "Plugins that sessions loaded, by version. The verdict is that of cowork_egress.",
		Labels:  []string{"plugin", "version", "verdict"},
		sources: labelled(from(hasVersion, "plugin_loaded"), plugin, pluginVersion, pluginVerdict),
	},
	{
		Name: "cowork.connector.calls", Unit: "{call}", per: ones,
		Doc:     "Calls of connectors' tools, by the verdict of cowork_egress on the connector. Without a list there are none.",
		Labels:  []string{"connector", "verdict"},
		sources: labelled(from(judgedConnector, "tool_result"), connector, connectorVerdict),
	},
	{
		Name: "cowork.egress.calls", Unit: "{call}", per: ones,
		Doc:     "Tool calls that name hosts, by the worst verdict of cowork_egress on them. Without a list there are none.",
		Labels:  []string{"tool", "verdict"},
		sources: labelled(from(judgedHosts, "tool_result"), tool, egressVerdict),
	},
	{
		Name: "cowork.prompt.cost", Unit: "USD", Type: Histogram, per: micro, bounds: dollars,
		Doc:     "Estimated cost of prompts. It is not a bill.",
		Labels:  []string{"complete", cowork.OriginAttribute},
		sources: []source{{summary, promptCost, []field{complete, promptOrigin}}},
	},
	{
		Name: "cowork.prompt.duration", Unit: "s", Type: Histogram, per: micro, bounds: promptSeconds,
		Doc:     "Duration of prompts, from the first event to the last.",
		Labels:  []string{"complete", cowork.OriginAttribute},
		sources: []source{{summary, promptDuration, []field{complete, promptOrigin}}},
	},
	{
		Name: "cowork.prompt.tools", Unit: "{call}", Type: Histogram, per: ones, bounds: calls,
		Doc:     "Tool calls of prompts.",
		Labels:  []string{"complete", cowork.OriginAttribute},
		sources: []source{{summary, promptTools, []field{complete, promptOrigin}}},
	},
}

// summary is the kind of the events that cowork_correlation emits at the end of a
// prompt. It renames any other record of that name.
const summary = "prompt_summary"

// Metrics returns the table. It is shared and must not be changed.
func Metrics() []Metric { return table }

// Kinds returns the kinds of events that a metric is derived from, none for all kinds.
func (m *Metric) Kinds() (kinds []string) {
	for _, s := range m.sources {
		if s.kind != "" && !slices.Contains(kinds, s.kind) {
			kinds = append(kinds, s.kind)
		}
	}
	return kinds
}

// Bounds returns the bounds of a histogram's buckets, in its unit. They are shared and
// must not be changed.
func (m *Metric) Bounds() []float64 { return m.bounds }

// GenAI reports whether the metric belongs to the GenAI conventions.
func (m *Metric) GenAI() bool { return m.genAI != "" }

// Version returns the version of the GenAI conventions that has the metric, "" if none has.
func (m *Metric) Version() semconv.Version { return m.genAI }
