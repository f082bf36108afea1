package ingest

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// A fleet is a number of users who all work at the same time, with one or two models.
type fleet struct {
	users    int
	rnd      *rand.Rand
	sequence int64
}

func newFleet(users int) *fleet { return &fleet{users: users, rnd: rand.New(rand.NewPCG(1, 2))} }

// hour returns one hour of all users: a prompt and a request each, and sometimes a tool,
// an error or a second model.
func (f *fleet) hour(at time.Time) plog.Logs {
	ld := plog.NewLogs()
	sl := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	sl.Scope().SetVersion(fmt.Sprintf("2.1.%d", 300+at.YearDay()%10))
	sl.LogRecords().EnsureCapacity(3 * f.users)
	for u := range f.users {
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

func (f *fleet) event(sl plog.ScopeLogs, at time.Time, user int, kind string) pcommon.Map {
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
	m.PutStr("organization.id", fmt.Sprintf("org-%d", user%5))
	m.PutStr("user.account_uuid", fmt.Sprintf("%08x-aaaa-bbbb-cccc-%012x", user, user))
	return m
}

func (f *fleet) request(sl plog.ScopeLogs, at time.Time, user, model int) {
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

// BenchmarkFleet measures the events of 10,000 users per second, from the batch to the
// commit. Each iteration is an hour of all users.
func BenchmarkFleet(b *testing.B) {
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		b.Run(engine, func(b *testing.B) {
			name := filepath.Join(b.TempDir(), "page.db")
			if engine == "PostgreSQL" {
				name = postgresDatabase(b)
			}
			set := DefaultSettings()
			in := open(b, name, set)
			f := newFleet(10_000)
			at := noon.AddDate(0, 0, -3)
			in.Add(at, f.hour(at))
			require.NoError(b, in.Flush(b.Context()))
			var adding, flushing, cpu time.Duration
			events := 0
			b.ResetTimer()
			for range b.N {
				b.StopTimer()
				at = at.Add(time.Hour / 4)
				ld := f.hour(at)
				events += ld.LogRecordCount()
				b.StartTimer()
				before, begin := cpuTime(), time.Now()
				in.Add(at, ld)
				added := time.Now()
				require.NoError(b, in.Flush(b.Context()))
				adding, flushing = adding+added.Sub(begin), flushing+time.Since(added)
				cpu += cpuTime() - before
			}
			b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
			b.ReportMetric(float64(cpu.Microseconds())/float64(events), "µs/cpu")
			b.ReportMetric(float64(adding.Microseconds())/float64(events), "µs/added")
			b.ReportMetric(float64(flushing.Microseconds())/float64(events), "µs/flushed")
		})
	}
}

// cpuTime returns the time that the process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkSmallTeam measures the commits of twenty users, each with the events of about
// one second: fifty events of all users.
func BenchmarkSmallTeam(b *testing.B) {
	in := open(b, filepath.Join(b.TempDir(), "page.db"), DefaultSettings())
	f := newFleet(20)
	at, events := noon, 0
	var cpu time.Duration
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		at = at.Add(time.Second)
		ld := f.hour(at)
		events += ld.LogRecordCount()
		b.StartTimer()
		before := cpuTime()
		in.Add(at, ld)
		require.NoError(b, in.Flush(b.Context()))
		cpu += cpuTime() - before
	}
	b.ReportMetric(float64(cpu.Microseconds())/float64(events), "µs/cpu")
}
