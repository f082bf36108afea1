package prompt

import (
	"math"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Count is one of the sums of a prompt.
type Count uint8

// The counts. Those up to ClientTraced count events, the others add up the measures of
// events.
const (
	Events Count = iota
	APIRequests
	APIErrors
	APIRefusals
	ToolDecisions
	Tools
	ToolFailures
	ToolRejects
	ClientTraced
	CostMicros
	InputTokens
	OutputTokens
	CacheReadTokens
	CacheCreationTokens
	counts // how many there are
)

// Counts holds a number for each [Count].
type Counts [counts]int64

// maxMeasure is the largest valid number of one event: a billion dollars in
// millionths, and more tokens than a model has.
const maxMeasure int64 = 1e15

// addMeasure adds a number of one event. It returns false for a number that is invalid
// or would overflow the sum.
func (c *Counts) addMeasure(to Count, n int64) bool {
	if n < 0 || n > maxMeasure || c[to] > math.MaxInt64-n {
		return false
	}
	c[to] += n
	return true
}

// tokenMeasures are the numbers of an api_request besides its cost. Few clients send
// them on user_prompt.
var tokenMeasures = [...]struct {
	count   Count
	measure Measure
}{
	{InputTokens, InputMeasure},
	{OutputTokens, OutputMeasure},
	{CacheReadTokens, CacheReadMeasure},
	{CacheCreationTokens, CacheCreationMeasure},
}

// An eventCounter adds events to the sums and names of their prompts.
type eventCounter struct {
	texts *textBudget
	stats *Stats
}

// counted holds what each kind of event adds to its prompt, besides its time. Any
// other kind counts as an event only. So does an event of the desktop app's own
// stream, which repeats what the client inside reports.
var counted = map[string]func(eventCounter, *entry, cowork.Event){
	"user_prompt":        eventCounter.addPrompt,
	"api_request":        eventCounter.addRequest,
	"api_error":          func(_ eventCounter, e *entry, _ cowork.Event) { e.sums[APIErrors]++ },
	"api_refusal":        func(_ eventCounter, e *entry, _ cowork.Event) { e.sums[APIRefusals]++ },
	"tool_decision":      eventCounter.addDecision,
	"tool_result":        eventCounter.addResult,
	"skill_activated":    eventCounter.addSkill,
	"subagent_completed": eventCounter.addSubagent,
}

func (c eventCounter) addPrompt(en *entry, e cowork.Event) {
	en.complete = true
	c.addTokens(&en.sums, e)
	if value, ok := e.Str(cowork.OriginAttribute); ok {
		en.origin = originOf(cowork.Origin(value))
	}
	if en.sender.user().Len() == 0 {
		c.texts.releaseSender(en.sender)
		en.sender = c.texts.senderOf(e)
	}
}

func (c eventCounter) addRequest(en *entry, e cowork.Event) {
	en.sums[APIRequests]++
	r := cowork.APIRequest{Event: e}
	c.addMeasures(&en.sums, r)
	c.texts.addName(en, models, r.Model())
}

// addMeasures adds the cost and the tokens of an API request. Metrics and the page count
// the same numbers of the same events.
func (c eventCounter) addMeasures(to *Counts, r cowork.APIRequest) {
	micros, ok := r.CostMicros()
	if !ok {
		ok = !isPresent(r.Event, "cost_usd_micros") && !isPresent(r.Event, "cost_usd")
	} else {
		ok = to.addMeasure(CostMicros, micros)
	}
	c.validate(CostMeasure, ok)
	c.addTokens(to, r.Event)
}

// addTokens adds the tokens of an event.
func (c eventCounter) addTokens(to *Counts, e cowork.Event) {
	for _, m := range tokenMeasures {
		key := m.measure.String()
		if n, ok := e.Int(key); ok {
			c.validate(m.measure, to.addMeasure(m.count, n))
		} else {
			c.validate(m.measure, !isPresent(e, key))
		}
	}
}

func isPresent(e cowork.Event, key string) bool {
	_, ok := e.Value(key)
	return ok
}

// validate counts a measure that is invalid.
func (c eventCounter) validate(m Measure, ok bool) {
	if !ok {
		c.stats.Invalid[m]++
	}
}

// addDecision counts a decision. A tool that was accepted is counted by its result.
func (eventCounter) addDecision(en *entry, e cowork.Event) {
	en.sums[ToolDecisions]++
	if (cowork.ToolDecision{Event: e}).Rejected() {
		en.sums[ToolRejects]++
	}
}

func (c eventCounter) addResult(en *entry, e cowork.Event) {
	r := cowork.ToolResult{Event: e}
	en.sums[Tools]++
	if success, ok := r.Success(); ok && !success {
		en.sums[ToolFailures]++
	}
	tool := r.Tool()
	c.texts.addName(en, tools, tool)
	c.texts.addName(en, connectors, r.Connector())
	if tool == "Skill" {
		c.texts.addName(en, skills, e.Dimension("skill"))
	}
}

func (c eventCounter) addSkill(en *entry, e cowork.Event) {
	c.texts.addName(en, skills, cowork.SkillActivated{Event: e}.Skill())
}

func (c eventCounter) addSubagent(en *entry, e cowork.Event) {
	c.texts.addName(en, subagents, cowork.SubagentCompleted{Event: e}.AgentType())
}

// ClientTrace reports whether an event belongs to a trace of its client's own. A
// stamped record has the trace id of its prompt.id; a client that sends spans itself
// uses another one.
func ClientTrace(e cowork.Event) bool {
	return !e.Record().TraceID().IsEmpty() && hasOtherTrace(e, TraceID(e.PromptID()))
}

func hasOtherTrace(e cowork.Event, trace pcommon.TraceID) bool {
	id := e.Record().TraceID()
	return !id.IsEmpty() && id != trace
}
