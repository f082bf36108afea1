package lookup

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/postgrestest"
)

// server is the PostgreSQL server of the tests, nil if none is installed.
var server *postgrestest.Server

func TestMain(m *testing.M) {
	if postgrestest.Installed() == "" {
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

// noon is the time of the tests.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// lastDay is the filter of the day before noon.
var lastDay = report.Filter{From: noon.Add(-24 * time.Hour), To: noon}

// A page is a database that is written and read.
type page struct {
	*Reader
	in *ingest.Ingest
}

// onBoth runs a test on both engines.
func onBoth(t *testing.T, test func(*testing.T, *page)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { test(t, open(t, filepath.Join(t.TempDir(), "page.db"))) })
	t.Run("PostgreSQL", func(t *testing.T) {
		if server == nil {
			t.Skip("PostgreSQL is not installed (apt-get install postgresql)")
		}
		test(t, open(t, server.Database(t)))
	})
}

func open(tb testing.TB, name string) *page {
	tb.Helper()
	db, err := database.Open(tb.Context(), database.Settings{Name: name})
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = db.Close() })
	in, err := ingest.New(tb.Context(), db, ingest.DefaultSettings())
	require.NoError(tb, err)
	return &page{NewReader(db, time.UTC), in}
}

// add adds events that arrive at noon, and commits them.
func (p *page) add(tb testing.TB, events ...eventtest.Event) {
	tb.Helper()
	p.in.Add(noon, eventtest.Logs(events...))
	require.NoError(tb, p.in.Flush(tb.Context()))
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
