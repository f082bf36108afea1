package coworkdashboardexporter

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest/ingesttest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/latest"
)

// BenchmarkLatest measures what the latest records in memory add to the time of events: to
// that of their intake, and to that with their commit to SQLite.
func BenchmarkLatest(b *testing.B) {
	s, f := startStore(b, engines[0].open(b)), ingesttest.NewFleet(1000)
	ring := latest.New(1000, true, noon)
	var kept, added, committed time.Duration
	events := 0
	for b.Loop() {
		for i := range 20 {
			ld := f.Hour(noon, i, 20)
			events += ld.LogRecordCount()
			begin := time.Now()
			ring.Add(noon, ld)
			kept += time.Since(begin)
			begin = time.Now()
			s.in.Add(noon, ld)
			added += time.Since(begin)
		}
		begin := time.Now()
		require.NoError(b, s.in.Flush(b.Context()))
		committed += time.Since(begin)
	}
	b.ReportMetric(float64(kept.Nanoseconds())/float64(events), "ns/event")
	b.ReportMetric(100*kept.Seconds()/added.Seconds(), "%intake")
	b.ReportMetric(100*kept.Seconds()/(added+committed).Seconds(), "%commit")
}
