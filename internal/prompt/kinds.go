package prompt

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// counted says what a prompt learns from each kind of event besides its time. Any
// other kind counts as an event only, and so does what the desktop app tells of its
// own: the client inside tells the same.
var counted = map[string]func(*Tracker, *entry, cowork.Event){
	"user_prompt":        (*Tracker).addPrompt,
	"api_request":        (*Tracker).addRequest,
	"api_error":          func(_ *Tracker, e *entry, _ cowork.Event) { e.sums[APIErrors]++ },
	"api_refusal":        func(_ *Tracker, e *entry, _ cowork.Event) { e.sums[APIRefusals]++ },
	"tool_decision":      (*Tracker).addDecision,
	"tool_result":        (*Tracker).addResult,
	"skill_activated":    (*Tracker).addSkill,
	"subagent_completed": (*Tracker).addSubagent,
}

// count adds an event to its prompt.
func (t *Tracker) count(en *entry, e cowork.Event) {
	en.sums[Events]++
	at := t.timeOf(e)
	t.place(en, at)
	en.during(at)
	if ClientTrace(e) {
		en.sums[ClientTraced]++
	}
	if add := counted[e.Name()]; add != nil && !e.Desktop() {
		add(t, en, e)
	}
}

// The times that are believed.
const (
	earliest = pcommon.Timestamp(1577836800e9) // 2020: no client is older
	ahead    = int64(24 * time.Hour)           // of the time of arrival: clocks go wrong
)

// timeOf returns when an event happened. A time that cannot be is replaced by that
// of the event's arrival.
func (t *Tracker) timeOf(e cowork.Event) pcommon.Timestamp {
	ts := e.Time()
	if ts >= earliest && ts <= pcommon.Timestamp(t.now+ahead) {
		return ts
	}
	t.stats.Invalid[TimeMeasure]++
	return pcommon.Timestamp(t.now)
}

func (t *Tracker) addPrompt(en *entry, e cowork.Event) {
	en.complete = true
	if en.origin.user().Len() == 0 {
		t.release(en.origin)
		en.origin = t.originOf(e)
	}
}

// addRequest counts a request once, however often and in whatever records it came.
func (t *Tracker) addRequest(en *entry, e cowork.Event) {
	r, _ := cowork.APIRequestOf(e)
	if !t.once(en, ofRequest, r.RequestID()) {
		return
	}
	en.sums[APIRequests]++
	t.addMeasures(&en.sums, r)
	t.addName(en, models, r.Model())
}

// addDecision counts a rejected tool. One that was accepted is counted when it ran.
func (t *Tracker) addDecision(en *entry, e cowork.Event) {
	en.sums[ToolDecisions]++
	d, _ := cowork.ToolDecisionOf(e)
	if d.Rejected() && t.once(en, ofRejection, d.ToolUseID()) {
		en.sums[ToolRejects]++
	}
}

func (t *Tracker) addResult(en *entry, e cowork.Event) {
	r, _ := cowork.ToolResultOf(e)
	if !t.once(en, ofTool, r.ToolUseID()) {
		return
	}
	en.sums[Tools]++
	if success, ok := r.Success(); ok && !success {
		en.sums[ToolFailures]++
	}
	tool := r.Tool()
	t.addName(en, tools, tool)
	t.addName(en, connectors, r.Connector())
	if tool == "Skill" {
		t.addName(en, skills, e.Dimension("skill"))
	}
}

func (t *Tracker) addSkill(en *entry, e cowork.Event) {
	s, _ := cowork.SkillActivatedOf(e)
	t.addName(en, skills, s.Skill())
}

func (t *Tracker) addSubagent(en *entry, e cowork.Event) {
	s, _ := cowork.SubagentCompletedOf(e)
	t.addName(en, subagents, s.AgentType())
}
