package coworkdashboardexporter

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/store"
)

// BenchmarkPage measures ten thousand users over ninety days: the slowest panel, the
// whole page, the size of the database, and the events per second added meanwhile. Run it
// with
//
//	go test -run '^$' -bench Page -benchtime 1x -timeout 20m ./exporter/coworkdashboardexporter
func BenchmarkPage(b *testing.B) {
	set := store.DefaultSettings()
	set.Path, set.MaxPending = filepath.Join(b.TempDir(), "dashboard.db"), 2_000_000
	s, err := store.Open(b.Context(), set)
	require.NoError(b, err)
	require.NoError(b, s.Sweep(b.Context(), noon))
	f := newFleet(10_000, 90)
	start := time.Now()
	n := f.fill(b, s, noon)
	b.Logf("filled with %d events in %v", n, time.Since(start).Round(time.Second))
	// Deletes the sessions of three months, which do not accumulate in production.
	require.NoError(b, s.Sweep(b.Context(), noon.Add(time.Hour)))
	b.ResetTimer()
	for b.Loop() {
		slowest := time.Duration(0)
		for _, days := range []int{7, 90} {
			slowest = max(slowest, slowestPanel(b, s, days))
		}
		b.ReportMetric(float64(slowest.Microseconds())/1e3, "ms/panel-p99")
		b.ReportMetric(measurePage(b, s), "ms/page-p99")
		b.ReportMetric(ingestRate(b, s, f), "events/s")
	}
	b.StopTimer()
	size := sizeOf(b, set.Path)
	b.ReportMetric(float64(size)/1e6, "MB")
	require.NoError(b, s.Close(b.Context()))
}

// slowestPanel runs each panel a hundred times over some days, and returns the 99th
// percentile of the slowest panel.
func slowestPanel(tb testing.TB, s *store.Store, days int) (slowest time.Duration) {
	tb.Helper()
	for _, p := range panels {
		var took []time.Duration
		for i := range 100 {
			filter := report.Filter{From: noon.AddDate(0, 0, -days), To: noon}
			if i%4 == 3 {
				filter.Organization = "org-1"
			}
			start := time.Now()
			_, err := s.Answer(tb.Context(), p, filter)
			took = append(took, time.Since(start))
			require.NoError(tb, err, p.ID)
		}
		slowest = max(slowest, printTimes(days, p.ID, took))
	}
	return slowest
}

// ingestRate returns how many events per second are added while the page is read and
// figures are committed.
func ingestRate(tb testing.TB, s *store.Store, f *fleet) float64 {
	tb.Helper()
	var batches []plog.Logs
	for range 12 {
		batches = append(batches, f.hour(noon))
	}
	var done atomic.Bool
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for !done.Load() {
			_ = s.Flush(tb.Context())
			_, _ = s.Answer(tb.Context(), panels[0], report.Filter{From: noon.AddDate(0, 0, -30), To: noon})
			time.Sleep(500 * time.Millisecond)
		}
	}()
	start, events := time.Now(), 0
	for _, ld := range batches {
		s.Add(noon, ld)
		events += ld.LogRecordCount()
	}
	took := time.Since(start)
	done.Store(true)
	<-ended
	return float64(events) / took.Seconds()
}

func sizeOf(tb testing.TB, path string) (size int64) {
	tb.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if st, err := os.Stat(path + suffix); err == nil {
			size += st.Size()
		}
	}
	return size
}
