package metric

import (
	"cmp"
	"math"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A measure is a number of an event, in a metric's small unit.
type measure struct {
	name string // the attribute, by which invalid numbers are counted
	read func(cowork.Event) (float64, validity)
}

// A validity is the result of reading a number.
type validity uint8

// The validities. An absent number is no observation.
const (
	absent validity = iota
	valid
	invalid
)

// The largest valid numbers of one event: a billion dollars in millionths, which is
// also more tokens than a model has, and a month. A prompt's summary has the same
// bounds.
const (
	maxNumber   = 1e15
	maxDuration = 30 * 24 * 3600 * micro
)

// The measures.
var (
	one                 = &measure{read: func(cowork.Event) (float64, validity) { return 1, valid }}
	cost                = &measure{"cost_usd", costOf}
	inputTokens         = countMeasure("input_tokens")
	outputTokens        = countMeasure("output_tokens")
	cacheReadTokens     = countMeasure("cache_read_tokens")
	cacheCreationTokens = countMeasure("cache_creation_tokens")
	allInputTokens      = &measure{read: allInput}
	duration            = milliseconds("duration_ms")
	promptCost          = &measure{promptCostKey, promptCostOf}
	firstChunk          = milliseconds("ttft_ms")
	promptDuration      = milliseconds("cowork.prompt.duration_ms")
	firstPartDuration   = &measure{promptDuration.name, firstPartDurationOf}
	promptTools         = countMeasure("cowork.prompt.tool_count")
	failedTool          = &measure{read: toolFailure}
	failedConnection    = &measure{read: connectionFailure}
	failedRequest       = &measure{read: hasConnector}
	failedCall          = &measure{read: callFailure}
	rejected            = &measure{read: decisionRejected}
	unknownCost         = &measure{read: hasNoCost}
	hasDuration         = &measure{read: isTimed}
	unconfirmed         = &measure{read: actsAlone}
	scheduling          = &measure{read: schedules}
	judgedHosts         = having(egressVerdict)
	judgedConnector     = having(connectorVerdict)
	hasVersion          = having(pluginVersion)
)

const promptCostKey = "cowork.prompt.cost_usd"

// countMeasure returns a measure of whole numbers.
func countMeasure(key string) *measure {
	return &measure{key, func(e cowork.Event) (float64, validity) {
		n, known := e.Int(key)
		return validate(e, float64(n), known, maxNumber, key)
	}}
}

// milliseconds returns a measure of durations.
func milliseconds(key string) *measure {
	return &measure{key, func(e cowork.Event) (float64, validity) {
		ms, known := e.Float(key)
		return validate(e, math.Round(ms*1000), known, maxDuration, key)
	}}
}

// validate returns a number that was read from one of the keys, and whether it is
// valid.
func validate(e cowork.Event, n float64, known bool, limit float64, keys ...string) (float64, validity) {
	if known && n >= 0 && n <= limit {
		return n, valid
	}
	if known || isAnyPresent(e, keys) {
		return 0, invalid
	}
	return 0, absent
}

func isAnyPresent(e cowork.Event, keys []string) bool {
	for _, key := range keys {
		if _, there := e.Value(key); there {
			return true
		}
	}
	return false
}

func costOf(e cowork.Event) (float64, validity) {
	r, _ := cowork.APIRequestOf(e)
	micros, known := r.CostMicros()
	return validate(e, float64(micros), known, maxNumber, "cost_usd_micros", "cost_usd")
}

func promptCostOf(e cowork.Event) (float64, validity) {
	usd, known := e.Float(promptCostKey)
	return validate(e, math.Round(usd*micro), known, maxNumber, promptCostKey)
}

// allInput adds the tokens of the cache to the others, as the conventions specify. An
// invalid number is counted by the metric that reads it alone.
func allInput(e cowork.Event) (sum float64, v validity) {
	for _, m := range [...]*measure{inputTokens, cacheReadTokens, cacheCreationTokens} {
		if n, is := m.read(e); is == valid {
			sum, v = sum+n, valid
		}
	}
	return sum, v
}

// count returns 1 where a condition holds, and no number elsewhere.
func count(holds bool) (float64, validity) {
	if !holds {
		return 0, absent
	}
	return 1, valid
}

func callFailure(e cowork.Event) (float64, validity) { return count(outcomeOf(e) == failed) }

func toolFailure(e cowork.Event) (float64, validity) {
	if outcomeOf(e) != failed {
		return 0, absent
	}
	return hasConnector(e)
}

func decisionRejected(e cowork.Event) (float64, validity) {
	d, _ := cowork.ToolDecisionOf(e)
	return count(d.Rejected())
}

// hasNoCost counts a request whose cost is absent or invalid.
func hasNoCost(e cowork.Event) (float64, validity) {
	_, v := costOf(e)
	return count(v != valid)
}

// isTimed counts an event with a valid duration.
func isTimed(e cowork.Event) (float64, validity) {
	_, v := duration.read(e)
	return count(v == valid)
}

// aloneModes are the permission modes in which Cowork acts without confirmation.
var aloneModes = []string{"bypassPermissions", "auto", "dontAsk"}

// actsAlone counts a decision in a mode without confirmation.
func actsAlone(e cowork.Event) (float64, validity) {
	return count(slices.Contains(aloneModes, readers[permissionMode](e)))
}

// having returns a measure that counts events with a field.
func having(f field) *measure {
	return &measure{read: func(e cowork.Event) (float64, validity) { return count(readers[f](e) != "") }}
}

// schedulingTools are the tools that start work later, or work of their own.
var schedulingTools = []string{"CronCreate", "ScheduleWakeup", "Workflow"}

// schedules counts a call that schedules a task.
func schedules(e cowork.Event) (float64, validity) {
	return count(slices.Contains(schedulingTools, readers[tool](e)))
}

// startedBy returns a measure that counts the prompts of an origin. A prompt without a
// valid origin was typed.
func startedBy(origin cowork.Origin) *measure {
	return &measure{read: func(e cowork.Event) (float64, validity) {
		of := cmp.Or(originOf(e), string(cowork.OriginUser))
		return count(of == string(origin))
	}}
}

func connectionFailure(e cowork.Event) (float64, validity) {
	c, _ := cowork.MCPConnectionOf(e)
	return count(c.Status() == "failed")
}

// hasConnector counts an event that concerns a connector.
func hasConnector(e cowork.Event) (float64, validity) {
	return count(readers[connector](e) != "")
}
