package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/distro/coworkctl/reconcile"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter"
	"github.com/cowork-otel/collector/internal/postgrestest"
)

// writeDatabase writes lines of the file exporter to a database of the page, as a collector
// does.
func writeDatabase(t *testing.T, name string, lines []byte) {
	t.Helper()
	factory := coworkdashboardexporter.NewFactory()
	cfg := factory.CreateDefaultConfig().(*coworkdashboardexporter.Config)
	require.NoError(t, confmap.NewFromStringMap(map[string]any{"endpoint": "localhost:0", "time_zone": "UTC", "database": name}).Unmarshal(cfg))
	page, err := factory.CreateLogs(t.Context(), exportertest.NewNopSettings(factory.Type()), cfg)
	require.NoError(t, err)
	require.NoError(t, page.Start(t.Context(), componenttest.NewNopHost()))
	for line := range bytes.Lines(lines) {
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(line)
		require.NoError(t, err)
		require.NoError(t, page.ConsumeLogs(t.Context(), ld))
	}
	require.NoError(t, page.Shutdown(t.Context()))
}

// reports returns what is compared by the files and by a database.
func reportOf(t *testing.T, args ...string) reconcile.Report {
	t.Helper()
	r := command(t, append([]string{"reconcile", "--format", "json"}, args...)...)
	require.Equal(t, silentStatus, r.status, r.err)
	var report reconcile.Report
	require.NoError(t, json.Unmarshal([]byte(r.out), &report))
	return report
}

// TestReconcileDatabase compares the simulated organization with the page's database, of
// both engines: the same sessions are silent as by the files, and no row is written.
func TestReconcileDatabase(t *testing.T) {
	o := lately(1)
	list, folder := writeSimulation(t, o)
	usage := filepath.Join(t.TempDir(), "costs.csv")
	day := o.begin.Format(time.DateOnly)
	require.NoError(t, os.WriteFile(usage, []byte("starting_at,user_id,product,model,list_amount\n"+day+",user_01020,cowork,claude-opus-5,512\n"), 0o600))
	want := reportOf(t, "--sessions", list, "--telemetry", folder, "--usage", usage)
	names := map[string]string{"SQLite": filepath.Join(t.TempDir(), "dashboard.db")}
	if postgrestest.Installed() != "" {
		names["PostgreSQL"] = postgrestest.Start(t).Database(t)
	}
	for engine, name := range names {
		t.Run(engine, func(t *testing.T) {
			writeDatabase(t, name, o.lines.Bytes())
			got := reportOf(t, "--sessions", list, "--database", name, "--usage", usage)
			require.Equal(t, costOf(t, want), costOf(t, got))
			require.Equal(t, ids(want.Silent), ids(got.Silent))
			require.Equal(t, want.Found, got.Found)
			require.Equal(t, want.Unlisted, got.Unlisted)
			require.Equal(t, want.Unseen, got.Unseen)
			require.Equal(t, want.Days, got.Days)
		})
	}
}

// costOf returns the difference of the only row of the report.
func costOf(t *testing.T, r reconcile.Report) reconcile.CostDifference {
	t.Helper()
	for _, d := range r.Costs.Differences {
		if d.Listed.CostUSD > 0 {
			require.Positive(t, d.Telemetry.CostUSD)
			require.Positive(t, d.Telemetry.Input)
			return d
		}
	}
	require.Fail(t, "no difference")
	return reconcile.CostDifference{}
}

func ids(silent []reconcile.SilentSession) (list []string) {
	for _, s := range silent {
		list = append(list, s.ID+" "+s.Reason)
	}
	return list
}

// lately returns an organization of last week: the page does not store what is too old.
func lately(seed uint64) *simulatedOrganization {
	return simulateAt(seed, time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, -8))
}

// TestReconcileOldDatabase refuses a database that no collector of this version has upgraded.
func TestReconcileOldDatabase(t *testing.T) {
	o := lately(1)
	list, _ := writeSimulation(t, o)
	name := filepath.Join(t.TempDir(), "dashboard.db")
	writeDatabase(t, name, o.lines.Bytes()[:bytes.IndexByte(o.lines.Bytes(), '\n')])
	db, err := sql.Open("sqlite", name)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), "delete from dashboard_migrations where version_id >= 13")
	require.NoError(t, errors.Join(err, db.Close()))
	r := command(t, "reconcile", "--sessions", list, "--database", name)
	require.Equal(t, 1, r.status)
	require.Contains(t, r.err, "reconcile: --database: database: has version 12 (start a collector of this version with it once, which upgrades it)")
}
