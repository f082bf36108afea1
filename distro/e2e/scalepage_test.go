package e2e

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/postgrestest"
)

// startPageDatabase starts the database of the page, to which all correlators write. Where
// PostgreSQL is not installed, each of them has a page in memory.
func startPageDatabase(t *testing.T) string {
	t.Helper()
	if postgrestest.Installed() == "" {
		t.Log("PostgreSQL is not installed (apt-get install postgresql): the page of all correlators is not checked")
		return ""
	}
	return postgrestest.Start(t).Database(t)
}

// columnsOfPrompts are the columns of the page's prompts, by the attribute of a summary.
var columnsOfPrompts = map[string]string{
	"api_request_count": "requests", "cost_usd": "cost_micros", "input_tokens": "input", "output_tokens": "output",
	"api_error_count": "errors", "tool_count": "tools",
}

// verifyPage compares the prompts of the page with the events of a load: no event counts
// twice, whichever correlator had it, and none is missing. A kill loses what was not
// committed yet, so without all some can be missing.
func (f *fleet) verifyPage(t *testing.T, sent *load, all bool) {
	t.Helper()
	if f.database == "" {
		return
	}
	db, err := sql.Open("pgx", f.database)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	for attribute, column := range columnsOfPrompts {
		got := map[string]int64{}
		rows, err := db.QueryContext(t.Context(), "select id, "+column+" from prompts")
		require.NoError(t, err)
		for rows.Next() {
			var id string
			var n int64
			require.NoError(t, rows.Scan(&id, &n))
			got[id] = n
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
		for id, want := range sent.sums {
			n, found := got[id]
			if all {
				require.True(t, found, "prompt %s", id)
				require.Equal(t, want[attribute], n, "%s of prompt %s", column, id)
			} else {
				require.LessOrEqual(t, n, want[attribute], "%s of prompt %s", column, id)
			}
		}
	}
}
