package samefigures

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// noon is the time of the collector in the tests.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

type attributes map[string]any

// An event is a record of the stream.
type event struct {
	kind    string
	at      time.Time
	desktop bool
	attrs   attributes
}

// appendTo writes the record. A copy that was passed on before is marked as redelivered.
func (e event) appendTo(ld plog.Logs, redelivered bool) {
	sl := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	if e.desktop {
		sl.Scope().SetName("claude-desktop.events")
	}
	rec := sl.LogRecords().AppendEmpty()
	rec.SetEventName(e.kind)
	rec.SetTimestamp(pcommon.NewTimestampFromTime(e.at))
	if err := rec.Attributes().FromRaw(e.attrs); err != nil {
		panic(err) // the test has an invalid attribute
	}
	if redelivered {
		rec.Attributes().PutBool("cowork.redelivered", true)
	}
}

// identity returns the digest of what the event counts once for, 0 if it always counts.
func (e event) identity() digest.Digest {
	ld := plog.NewLogs()
	e.appendTo(ld, false)
	id := cowork.IdentityOf(firstOf(ld), e.kind)
	return id.Counted()
}

func firstOf(ld plog.Logs) cowork.Event {
	rl := ld.ResourceLogs().At(0)
	sl := rl.ScopeLogs().At(0)
	return cowork.EventOf(rl.Resource(), sl.Scope(), sl.LogRecords().At(0))
}

// A choice is an attribute and its possible values; nil is none.
type choice struct {
	key    string
	values []any
}

var tokenCounts = []any{nil, 0, 7, "12", 100_000, -3, int64(1e15) + 1, "many"}

var tokens = []choice{
	{"input_tokens", tokenCounts}, {"output_tokens", tokenCounts}, {"cache_read_tokens", tokenCounts}, {"cache_creation_tokens", tokenCounts},
}

var (
	models = choice{"model", []any{nil, "opus", "haiku", strings.Repeat("m", 200)}}
	tools  = choice{"tool_name", []any{"Bash", "mcp__crm__find", "mcp_tool"}}
	useIDs = choice{"tool_use_id", []any{nil, "t1", "t2", "t3"}}
)

// kinds are the kinds of events with their attributes. Ids are from few values, so that
// they repeat.
var kinds = map[string][]choice{
	"user_prompt": append([]choice{{"cowork.prompt.origin", []any{nil, "user", "task", "schedule", "agent"}}}, tokens...),
	"api_request": append([]choice{
		models,
		{"query_source", []any{"sdk", "compact"}},
		{"request_id", []any{nil, "r1", "r2", "r3", "r4"}},
		{"duration_ms", []any{0, 0.5, 900, "12.5"}},
		{"cost_usd_micros", []any{nil, nil, 0, 15184, "77", -1, "none"}},
		{"cost_usd", []any{nil, 0.5, 1e-6, -0.5, 1e300}},
	}, tokens...),
	"api_error":   {models, {"status_code", []any{nil, 529, "undefined"}}, {"request_id", []any{nil, "r1", "r2"}}},
	"api_refusal": {models},
	"tool_decision": {
		tools, useIDs, {"decision", []any{"accept", "reject"}}, {"source", []any{"config", "hook"}}, {"permission_mode", []any{nil, "plan"}},
	},
	"tool_result":     {tools, useIDs, {"success", []any{nil, "true", false}}, {"duration_ms", []any{0, 3, "2.5"}}},
	"skill_activated": {{"skill.name", []any{"pdf", "docx"}}},
	"brand_new":       nil,
}

var kindNames = []string{
	"user_prompt", "api_request", "api_request", "api_request", "api_error", "api_refusal", "tool_decision", "tool_result", "tool_result",
	"skill_activated", "brand_new",
}

// people are the identities of senders: accounts, an address that was redacted, and
// sessions in the cloud.
var people = []attributes{
	{"user.account_uuid": "alice"},
	{"user.account_uuid": "bob", "user.email": "[REDACTED_EMAIL]"},
	{"user.email": "[REDACTED_EMAIL]", "user.id": strings.Repeat("ab", 32)},
	{"user.id": strings.Repeat("cd", 32), "cowork.surface": "remote"},
	{"user.id": strings.Repeat("ef", 32), "cowork.surface": "remote"},
	{"enduser.id": strings.Repeat("ü", 100)},
	{},
}

// drawStream returns the events of some prompts as they arrive, some of them several
// times and out of order. Events of one identity are equal: which of two processes counts
// the first one is not determined.
func drawStream(t *rapid.T, organization string) (stream []event) {
	known := map[digest.Digest]event{}
	for i := range rapid.IntRange(1, 5).Draw(t, "prompts") {
		who := rapid.SampledFrom(people).Draw(t, "who")
		for n := range rapid.IntRange(1, 8).Draw(t, "events") {
			e := drawEvent(t, n)
			maps.Copy(e.attrs, who)
			addTeam(&e)
			e.attrs["organization.id"] = organization
			e.attrs["prompt.id"] = fmt.Sprint(organization, "-", i)
			for _, id := range []string{"request_id", "tool_use_id"} {
				if e.attrs[id] != nil {
					e.attrs[id] = fmt.Sprint(i, "-", e.attrs[id]) // a request belongs to one prompt
				}
			}
			e.attrs["session.id"] = fmt.Sprint(organization, "-", i/2)
			if id := e.identity(); id != 0 {
				if _, repeated := known[id]; !repeated {
					known[id] = e
				}
				e = known[id]
			}
			for range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "times") {
				stream = append(stream, e)
			}
		}
	}
	return rapid.Permutation(stream).Draw(t, "order")
}

func drawEvent(t *rapid.T, n int) event {
	second := rapid.IntRange(0, 3).Draw(t, "second")
	e := event{
		kind: rapid.SampledFrom(kindNames).Draw(t, "kind"), at: noon.Add(time.Duration(second-3*3600*n) * time.Second),
		desktop: rapid.IntRange(0, 9).Draw(t, "stream") == 0, attrs: attributes{},
	}
	if sequence := rapid.IntRange(-1, 3).Draw(t, "sequence"); sequence >= 0 {
		e.attrs["event.sequence"] = sequence
	}
	for _, c := range kinds[e.kind] {
		if value := rapid.SampledFrom(c.values).Draw(t, c.key); value != nil {
			e.attrs[c.key] = value
		}
	}
	return e
}
