// Package ingesttest has the events of many users, for benchmarks of the ingest.
package ingesttest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// A Fleet is a number of users who all work at the same time, with one or two models.
type Fleet struct {
	Users    int
	rnd      *rand.Rand
	sequence int64
}

// NewFleet returns a fleet whose events are the same at each run.
func NewFleet(users int) *Fleet {
	return &Fleet{Users: users, rnd: rand.New(rand.NewPCG(1, 2))}
}

// Hour returns one hour of every n-th user from the first on: a prompt and a request each,
// and sometimes a tool, an error or a second model.
func (f *Fleet) Hour(at time.Time, first, n int) plog.Logs {
	ld := plog.NewLogs()
	sl := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	sl.Scope().SetVersion(fmt.Sprintf("2.1.%d", 300+at.YearDay()%10))
	sl.LogRecords().EnsureCapacity(3 * f.Users / n)
	for u := first; u < f.Users; u += n {
		f.event(sl, at, u, "user_prompt")
		f.request(sl, at, u, u%5)
		switch f.rnd.IntN(12) {
		case 0:
			f.request(sl, at, u, (u+1)%5)
		case 1, 2, 3:
			m := f.event(sl, at, u, "tool_result")
			tool := f.rnd.IntN(30)
			m.PutStr("tool_name", fmt.Sprintf("mcp__server%d__tool%d", tool%10, tool))
			m.PutBool("success", f.rnd.IntN(20) > 0)
			m.PutInt("duration_ms", f.rnd.Int64N(5000))
		case 4:
			m := f.event(sl, at, u, "tool_decision")
			m.PutStr("tool_name", fmt.Sprintf("tool%d", f.rnd.IntN(30)))
			m.PutStr("decision", "accept")
			m.PutStr("source", "config")
		case 5:
			m := f.event(sl, at, u, "plugin_loaded")
			m.PutStr("plugin.name", fmt.Sprintf("plugin%d", u%4))
			m.PutStr("enabled_via", "org-policy")
		}
	}
	return ld
}

func (f *Fleet) event(sl plog.ScopeLogs, at time.Time, user int, kind string) pcommon.Map {
	f.sequence++
	rec := sl.LogRecords().AppendEmpty()
	rec.SetTimestamp(pcommon.NewTimestampFromTime(at))
	rec.SetEventName(kind)
	m := rec.Attributes()
	m.EnsureCapacity(16)
	m.PutStr("event.name", kind)
	m.PutInt("event.sequence", f.sequence)
	m.PutStr("session.id", fmt.Sprintf("%x-%d", user, at.YearDay()))
	m.PutStr("prompt.id", fmt.Sprintf("%d-%d-%d", user, at.YearDay(), at.Hour()))
	m.PutStr("cowork.team", fmt.Sprintf("team-%d", user%50))
	m.PutStr("organization.id", fmt.Sprintf("org-%d", user%5))
	m.PutStr("user.account_uuid", fmt.Sprintf("%08x-aaaa-bbbb-cccc-%012x", user, user))
	return m
}

func (f *Fleet) request(sl plog.ScopeLogs, at time.Time, user, model int) {
	m := f.event(sl, at, user, "api_request")
	m.PutStr("request_id", fmt.Sprintf("req_%d", f.sequence))
	m.PutStr("model", fmt.Sprintf("claude-model-%d", model))
	m.PutInt("cost_usd_micros", f.rnd.Int64N(2e6))
	m.PutInt("input_tokens", f.rnd.Int64N(1e5))
	m.PutInt("output_tokens", f.rnd.Int64N(2e4))
	m.PutInt("cache_read_tokens", f.rnd.Int64N(5e6))
	m.PutInt("cache_creation_tokens", f.rnd.Int64N(2e5))
	m.PutInt("duration_ms", 200+f.rnd.Int64N(20000))
	m.PutStr("query_source", "sdk")
}
