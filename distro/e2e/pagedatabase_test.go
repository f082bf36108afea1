package e2e

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the driver

	"github.com/cowork-otel/collector/internal/postgrestest"
)

// A costRow is a row of the view cost_by_user.
type costRow struct {
	user     string
	cost     float64
	requests float64
	tokens   float64
}

// readCosts reads the view cost_by_user, as a person with sqlite3 or psql does.
func readCosts(t *testing.T, driver, name string) (rows []costRow) {
	t.Helper()
	db, err := sql.Open(driver, name)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	found, err := db.QueryContext(t.Context(), `select user_name, coalesce(cost_usd, 0), requests, tokens from cost_by_user`)
	require.NoError(t, err)
	defer func() { require.NoError(t, found.Close()) }()
	for found.Next() {
		var row costRow
		require.NoError(t, found.Scan(&row.user, &row.cost, &row.requests, &row.tokens))
		rows = append(rows, row)
	}
	require.NoError(t, found.Err())
	return rows
}

// requireCosts compares the view cost_by_user with the panel of that name.
func (p *dashboard) requireCosts(t *testing.T, rows []costRow) {
	t.Helper()
	answered := p.answer(t, "cost_by_user", always)
	require.NotEmpty(t, answered.Rows)
	require.Len(t, rows, len(answered.Rows)+answered.Cut)
	for i, row := range answered.Rows {
		require.Equal(t, row[answered.at(t, "User")], rows[i].user)
		for name, n := range map[string]float64{"Cost": rows[i].cost, "Requests": rows[i].requests, "Tokens": rows[i].tokens} {
			require.InDelta(t, row[answered.at(t, name)], n, 1e-6, "%s of %s", name, rows[i].user)
		}
	}
}

// TestPageDatabase reads the figures of the page from its SQLite file while the collector
// runs, and after it has stopped.
func TestPageDatabase(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	p.sendDemo(t, &p.sum, time.Now().UTC(), 5, 4)
	p.awaitFigures(t)
	p.requireFigures(t, always)
	file := "file:" + filepath.Join(p.data, "dashboard.db") + "?mode=ro"
	rows := readCosts(t, "sqlite", file)
	p.requireCosts(t, rows)
	p.stop()
	require.Equal(t, rows, readCosts(t, "sqlite", file))
}

// TestPagePostgreSQL has two collectors with one database. A client sends the same events
// to both. Each counts once, and both pages show the same figures. The password of the
// database is in no log.
func TestPagePostgreSQL(t *testing.T) {
	t.Parallel()
	server := postgrestest.Start(t)
	address, err := url.Parse(server.Database(t))
	require.NoError(t, err)
	const password = "hunter2-of-a-test"
	address.User = url.UserPassword("cowork", password)
	overlay := filepath.Join(t.TempDir(), "postgres.yaml")
	require.NoError(t, os.WriteFile(overlay, fmt.Appendf(nil, "exporters: {cowork_dashboard: {database: %q}}\n", address), 0o600))

	now := time.Now().UTC()
	first, second := startPage(t, overlay), startPage(t, overlay)
	first.sendDemo(t, &first.sum, now, 5, 4)
	second.sendDemo(t, &second.sum, now, 5, 4)
	late := eventsOfOtherOrganization(t, now)
	second.sendEvents(t, &second.sum, late)
	first.sendEvents(t, &first.sum, late)
	for _, p := range []*dashboard{first, second} {
		p.awaitFigures(t)
	}
	for _, p := range []*dashboard{first, second} {
		p.requireFigures(t, always)
		p.requireCosts(t, readCosts(t, "pgx", address.String()))
	}
	require.Equal(t, first.answers(t, always), second.answers(t, always))
	for _, p := range []*dashboard{first, second} {
		p.stop()
		require.NotContains(t, p.log.String(), password)
		_, err := os.Stat(filepath.Join(p.data, "dashboard.db"))
		require.ErrorIs(t, err, os.ErrNotExist)
	}
}
