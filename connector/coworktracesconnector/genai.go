package coworktracesconnector

import (
	"math"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A mapping is a row of the table mappings: an attribute of the GenAI conventions
// v1.41, the spans that have it, and where it comes from.
type mapping struct {
	name string
	// on has the names of spans without their subjects; empty means all.
	on []string
	// from tells a reader of the README what put reads.
	from string
	put  func(a attributes, name string, ev cowork.Event)
}

// Spans that share attributes.
var (
	everywhere []string
	chats      = []string{"chat", "api_refusal", "api_retries_exhausted"}
	agents     = []string{"invoke_agent", "chat"}
	tools      = []string{"execute_tool"}
)

// mappings says what the conventions call what a record tells. The operation's
// name and error.type are the business of the table shapes. The attributes of
// cowork.tool stand for what has no convention yet.
var mappings = []mapping{
	field("gen_ai.conversation.id", everywhere, "session.id"),
	value("gen_ai.provider.name", []string{"invoke_agent", "chat", "api_refusal", "api_retries_exhausted"}, "`anthropic`", constant("anthropic")),
	value("gen_ai.agent.name", agents, "{agent}, else `cowork`", agentOrOwn),
	field("gen_ai.agent.id", agents, "agent_id"),
	field("gen_ai.agent.version", []string{"invoke_agent"}, "service.version"),
	value("gen_ai.request.model", chats, "{model}", cowork.DimensionOf("model")),
	value("gen_ai.response.model", []string{"chat"}, "{model}, where it answered", answeringModel),
	value("gen_ai.response.id", []string{"chat"}, "`request_id`, where it answered", answer),
	value("gen_ai.tool.name", tools, "{tool}", cowork.DimensionOf("tool")),
	value("gen_ai.tool.type", tools, "`extension` of a connector, else `function`", toolType),
	field("gen_ai.tool.call.id", tools, "tool_use_id"),
	value("cowork.tool.decision", tools, "`decision`, `decision_type`", either("decision", "decision_type")),
	value("cowork.tool.decision.source", tools, "`source`, `decision_source`", either("source", "decision_source")),
	total("gen_ai.usage.input_tokens", "chat", "input_tokens", "cache_read_tokens", "cache_creation_tokens"),
	total("gen_ai.usage.output_tokens", "chat", "output_tokens"),
	total("gen_ai.usage.cache_read.input_tokens", "chat", "cache_read_tokens"),
	total("gen_ai.usage.cache_creation.input_tokens", "chat", "cache_creation_tokens"),
	total("gen_ai.usage.input_tokens", "invoke_agent",
		"cowork.prompt.input_tokens", "cowork.prompt.cache_read_tokens", "cowork.prompt.cache_creation_tokens"),
	total("gen_ai.usage.output_tokens", "invoke_agent", "cowork.prompt.output_tokens"),
	total("gen_ai.usage.cache_read.input_tokens", "invoke_agent", "cowork.prompt.cache_read_tokens"),
	total("gen_ai.usage.cache_creation.input_tokens", "invoke_agent", "cowork.prompt.cache_creation_tokens"),
	{"http.response.status_code", chats, "`status_code`", putStatus},
	{"gen_ai.response.finish_reasons", []string{"api_refusal"}, "`[\"refusal\"]`", putRefusal},
}

// genAI writes what the conventions call a span's attributes.
func (a attributes) genAI(ev cowork.Event, s *shape) {
	if s.genAI {
		a.str("gen_ai.operation.name", s.name)
	}
	for _, m := range mappings {
		if len(m.on) == 0 || slices.Contains(m.on, s.name) {
			m.put(a, m.name, ev)
		}
	}
}

// value is a row of text.
func value(name string, on []string, from string, of func(cowork.Event) string) mapping {
	return mapping{name, on, from, func(a attributes, name string, ev cowork.Event) { a.str(name, of(ev)) }}
}

// field is a row of text that is an attribute's.
func field(name string, on []string, key string) mapping {
	return value(name, on, "`"+key+"`", either(key))
}

// total is a row of numbers that are added up. What Anthropic calls input tokens
// lacks those of the cache, and the conventions want them in.
func total(name, on string, keys ...string) mapping {
	from := "`" + strings.Join(keys, "` + `") + "`"
	return mapping{name, []string{on}, from, func(a attributes, name string, ev cowork.Event) {
		if sum, ok := sumOf(ev, keys); ok {
			a.int(name, sum)
		}
	}}
}

// sumOf adds up attributes, the first of which has to be there. It is not ok if
// one of them counts nothing, or the sum is too great to be told.
func sumOf(ev cowork.Event, keys []string) (sum int64, ok bool) {
	if _, ok := ev.Int(keys[0]); !ok {
		return 0, false
	}
	for _, key := range keys {
		n, _ := ev.Int(key)
		if n < 0 || n > math.MaxInt64-sum {
			return 0, false
		}
		sum += n
	}
	return sum, true
}
