package database

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestForget runs the statements of docs/data-protection.md that delete a person: no
// table has the name, and the sums are unchanged.
func TestForget(t *testing.T) {
	page, err := os.ReadFile("../../../../docs/data-protection.md")
	require.NoError(t, err)
	block := regexp.MustCompile("(?s)```sql file=forget.sql\n(.*?)```").FindSubmatch(page)
	require.NotNil(t, block)
	require.Contains(t, string(block[1]), "'Anna Li'")
	statements := strings.ReplaceAll(string(block[1]), "'Anna Li'", "'ada'")
	eachEngine(t, func(t *testing.T, db *DB) {
		t.Helper()
		fill(t, db)
		ada := answerOf(t, db, "select id from names where kind = 'user' and name = 'ada'")
		require.Len(t, ada, 1)
		require.NoError(t, db.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			for statement := range strings.SplitSeq(strings.TrimSpace(statements), ";\n") {
				if _, err := tx.Exec(ctx, statement); err != nil {
					return err
				}
			}
			return nil
		}))
		for _, table := range []string{"prompts", "sessions", "alerts", "sources", "people", "plugin_users"} {
			require.Equal(t, []string{"0"}, answerOf(t, db, "select count(*) from "+table+" where user_id = "+ada[0]), table)
		}
		require.Equal(t, []string{"cleo"}, answerOf(t, db, "select user_name from latest_prompts"), "prompts of others stay")
		require.Equal(t, []string{"(deleted " + ada[0] + ")|12.5", "bob|1.25", "cleo|"}, answerOf(t, db, "select user_name, cost_usd from cost_by_user"), "the sums stay")
	})
}
