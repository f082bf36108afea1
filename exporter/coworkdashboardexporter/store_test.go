package coworkdashboardexporter

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// noon is the time of the tests.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// A testStore is a database with its ingest and its answers, as an exporter has them.
type testStore struct {
	report.Source
	db    *database.DB
	in    *ingest.Ingest
	clock cpuClock
}

// openStore opens a store of the default settings in UTC with a database, "" for one in
// memory.
func openStore(ctx context.Context, name string) (*testStore, error) {
	set := ingest.DefaultSettings()
	set.MaxUsers = max(set.MaxUsers, 200_000)
	db, err := database.Open(ctx, database.Settings{Name: name})
	if err != nil {
		return nil, err
	}
	in, err := ingest.New(ctx, db, set)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	source := answer.New(db, answer.Settings{
		Zone: set.Zone, SeatValueUSD: 100, Hours: set.Hours, Now: func() time.Time { return noon }, State: in.State,
	})
	return &testStore{source, db, in, newCPUClock(name)}, nil
}

func (s *testStore) close(ctx context.Context) error {
	return errors.Join(s.in.Close(ctx), s.db.Close())
}

// add commits a batch.
func (s *testStore) add(ctx context.Context, ld plog.Logs) error {
	s.in.Add(noon, ld)
	return s.in.Flush(ctx)
}

// startStore opens a store, adds batches, and closes it with the test.
func startStore(tb testing.TB, name string, batches ...plog.Logs) *testStore {
	tb.Helper()
	s, err := openStore(tb.Context(), name)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, s.close(context.Background())) })
	for _, ld := range batches {
		require.NoError(tb, s.add(tb.Context(), ld))
	}
	return s
}

// panelOf returns a panel of the page.
func panelOf(tb testing.TB, id string) report.Panel {
	tb.Helper()
	i := slices.IndexFunc(panels.All, func(p report.Panel) bool { return p.ID == id })
	require.NotEqual(tb, -1, i, id)
	return panels.All[i]
}

// capturedLogs returns the batches of all captured runs.
func capturedLogs(t *testing.T) (batches []plog.Logs) {
	t.Helper()
	files, err := filepath.Glob("../../testdata/captures/*-json/*logs.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(b)
		require.NoError(t, err)
		batches = append(batches, ld)
	}
	return batches
}
