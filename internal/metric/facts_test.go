package metric

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// readFacts returns the observations of a batch of one event, as name[labels].sum.
func readFacts(r *FactReader, ld plog.Logs) (map[string]float64, Reading) {
	facts, sums := Facts(), map[string]float64{}
	var last Reading
	for e := range cowork.Events(ld) {
		last = r.Read(e)
		for _, o := range last.Observations {
			f := facts[o.Fact]
			sums[f.Name+"["+strings.Join(o.Labels[:len(f.Labels)], " ")+"]."+f.Sums[o.Sum]] += o.Value
		}
	}
	return sums, last
}

// TestFacts checks what each kind of event adds to the facts.
func TestFacts(t *testing.T) {
	check := func(kind string, own attrs, want map[string]float64) {
		t.Helper()
		got, reading := readFacts(NewFactReader(), event(kind, own))
		want["activity[].events"], want["versions[].events"] = 1, 1
		require.Equal(t, want, got)
		require.Equal(t, kind, reading.Kind)
		require.Zero(t, reading.Invalid)
	}
	type are = map[string]float64
	check("user_prompt", nil, are{"activity[].prompts": 1, "prompt_hours[].prompts": 1})
	check("user_prompt", attrs{"cowork.prompt.origin": "user"}, are{"activity[].prompts": 1, "prompt_hours[].prompts": 1})
	check("user_prompt", attrs{"cowork.prompt.origin": "jane"}, are{"activity[].prompts": 1, "prompt_hours[].prompts": 1})
	check("user_prompt", attrs{"cowork.prompt.origin": "task"}, are{"activity[].tasks": 1})
	check("user_prompt", attrs{"cowork.prompt.origin": "schedule"}, are{"activity[].schedules": 1})
	check("user_prompt", attrs{"cowork.prompt.origin": "agent", "input_tokens": "12"}, are{"activity[].agent_prompts": 1, "usage[ ].input": 12})
	check("api_request", attrs{"model": "m", "query_source": "sdk", "cost_usd": 0.5, "input_tokens": 1, "output_tokens": 2, "cache_read_tokens": 3, "cache_creation_tokens": 4, "duration_ms": 1.5}, are{
		"usage[m sdk].requests": 1, "usage[m sdk].cost_micros": 500000, "usage[m sdk].input": 1, "usage[m sdk].output": 2,
		"usage[m sdk].cache_read": 3, "usage[m sdk].cache_creation": 4, "versions[].requests": 1,
		"request_latency[m ok].timed": 1, "request_latency[m ok].duration_us": 1500,
	})
	check("api_request", attrs{"model": "m"}, are{"usage[m ].requests": 1, "usage[m ].unpriced": 1, "versions[].requests": 1})
	check("api_error", attrs{"model": "m", "status_code": 529, "duration_ms": 0, "mcp_server.name": "crm"}, are{
		"usage[m ].errors": 1, "api_errors[m 529].errors": 1, "connector_errors[crm 529].errors": 1,
		"request_latency[m error].timed": 1, "request_latency[m error].duration_us": 0,
	})
	check("api_refusal", attrs{"model": "m"}, are{"usage[m ].refusals": 1})
	check("tool_result", attrs{"tool_name": "mcp__crm__find", "success": "false", "error_type": "E", "duration_ms": 2}, are{
		"tool_calls[find crm].calls": 1, "tool_calls[find crm].failures": 1, "tool_calls[find crm].timed": 1, "tool_calls[find crm].duration_us": 2000,
		"tool_latency[find].timed": 1, "tool_latency[find].duration_us": 2000, "connector_errors[crm E].errors": 1,
	})
	check("tool_result", attrs{"tool_name": "Bash"}, are{"tool_calls[Bash ].calls": 1})
	check("tool_decision", attrs{"tool_name": "Bash", "decision": "reject", "source": "hook", "permission_mode": "plan"}, are{
		"tool_calls[Bash ].decisions": 1, "tool_calls[Bash ].rejections": 1, "tool_decisions[Bash reject hook].decisions": 1, "rejections[Bash hook].rejections": 1, "permission_modes[plan].decisions": 1,
	})
	check("mcp_server_connection", attrs{"server_name": "crm", "status": "failed", "error_code": "-3"}, are{
		"connections[crm failed].connections": 1, "connector_errors[crm -3].errors": 1,
	})
	check("skill_activated", attrs{"skill.name": "s", "plugin.name": "p"}, are{"skills[s p].activations": 1})
	check("plugin_loaded", attrs{"plugin.name": "p", "plugin.scope": "org", "enabled_via": "admin"}, are{"plugins[p org admin].loads": 1})
	check("subagent_completed", attrs{"agent_type": "a", "duration_ms": 1}, are{"subagents[a].runs": 1, "subagents[a].timed": 1, "subagents[a].duration_us": 1000})
	check("tool_decision", attrs{"tool_name": "Bash", "decision": "accept", "permission_mode": "bypassPermissions"}, are{
		"tool_calls[Bash ].decisions": 1, "tool_decisions[Bash accept ].decisions": 1, "permission_modes[bypassPermissions].decisions": 1,
		"unconfirmed[Bash bypassPermissions].decisions": 1,
	})
	check("tool_result", attrs{"tool_name": "CronCreate"}, are{"tool_calls[CronCreate ].calls": 1, "scheduled_tasks[CronCreate].calls": 1})
	check("plugin_installed", attrs{"plugin.name": "p", "marketplace.name": "m", "marketplace.is_official": false}, are{"plugin_installs[p m false].installs": 1})
	check("compaction", nil, are{})
}

// TestFactsOfNothing checks the events that add to no fact, and the kinds of others.
func TestFactsOfNothing(t *testing.T) {
	r := NewFactReader()
	sums, reading := readFacts(r, event("cowork.prompt_summary", attrs{"prompt.id": "p", "cowork.prompt.cost_usd": 1}))
	require.Empty(t, sums)
	require.Equal(t, "prompt_summary", reading.Kind)
	sums, reading = readFacts(r, event("cowork.alert", nil))
	require.Empty(t, sums)
	require.Zero(t, reading.ID)
	desktop := request("req_1", nil)
	desktop.ResourceLogs().At(0).ScopeLogs().At(0).Scope().SetName("claude-desktop.events")
	sums, _ = readFacts(r, desktop)
	require.Empty(t, sums)
	sums, reading = readFacts(r, event("brand_new", nil))
	require.Equal(t, map[string]float64{"activity[].events": 1, "versions[].events": 1}, sums)
	require.Equal(t, "unknown", reading.Kind)
	other := event("started", nil)
	other.ResourceLogs().At(0).Resource().Attributes().PutStr("service.name", "postgres")
	sums, reading = readFacts(r, other)
	require.Empty(t, sums)
	require.Equal(t, "unknown", reading.Kind)
}

// TestFactReading checks identity, names and invalid numbers.
func TestFactReading(t *testing.T) {
	r := NewFactReader()
	_, first := readFacts(r, request("req_1", nil))
	_, again := readFacts(r, request("req_1", nil))
	require.NotZero(t, first.ID)
	require.Equal(t, first.ID, again.ID)
	require.Equal(t, "org", first.Organization)
	require.Equal(t, "alice", first.User)
	sums, reading := readFacts(r, request("req_2", attrs{
		"cost_usd": -1, "cost_usd_micros": nil, "duration_ms": "soon", "input_tokens": 1e16, "user.account_uuid": strings.Repeat("é", 70), "model": strings.Repeat("m", 200),
	}))
	require.Equal(t, 3, reading.Invalid, "each number once, although several facts use it")
	m := strings.Repeat("m", MaxLabelBytes)
	require.Equal(t, strings.Repeat("é", 64), reading.User)
	require.EqualValues(t, 1, sums["usage["+m+" sdk].unpriced"])
	require.NotContains(t, sums, "usage["+m+" sdk].cost_micros")
	require.NotContains(t, sums, "request_latency["+m+" ok].timed")
}

// TestFactAlloc checks that reading facts costs no allocation.
func TestFactAlloc(t *testing.T) {
	ld := batchOf(fleet, 200, rand.New(rand.NewPCG(1, 2)))
	r := NewFactReader()
	read := func() {
		for e := range cowork.Events(ld) {
			r.Read(e)
		}
	}
	read()
	require.Zero(t, testing.AllocsPerRun(20, read))
}

func BenchmarkFacts(b *testing.B) {
	ld := batchOf(fleet, 1000, rand.New(rand.NewPCG(1, 2)))
	r := NewFactReader()
	for b.Loop() {
		for e := range cowork.Events(ld) {
			r.Read(e)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "events/s")
}
