package metric

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

// A mix is the share of each kind of event.
type mix []struct {
	share int
	kind  string
}

// fleet is the mix of a measured fleet, in thousandths, requests is the kind that has
// most numbers.
var (
	fleet = mix{
		{206, "tool_decision"},
		{205, "tool_result"},
		{192, "api_request"},
		{129, "hook_execution_complete"},
		{129, "hook_execution_start"},
		{86, "assistant_response"},
		{14, "user_prompt"},
		{11, "hook_registered"},
		{9, "plugin_loaded"},
		{7, "mcp_server_connection"},
		{3, "skill_activated"},
		{3, "subagent_completed"},
		{2, "api_error"},
		{4, "compaction"},
	}
	requests = mix{{1, "api_request"}}
)

func (m mix) draw(rnd *rand.Rand) string {
	sum := 0
	for _, one := range m {
		sum += one.share
	}
	n := rnd.IntN(sum)
	for _, one := range m {
		if n -= one.share; n < 0 {
			return one.kind
		}
	}
	return ""
}

// own are the attributes of the kinds with numbers, in the order in which clients send
// them.
var own = map[string][]any{
	"api_request": {
		"model", "claude-opus-5-5", "input_tokens", 321, "output_tokens", 45, "cache_read_tokens", 15000, "cache_creation_tokens", 2000,
		"cache_creation_5m_tokens", 0, "cache_creation_1h_tokens", 2000, "cost_usd", 0.015184, "cost_usd_micros", 15184, "duration_ms", 900,
		"ttft_ms", 300, "request_id", "", "speed", "normal", "query_source", "sdk", "effort", "high",
	},
	"tool_decision": {"decision", "accept", "source", "config", "tool_name", "Bash", "tool_use_id", "", "tool_source", "builtin"},
	"tool_result": {
		"tool_name", "Bash", "tool_use_id", "", "success", true, "duration_ms", 500,
		"tool_parameters", `{"bash_command":"ls","full_command":"ls -la /tmp","description":"List files"}`,
		"tool_input_size_bytes", 44, "tool_result_size_bytes", 512, "request_id", "",
	},
	"user_prompt": {"prompt_length", 34, "prompt", "[REDACTED_PROMPT]"},
	"api_error":   {"model", "claude-opus-5-5", "error", "overloaded", "status_code", 529, "duration_ms", 900, "attempt", 11, "request_id", ""},
}

// batchOf returns a batch of events with all the attributes that clients send, as
// cowork_event normalizes them.
func batchOf(m mix, events int, rnd *rand.Rand) plog.Logs {
	ld := plog.NewLogs()
	for i := range events {
		kind := m.draw(rnd)
		addEvent(ld, kind, nil)
		records := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
		all := append([]any{
			"service.name", "cowork", "department", "finance", "user.id", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
			"session.id", fmt.Sprintf("f4e2b124-f977-4412-8b09-da2871d3f9%02d", rnd.IntN(50)), "organization.id", "5d0c8dcd-0ae5-4da8-9ab0-1d80cd6f2a10",
			"user.email", "[REDACTED_EMAIL]", "user.account_uuid", fmt.Sprintf("0aa84ef6-0c18-4720-8c5d-4ba43985c0%02d", rnd.IntN(20)),
			"user.account_id", "user_01", "anthropic.provider", "firstParty", "anthropic.custom_base_url", false, "terminal.type", "non-interactive",
			"event.name", kind, "event.timestamp", "2026-11-21T09:30:02.100Z", "event.sequence", i, "prompt.id", fmt.Sprintf("1aa84ef6-0c18-4720-8c5d-%012d", i),
		}, own[kind]...)
		for j := 0; j < len(all); j += 2 {
			if err := records.At(i).Attributes().PutEmpty(all[j].(string)).FromRaw(all[j+1]); err != nil {
				panic(err)
			}
		}
	}
	ld.ResourceLogs().At(0).ScopeLogs().At(0).Scope().SetName("com.anthropic.claude_code.events")
	return ld
}

// renew gives the events new ids and sequences, so that none is a duplicate.
func renew(ld plog.Logs, n *int) {
	for _, rec := range ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().All() {
		*n++
		for _, key := range [...]string{"request_id", "tool_use_id", "prompt.id"} {
			if v, ok := rec.Attributes().Get(key); ok {
				*n++
				v.SetStr("req_011CVM" + strconv.Itoa(*n))
			}
		}
		if v, ok := rec.Attributes().Get("event.sequence"); ok {
			v.SetInt(int64(*n))
		}
	}
}

// cpu returns the CPU time of the process, which does not depend on the load of the
// machine.
func cpu() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

const batchSize = 2000

// BenchmarkEvents reads events and adds them up, as the connector does. The series
// exist already.
func BenchmarkEvents(b *testing.B) {
	for name, m := range map[string]mix{"fleet": fleet, "requests": requests} {
		for form, set := range map[string]Settings{"explicit": who, "exponential": {Dimensions: who.Dimensions, Exponential: true}} {
			b.Run(name+"/"+form, func(b *testing.B) {
				ids := 0
				ld := batchOf(m, batchSize, rand.New(rand.NewPCG(1, 2)))
				l := newLedger(set)
				l.plan.set.MaxSeries = 20000
				for l.known.Slots() < 2*maxKnownSlots {
					renew(ld, &ids)
					l.add(ld)
				}
				b.ReportAllocs()
				var busy, locked time.Duration
				for b.Loop() {
					b.StopTimer()
					renew(ld, &ids)
					b.StartTimer()
					start := cpu()
					l.reader.Read(ld)
					read := cpu()
					l.Add(l.reader, l.now)
					added := cpu()
					l.reader.Reset()
					busy += cpu() - start
					locked += added - read
				}
				events := float64(batchSize * b.N)
				b.ReportMetric(events/busy.Seconds(), "events/core-s")
				b.ReportMetric(float64(locked.Nanoseconds())/events, "locked-ns/event")
				require.Empty(b, l.Stats().Duplicates)
			})
		}
	}
}

// BenchmarkSeries creates the series of many users and measures their memory.
func BenchmarkSeries(b *testing.B) {
	for form, set := range map[string]Settings{"explicit": who, "exponential": {Dimensions: who.Dimensions, Exponential: true}} {
		b.Run(form, func(b *testing.B) {
			set.MaxSeries = 20000
			var bytes float64
			for b.Loop() {
				bytes = seriesBytes(set)
			}
			b.ReportMetric(bytes, "bytes/series")
		})
	}
}

// seriesBytes returns the memory of a series, with its share of the tables and of the
// texts. Users have requests of a tenth of a second to a hundred.
func seriesBytes(set Settings) float64 {
	rnd := rand.New(rand.NewPCG(1, 2))
	before := heap()
	l := newLedger(set)
	for i := 0; l.Len() < set.MaxSeries; i++ {
		for range 5 {
			l.add(request("", attrs{"user.account_uuid": fmt.Sprintf("0aa84ef6-0c18-4720-8c5d-%012d", i), "duration_ms": math.Pow(10, 2+3*rnd.Float64())}))
		}
	}
	bytes := float64(heap()-before) / float64(l.Len())
	runtime.KeepAlive(l)
	return bytes
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
