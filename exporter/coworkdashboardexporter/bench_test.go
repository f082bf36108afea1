package coworkdashboardexporter

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest/ingesttest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/postgrestest"
)

// An engine is a database that the benchmarks measure.
type engine struct {
	name string
	// open returns the name of a new database.
	open func(testing.TB) string
}

var engines = []engine{
	{"SQLite", func(tb testing.TB) string {
		tb.Helper()
		return filepath.Join(tb.TempDir(), "dashboard.db")
	}},
	{"PostgreSQL", func(tb testing.TB) string {
		tb.Helper()
		return postgrestest.Start(tb).Database(tb)
	}},
}

// BenchmarkPage measures the page with ten thousand users who all work on each of ninety
// days, on both engines, and with a hundred thousand users over 14 days on PostgreSQL. It
// prints the table of the exporter's README. Run it with
//
//	go test -run '^$' -bench Page -benchtime 1x -timeout 60m ./exporter/coworkdashboardexporter
//
// Other work on the machine multiplies the times of the wall clock.
func BenchmarkPage(b *testing.B) {
	table := &goals{}
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			for b.Loop() {
				measureEngine(b, table, e)
			}
		})
	}
	b.Run("Many", func(b *testing.B) {
		for b.Loop() {
			measureMany(b, table)
		}
	})
	table.print()
}

// measureEngine fills a database, and measures everything.
func measureEngine(b *testing.B, table *goals, e engine) {
	b.Helper()
	name := e.open(b)
	f := ingesttest.NewFleet(10_000)
	s := fillStore(b, name, f, history{days: 90, hours: 14})
	table.set("size of the database", "≤ 500 MB", e.name, fmt.Sprintf("%.0f MB", float64(s.size(b))/1e6))
	for _, days := range []int{7, 90} {
		for _, filter := range benchFilters {
			s.measurePanels(b, table, fmt.Sprintf("slowest panel, %d days, %s", days, filter.name), "≤ 400 ms", filter.Filter, days)
		}
	}
	measurePage(b, table, e.name, s)
	table.set("ingest beside a reader", "≥ 40,000 events/s, PostgreSQL ≥ 20,000", e.name, ingestRate(b, s, f))
}

// measureMany measures panels with a hundred thousand users on PostgreSQL.
func measureMany(b *testing.B, table *goals) {
	b.Helper()
	e := engines[1]
	s := fillStore(b, e.open(b), ingesttest.NewFleet(100_000), history{days: 14, hours: 2})
	for _, filter := range benchFilters {
		s.measurePanels(b, table, "slowest panel, 100,000 users, 14 days, "+filter.name, "≤ 1 s", filter.Filter, 14)
	}
	table.set("100,000 users, counted as (other)", "0", e.name, fmt.Sprint(s.number(b, "select count(*) from activity_by_user_day where user_id = 1")))
}

// fillStore returns a store with a history of a fleet.
func fillStore(tb testing.TB, name string, f *ingesttest.Fleet, h history) *testStore {
	tb.Helper()
	s, err := openStore(context.Background(), name)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, s.close(context.Background())) })
	start := time.Now()
	n := fillDay(tb, s, f, noon)
	took := time.Since(start)
	h.day = noon.Truncate(24 * time.Hour)
	h.copy(tb, s)
	require.NoError(tb, s.in.Sweep(tb.Context(), noon))
	s.analyze(tb)
	fmt.Printf("%s: %d users, %d days: %d events of a day in %v, all in %v\n", s.db.Engine(), f.Users, h.days, n, took.Round(time.Millisecond), time.Since(start).Round(time.Second))
	return s
}

// benchFilters are a filter without names, and one for each name.
var benchFilters = []struct {
	name string
	report.Filter
}{
	{"no filter", report.Filter{}},
	{"an organization", report.Filter{Organization: "org-1"}},
	{"a user", report.Filter{User: "000004d2-aaaa-bbbb-cccc-0000000004d2"}},
	{"a team", report.Filter{Team: "team-7"}},
	{"a model", report.Filter{Model: "claude-model-1"}},
	{"all three", report.Filter{Organization: "org-4", User: "000004d2-aaaa-bbbb-cccc-0000000004d2", Model: "claude-model-4"}},
}

// measurePanels answers each panel that supports a filter, and the slowest ones often. It
// sets the 99th percentile of the slowest one, by the clock of the CPU and by that of the
// wall.
func (s *testStore) measurePanels(tb testing.TB, table *goals, what, goal string, f report.Filter, days int) {
	tb.Helper()
	f.From, f.To, f.Zone = noon.AddDate(0, 0, -days), noon, time.UTC
	firsts := map[string]time.Duration{}
	var list []report.Panel
	for _, p := range panels.All {
		if s.Supports(p, f) {
			list = append(list, p)
			firsts[p.ID] = p99(repeat(2, func() time.Duration { return s.answerTime(tb, p, f).cpu }))
		}
	}
	slices.SortFunc(list, func(a, b report.Panel) int { return int(firsts[b.ID] - firsts[a.ID]) })
	var slowest took
	id := ""
	for _, p := range list[:min(3, len(list))] {
		var wall, cpu []time.Duration
		for range 30 {
			one := s.answerTime(tb, p, f)
			wall, cpu = append(wall, one.wall), append(cpu, one.cpu)
		}
		printTimes(days, s.db.Engine()+" "+p.ID+" (CPU)", cpu)
		if p99(cpu) > slowest.cpu {
			slowest, id = took{p99(wall), p99(cpu)}, p.ID
		}
	}
	table.set(what, goal, s.db.Engine(), fmt.Sprintf("%s CPU, %s wall (%s)", milliseconds(slowest.cpu), milliseconds(slowest.wall), id))
}

// A took is how long an answer takes, by the wall clock and in time of the CPU.
type took struct{ wall, cpu time.Duration }

// answerTime returns how long an answer takes after a commit. The panel has no ID, so
// that its answers are not used again.
func (s *testStore) answerTime(tb testing.TB, p report.Panel, f report.Filter) took {
	tb.Helper()
	s.commitOne(tb)
	fresh := p
	fresh.ID = ""
	cpu, start := s.clock.now(), time.Now()
	_, err := s.Answer(tb.Context(), fresh, f, 0)
	wall := time.Since(start)
	require.NoError(tb, err, p.ID)
	return took{wall, s.clock.now() - cpu}
}

var committed int

// commitOne commits an event.
func (s *testStore) commitOne(tb testing.TB) {
	tb.Helper()
	committed++
	require.NoError(tb, s.add(tb.Context(), eventtest.Logs(eventtest.Event{Kind: "user_prompt", At: noon, Attrs: map[string]any{
		"prompt.id": fmt.Sprintf("one-%d", committed), "session.id": "one", "user.account_uuid": "one", "organization.id": "org-1",
	}})))
}

// ingestRate returns how many events per second are committed while panels are read, by
// the wall clock and per second of the CPU, with that of the reader.
func ingestRate(tb testing.TB, s *testStore, f *ingesttest.Fleet) string {
	tb.Helper()
	const hours, batches = 24, 20 // so many that the memory for events is full most of the time
	var list []plog.Logs
	for range hours {
		for i := range batches {
			list = append(list, f.Hour(noon, i, batches))
		}
	}
	done := make(chan struct{})
	var answers atomic.Int64
	go func() {
		defer close(done)
		f := report.Filter{From: noon.AddDate(0, 0, -30), To: noon, Zone: time.UTC}
		for i := 0; answers.Load() >= 0; i++ {
			_, _ = s.Answer(tb.Context(), panels.All[i%len(panels.All)], f, 0)
			answers.Add(1)
			time.Sleep(100 * time.Millisecond)
		}
	}()
	added, committed := make(chan struct{}), make(chan error, 1)
	go func() { // as the exporter's loop does
		for {
			select {
			case <-added:
				committed <- s.in.Flush(tb.Context())
				return
			case <-s.in.Ready():
			case <-time.After(time.Second):
			}
			_ = s.in.Flush(tb.Context())
		}
	}()
	cpu, start, events := s.clock.now(), time.Now(), 0
	for _, ld := range list {
		for s.in.Pending() > ingest.DefaultSettings().MaxPending*3/4 {
			time.Sleep(time.Millisecond) // the database is slower
		}
		events += ld.LogRecordCount()
		s.in.Add(noon, ld)
	}
	close(added)
	require.NoError(tb, <-committed)
	took, used := time.Since(start), s.clock.now()-cpu
	fmt.Printf("%s: %d events in %v beside %d answers\n", s.db.Engine(), events, took.Round(time.Millisecond), answers.Swap(-1_000_000))
	<-done
	return fmt.Sprintf("%.0f events/s, %.0f per CPU second", float64(events)/took.Seconds(), float64(events)/used.Seconds())
}
