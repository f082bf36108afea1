package store

import (
	"context"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// noon is the time of the tests.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// lastDay is the filter of the day before noon.
var lastDay = report.Filter{From: noon.Add(-24 * time.Hour), To: noon}

// inFile returns settings for a database in a temporary folder.
func inFile(t *testing.T) Settings {
	t.Helper()
	set := DefaultSettings()
	set.Path = filepath.Join(t.TempDir(), "data", "dashboard.db")
	return set
}

// openStore returns a store that is closed when the test ends.
func openStore(t *testing.T, set Settings) *Store {
	t.Helper()
	s, err := Open(t.Context(), set)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.closeAll() })
	return s
}

// add adds events and commits them.
func add(t *testing.T, s *Store, events ...eventtest.Event) {
	t.Helper()
	s.Add(noon, eventtest.Logs(events...))
	require.NoError(t, s.Flush(t.Context()))
}

// event returns an event of a user one minute before noon, with further attributes.
func event(kind string, sequence int, more map[string]any) eventtest.Event {
	attrs := map[string]any{
		"session.id": "s1", "event.sequence": sequence, "prompt.id": "p1",
		"organization.id": "acme", "user.account_uuid": "alice",
	}
	maps.Copy(attrs, more)
	return eventtest.Event{Kind: kind, At: noon.Add(-time.Minute + time.Duration(sequence)*time.Millisecond), Attrs: attrs}
}

// request returns an api_request with a cost.
func request(sequence, micros int) eventtest.Event {
	return event("api_request", sequence, map[string]any{"model": "opus", "cost_usd_micros": micros, "duration_ms": 1000})
}

// logs returns a batch.
func logs(events ...eventtest.Event) plog.Logs { return eventtest.Logs(events...) }

// rows returns the rows of a query over the last day.
func rows(t *testing.T, s *Store, query string) [][]any {
	t.Helper()
	table, err := s.Answer(context.Background(), report.Panel{Query: query}, lastDay)
	require.NoError(t, err, query)
	return table.Rows
}

// cell returns the value of a query with one row and column.
func cell(t *testing.T, s *Store, query string) any {
	t.Helper()
	all := rows(t, s, query)
	require.Len(t, all, 1, query)
	require.Len(t, all[0], 1, query)
	return all[0][0]
}
