package coworkdashboardexporter

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest/ingesttest"
)

// A goals table has a row for each goal and a column for each engine.
type goals struct {
	rows  [][2]string // what is measured, and its goal
	cells map[[2]string]string
}

// set sets a cell of the table.
func (g *goals) set(what, goal, engine, value string) {
	if row := [2]string{what, goal}; !slices.Contains(g.rows, row) {
		g.rows = append(g.rows, row)
	}
	if g.cells == nil {
		g.cells = map[[2]string]string{}
	}
	g.cells[[2]string{what, engine}] = value
	fmt.Printf("%s, %s: %s\n", engine, what, value) // a benchmark that is ended early shows its first rows
}

func (g *goals) print() {
	var text strings.Builder
	text.WriteString("\n| | goal | SQLite | PostgreSQL |\n|---|---|---|---|\n")
	for _, row := range g.rows {
		fmt.Fprintf(&text, "| %s | %s | %s | %s |\n", row[0], row[1], g.cells[[2]string{row[0], "SQLite"}], g.cells[[2]string{row[0], "PostgreSQL"}])
	}
	fmt.Println(text.String())
}

// BenchmarkSize prints the size of the database after ninety days of some numbers of users.
// Run it with
//
//	go test -run '^$' -bench Size -benchtime 1x -timeout 60m ./exporter/coworkdashboardexporter
func BenchmarkSize(b *testing.B) {
	table := &goals{}
	for _, users := range []int{50, 1000, 10_000} {
		for _, e := range engines {
			b.Run(fmt.Sprintf("%s/%d", e.name, users), func(b *testing.B) {
				for b.Loop() {
					s := fillStore(b, e.open(b), ingesttest.NewFleet(users), history{days: 90, hours: 14})
					table.set(fmt.Sprintf("%d users", users), "", e.name, fmt.Sprintf("%.0f MB", float64(s.size(b))/1e6))
					s.printTables(b)
				}
			})
		}
	}
	table.print()
}

// size returns the bytes of the database.
func (s *testStore) size(tb testing.TB) int64 {
	tb.Helper()
	sizes, err := s.db.Sizes(tb.Context())
	require.NoError(tb, err)
	return sizes.Bytes
}

// printTables prints the largest tables.
func (s *testStore) printTables(tb testing.TB) {
	tb.Helper()
	sizes, err := s.db.Sizes(tb.Context())
	require.NoError(tb, err)
	for _, t := range sizes.Tables[:min(12, len(sizes.Tables))] {
		fmt.Printf("  %-10s %-28s %9d rows %7.1f MB\n", sizes.Engine, t.Name, t.Rows, float64(t.Bytes)/1e6)
	}
}

// number returns the number that a query returns.
func (s *testStore) number(tb testing.TB, query string) (n int64) {
	tb.Helper()
	require.NoError(tb, s.db.Read(tb.Context(), func(ctx context.Context, tx *database.Tx) error {
		return tx.QueryRow(ctx, query).Scan(&n)
	}))
	return n
}

// analyze computes the statistics of PostgreSQL's planner, as its autovacuum does.
func (s *testStore) analyze(tb testing.TB) {
	tb.Helper()
	if s.db.Engine() == "PostgreSQL" {
		s.exec(tb, "analyze")
	}
}

// p99 returns the 99th percentile.
func p99(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)-1-len(took)/100]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.0f ms", float64(d.Microseconds())/1e3)
}

func repeat(n int, measure func() time.Duration) []time.Duration {
	took := make([]time.Duration, n)
	for i := range took {
		took[i] = measure()
	}
	return took
}

// printTimes prints times, since the log of a benchmark is truncated.
func printTimes(days int, what string, took []time.Duration) {
	slices.Sort(took)
	fmt.Printf("%2d days  %-44s median %6.1f ms  p99 %6.1f ms\n", days, what, float64(took[len(took)/2].Microseconds())/1e3, float64(p99(took).Microseconds())/1e3)
}
