package coworktracesconnector

import (
	"math"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/semconv"
)

// A mapping is a row of the table mappings: an attribute of the GenAI conventions, the
// spans that have it, and the attributes that it is read from.
type mapping struct {
	name string
	// version is the version of the conventions that has the row; empty means every one.
	version semconv.Version
	// on holds the names of the spans without their subjects; empty means all.
	on []string
	// from documents in the README what put reads.
	from string
	put  func(a boundedMap, name string, ev cowork.Event)
}

// Spans with common attributes.
var (
	everywhere []string
	chats      = []string{"chat", "api_refusal", "api_retries_exhausted"}
	runs       = []string{"invoke_agent"}
	agents     = []string{"invoke_agent", "chat"}
	tools      = []string{"execute_tool"}
)

// mappings holds the attributes of the conventions. The table in specs.go holds the
// operation's name and error.type. The attributes of cowork.tool have no convention yet.
var mappings = []mapping{
	field("gen_ai.conversation.id", everywhere, "session.id"),
	value("gen_ai.provider.name", chats, "`anthropic`", constant("anthropic")),
	in(semconv.V141, value("gen_ai.provider.name", runs, "`anthropic`", constant("anthropic"))),
	value("gen_ai.agent.name", agents, "{agent}, else `cowork`", agentOrCowork),
	in(semconv.V141, field("gen_ai.agent.id", agents, "agent_id")),
	in(semconv.V141, field("gen_ai.agent.version", runs, "service.version")),
	value("gen_ai.request.model", chats, "{model}", cowork.DimensionOf("model")),
	value("gen_ai.response.model", []string{"chat"}, "{model} of a request that was answered", modelIfAnswered),
	value("gen_ai.response.id", []string{"chat"}, "`request_id` of a request that was answered", requestIfAnswered),
	value("gen_ai.tool.name", tools, "{tool}", cowork.DimensionOf("tool")),
	value("gen_ai.tool.type", tools, "`extension` for a connector's tool, else `function`", toolType),
	field("gen_ai.tool.call.id", tools, "tool_use_id"),
	value("cowork.tool.decision", tools, "`decision`, `decision_type`", firstOf("decision", "decision_type")),
	value("cowork.tool.decision.source", tools, "`source`, `decision_source`", firstOf("source", "decision_source")),
	total("gen_ai.usage.input_tokens", "chat", "input_tokens", "cache_read_tokens", "cache_creation_tokens"),
	total("gen_ai.usage.output_tokens", "chat", "output_tokens"),
	total("gen_ai.usage.cache_read.input_tokens", "chat", "cache_read_tokens"),
	in(semconv.V141, total("gen_ai.usage.cache_creation.input_tokens", "chat", "cache_creation_tokens")),
	in(semconv.GenAI0, total("gen_ai.usage.cache_write.input_tokens", "chat", "cache_creation_tokens")),
	total("gen_ai.usage.input_tokens", "invoke_agent",
		"cowork.prompt.input_tokens", "cowork.prompt.cache_read_tokens", "cowork.prompt.cache_creation_tokens"),
	total("gen_ai.usage.output_tokens", "invoke_agent", "cowork.prompt.output_tokens"),
	in(semconv.V141, total("gen_ai.usage.cache_read.input_tokens", "invoke_agent", "cowork.prompt.cache_read_tokens")),
	in(semconv.V141, total("gen_ai.usage.cache_creation.input_tokens", "invoke_agent", "cowork.prompt.cache_creation_tokens")),
	in(semconv.GenAI0, field("gen_ai.request.reasoning.level", []string{"chat"}, "effort")),
	{"gen_ai.response.time_to_first_chunk", "", []string{"chat"}, "`ttft_ms`, in seconds", putFirstChunk},
	{"http.response.status_code", "", chats, "`status_code`", putStatus},
	{"gen_ai.response.finish_reasons", "", []string{"api_refusal"}, "`[\"refusal\"]`", putRefusal},
}

// putGenAI writes the attributes of a version of the conventions.
func (a boundedMap) putGenAI(ev cowork.Event, s *spanSpec, version semconv.Version) {
	if s.genAI {
		a.putString("gen_ai.operation.name", s.name)
	}
	for _, m := range mappings {
		if version.Emits(m.version) && (len(m.on) == 0 || slices.Contains(m.on, s.name)) {
			m.put(a, m.name, ev)
		}
	}
}

// in returns a row that only one version of the conventions has.
func in(version semconv.Version, m mapping) mapping {
	m.version = version
	return m
}

// value returns a row of text.
func value(name string, on []string, from string, of func(cowork.Event) string) mapping {
	return mapping{name, "", on, from, func(a boundedMap, name string, ev cowork.Event) { a.putString(name, of(ev)) }}
}

// field returns a row of the text of an attribute.
func field(name string, on []string, key string) mapping {
	return value(name, on, "`"+key+"`", firstOf(key))
}

// total returns a row of a sum of attributes. Anthropic's input tokens exclude those of
// the cache, the conventions include them.
func total(name, on string, keys ...string) mapping {
	from := "`" + strings.Join(keys, "` + `") + "`"
	return mapping{name, "", []string{on}, from, func(a boundedMap, name string, ev cowork.Event) {
		if sum, ok := sumOf(ev, keys); ok {
			a.putInt(name, sum)
		}
	}}
}

// sumOf adds up attributes, the first of which is required. It is not ok if one of them
// is negative or the sum overflows.
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
