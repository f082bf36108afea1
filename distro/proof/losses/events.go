package losses

import (
	"crypto/sha256"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

const (
	// promptEvents is the number of events of a prompt: user_prompt, then four times
	// api_request, tool_decision, tool_result.
	promptEvents = 13
	// failingPrompt is how many prompts of a session have one with a failing tool, whose
	// name is unique: each one is an alert.
	failingPrompt = 10
	failingEvent  = 6

	organization = "c56a4180-65aa-42ec-a945-5fd21dec0538"

	// poisonKey is the attribute of records that the backend rejects.
	poisonKey = "proof.poison"
)

// A numbering derives every value of an event from its session and number, so that the
// expected result of any set of events can be computed.
type numbering struct {
	salt string
	// poisonEvery is the distance of poisoned events, 0 for none.
	poisonEvery int
	// at returns the time of an event.
	at func(session, seq int) time.Time
}

func (n *numbering) uuid(parts ...any) string {
	sum := sha256.Sum256([]byte(n.salt + fmt.Sprint(parts...)))
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

func (n *numbering) session(session int) string { return n.uuid("session", session) }

func (n *numbering) prompt(session, seq int) string {
	return n.uuid("prompt", session, "/", seq/promptEvents)
}

// id returns 24 characters that an identifier of a request or tool may have.
func (n *numbering) id(session, seq int) string {
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%s%d/%d", n.salt, session, seq)))[:24]
}

func kindOf(seq int) string {
	at := seq % promptEvents
	if at == 0 {
		return "user_prompt"
	}
	return []string{"api_request", "tool_decision", "tool_result"}[(at-1)%3]
}

func fails(seq int) bool {
	return seq%promptEvents == failingEvent && seq/promptEvents%failingPrompt == 1
}

func failingTool(session, seq int) string {
	return fmt.Sprintf("alarm_%d_%d", session, seq/promptEvents)
}

func costOf(session, seq int) int64   { return 1 + int64(seq*7919+session*104729)%1000 }
func tokensOf(session, seq int) int64 { return 1 + int64(seq*31+session)%977 }

// request returns the events from a number up to another as one batch of a client.
func (n *numbering) request(session, from, to int) plogotlp.ExportRequest {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	rl.Resource().Attributes().PutStr("service.version", "2.1.329")
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	sl.Scope().SetVersion("2.1.329")
	for seq := from; seq < to; seq++ {
		n.fill(sl.LogRecords().AppendEmpty(), session, seq)
	}
	return plogotlp.NewExportRequestFromLogs(ld)
}

func (n *numbering) fill(rec plog.LogRecord, session, seq int) {
	at, kind := n.at(session, seq), kindOf(seq)
	rec.SetTimestamp(pcommon.NewTimestampFromTime(at))
	rec.SetObservedTimestamp(pcommon.NewTimestampFromTime(at))
	rec.Body().SetStr("claude_code." + kind)
	m := rec.Attributes()
	m.PutStr("session.id", n.session(session))
	m.PutStr("event.name", kind)
	m.PutStr("event.timestamp", at.UTC().Format("2006-01-02T15:04:05.000Z"))
	m.PutInt("event.sequence", int64(seq))
	m.PutStr("prompt.id", n.prompt(session, seq))
	m.PutStr("user.account_uuid", n.uuid("user", session%20))
	m.PutStr("organization.id", organization)
	fillers[kind](n, m, session, seq)
	if n.poisonEvery > 0 && seq%n.poisonEvery == n.poisonEvery-1 {
		m.PutBool(poisonKey, true)
	}
}

// fillers set the attributes of a kind of event.
var fillers = map[string]func(n *numbering, m pcommon.Map, session, seq int){
	"user_prompt": func(_ *numbering, m pcommon.Map, _, _ int) {
		m.PutStr("prompt_length", "70")
		m.PutStr("prompt", "List the files and send them to jane.doe@example.com")
	},
	"api_request": func(n *numbering, m pcommon.Map, session, seq int) {
		m.PutStr("model", "claude-opus-5-5")
		m.PutInt("input_tokens", tokensOf(session, seq))
		m.PutInt("output_tokens", 3)
		m.PutInt("cache_read_tokens", 5)
		m.PutInt("cache_creation_tokens", 0)
		m.PutInt("cost_usd_micros", costOf(session, seq))
		m.PutInt("duration_ms", 100+int64(seq%50))
		m.PutStr("request_id", "req_"+n.id(session, seq))
	},
	"tool_decision": func(n *numbering, m pcommon.Map, session, seq int) {
		m.PutStr("decision", "accept")
		m.PutStr("source", "config")
		m.PutStr("tool_name", "Bash")
		m.PutStr("tool_use_id", "toolu_"+n.id(session, seq+1))
		m.PutStr("request_id", "req_"+n.id(session, seq-1))
	},
	"tool_result": func(n *numbering, m pcommon.Map, session, seq int) {
		m.PutStr("tool_name", "Bash")
		m.PutStr("success", "true")
		if fails(seq) {
			m.PutStr("tool_name", failingTool(session, seq))
			m.PutStr("success", "false")
		}
		m.PutInt("duration_ms", 10+int64(seq%5))
		m.PutStr("tool_use_id", "toolu_"+n.id(session, seq))
		m.PutStr("request_id", "req_"+n.id(session, seq-2))
	},
}
