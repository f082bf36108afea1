package ingest

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest/ingesttest"
)

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
			f := ingesttest.NewFleet(10_000)
			at := noon.AddDate(0, 0, -3)
			in.Add(at, f.Hour(at, 0, 1))
			require.NoError(b, in.Flush(b.Context()))
			var adding, flushing, cpu time.Duration
			events := 0
			b.ResetTimer()
			for range b.N {
				b.StopTimer()
				at = at.Add(time.Hour / 4)
				ld := f.Hour(at, 0, 1)
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
	f := ingesttest.NewFleet(20)
	at, events := noon, 0
	var cpu time.Duration
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		at = at.Add(time.Second)
		ld := f.Hour(at, 0, 1)
		events += ld.LogRecordCount()
		b.StartTimer()
		before := cpuTime()
		in.Add(at, ld)
		require.NoError(b, in.Flush(b.Context()))
		cpu += cpuTime() - before
	}
	b.ReportMetric(float64(cpu.Microseconds())/float64(events), "µs/cpu")
}
