package ingest

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/internal/postgrestest"
)

// server is the PostgreSQL server of the tests, nil if none is installed.
var server *postgrestest.Server

func TestMain(m *testing.M) {
	if _, isChild := os.LookupEnv("COWORK_TEST_CRASH_DATABASE"); isChild || postgrestest.Installed() == "" {
		os.Exit(m.Run())
	}
	var err error
	if server, err = postgrestest.NewServer(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	code := m.Run()
	server.Close()
	os.Exit(code)
}

// noon is the time of the tests, a Saturday.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// onBoth runs a test on both engines, with the name of an empty database.
func onBoth(t *testing.T, test func(t *testing.T, name string)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "page.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, postgresDatabase(t)) })
}

func postgresDatabase(tb testing.TB) string {
	tb.Helper()
	if server == nil {
		tb.Skip("PostgreSQL is not installed (apt-get install postgresql)")
	}
	return server.Database(tb)
}

// open returns an ingest into a database. Both are closed when the test ends.
func open(tb testing.TB, name string, set Settings) *Ingest {
	tb.Helper()
	db, err := database.Open(tb.Context(), database.Settings{Name: name})
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = db.Close() })
	in, err := New(tb.Context(), db, set)
	require.NoError(tb, err)
	return in
}

// inMemory returns an ingest into a database in memory.
func inMemory(tb testing.TB, set Settings) *Ingest {
	tb.Helper()
	return open(tb, "", set)
}

// add adds events that arrive at noon, and commits them.
func add(tb testing.TB, in *Ingest, events ...eventtest.Event) {
	tb.Helper()
	in.Add(noon, eventtest.Logs(events...))
	require.NoError(tb, in.Flush(tb.Context()))
}

// eventOf returns an event of a user one minute before noon, with further attributes.
func eventOf(kind string, sequence int, more map[string]any) eventtest.Event {
	attrs := map[string]any{
		"session.id": "s1", "event.sequence": sequence, "prompt.id": "p1",
		"organization.id": "acme", "user.account_uuid": "alice",
	}
	maps.Copy(attrs, more)
	return eventtest.Event{Kind: kind, At: noon.Add(-time.Minute + time.Duration(sequence)*time.Millisecond), Attrs: attrs}
}

// request returns an api_request with a cost.
func request(sequence, micros int) eventtest.Event {
	return eventOf("api_request", sequence, map[string]any{"model": "opus", "cost_usd_micros": micros, "duration_ms": 1000})
}

// by returns the event of another user.
func by(user string, e eventtest.Event) eventtest.Event {
	e.Attrs["user.account_uuid"] = user
	return e
}

// rows returns the rows of a query, each as its values with commas.
func rows(tb testing.TB, in *Ingest, query string) (list []string) {
	tb.Helper()
	require.NoError(tb, in.db.Read(context.Background(), func(ctx context.Context, tx *database.Tx) error {
		list = nil
		r, err := tx.Query(ctx, query)
		if err != nil {
			return err
		}
		defer r.Close()
		columns, err := r.Columns()
		if err != nil {
			return err
		}
		for r.Next() {
			values, to := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				to[i] = &values[i]
			}
			if err := r.Scan(to...); err != nil {
				return err
			}
			var row []string
			for _, v := range values {
				row = append(row, fmt.Sprint(v))
			}
			list = append(list, strings.Join(row, ", "))
		}
		return r.Err()
	}), query)
	return list
}
