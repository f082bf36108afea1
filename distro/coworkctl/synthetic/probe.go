package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// VerifyAttribute is the resource attribute that marks the events of probes.
const VerifyAttribute = "cowork.verify"

// probeText is the only text in a probe.
const probeText = "coworkctl verify: a test of the telemetry set-up"

// A Probe is one event that tests a setup: no person, no content, no cost.
type Probe struct {
	// Kind is the event's name.
	Kind string
	// Logs holds the one record.
	Logs plog.Logs
}

// probes are the five core kinds in the order of a prompt, each with the key
// attributes of the newest client.
var probes = []struct {
	kind string
	put  func(a pcommon.Map, call, request string)
}{
	{"user_prompt", func(a pcommon.Map, _, _ string) {
		a.PutStr("prompt_length", "48")
		a.PutStr("prompt", probeText)
	}},
	{"tool_decision", func(a pcommon.Map, call, request string) {
		a.PutStr("decision", "accept")
		a.PutStr("source", "config")
		a.PutStr("tool_name", "Bash")
		a.PutStr("tool_use_id", call)
		a.PutStr("request_id", request)
	}},
	{"tool_result", func(a pcommon.Map, call, request string) {
		a.PutStr("tool_name", "Bash")
		a.PutStr("tool_use_id", call)
		a.PutStr("success", "true")
		a.PutStr("duration_ms", "1")
		a.PutStr("tool_parameters", object("bash_command", "true", "full_command", "true", "description", probeText))
		a.PutStr("request_id", request)
	}},
	{"api_request", func(a pcommon.Map, _, request string) {
		a.PutStr("model", "coworkctl-verify")
		for _, measure := range []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"} {
			a.PutInt(measure, 0)
		}
		a.PutDouble("cost_usd", 0)
		a.PutInt("cost_usd_micros", 0)
		a.PutInt("duration_ms", 1)
		a.PutStr("request_id", request)
		a.PutStr("query_source", "sdk")
	}},
	{"api_error", func(a pcommon.Map, _, _ string) {
		a.PutStr("model", "coworkctl-verify")
		a.PutStr("error", probeText)
		a.PutInt("status_code", 529)
		a.PutInt("duration_ms", 1)
		a.PutInt("attempt", 1)
	}},
}

// Probes returns one event of each of the five core kinds, all of one prompt and a
// millisecond apart. The seed decides the ids.
func Probes(seed uint64, at time.Time) []Probe {
	r := newRandom(seed, 1<<42)
	session, prompt, install, organization, account := r.uuid(), r.uuid(), r.hex(64), r.uuid(), r.uuid()
	call, request := "toolu_01"+r.token(base58, 22), "req_01"+r.token(base58, 22)
	var list []Probe
	for i, p := range probes {
		ld := plog.NewLogs()
		rl := ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr("service.name", serviceName)
		rl.Resource().Attributes().PutBool(VerifyAttribute, true)
		sl := rl.ScopeLogs().AppendEmpty()
		sl.Scope().SetName(logScope)
		stamp := at.UTC().Truncate(time.Millisecond).Add(time.Duration(i) * time.Millisecond)
		rec := sl.LogRecords().AppendEmpty()
		rec.SetTimestamp(pcommon.NewTimestampFromTime(stamp))
		rec.SetObservedTimestamp(rec.Timestamp())
		rec.Body().SetStr(bodyPrefix + p.kind)
		a := rec.Attributes()
		a.PutStr("session.id", session)
		a.PutStr("organization.id", organization)
		a.PutStr("user.id", install)
		a.PutStr("user.account_uuid", account)
		a.PutStr("terminal.type", "non-interactive")
		a.PutStr("event.name", p.kind)
		a.PutStr("event.timestamp", stamp.Format(timestampISO))
		a.PutInt("event.sequence", int64(i))
		a.PutStr("prompt.id", prompt)
		p.put(a, call, request)
		list = append(list, Probe{p.kind, ld})
	}
	return list
}
