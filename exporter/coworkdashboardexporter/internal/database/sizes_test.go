package database

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSizes checks the rows and bytes of tables.
func TestSizes(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		d := open(t, Settings{Name: name})
		createExample(t, d)
		var rows, texts [][]any
		for i := range 5000 {
			rows = append(rows, []any{i, "name", 1})
			texts = append(texts, []any{string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)), "value"})
		}
		require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			if err := tx.Insert(ctx, "settings", []string{"key", "value"}, "", texts); err != nil { // without rowid
				return err
			}
			return tx.Insert(ctx, "example", columns, "", rows)
		}))
		if d.Engine() == "PostgreSQL" { // its counts are those of statistics
			_, err := d.write.ExecContext(t.Context(), "analyze")
			require.NoError(t, err)
		}
		storage, err := d.Sizes(t.Context())
		require.NoError(t, err)
		require.Equal(t, d.Engine(), storage.Engine)
		var bytes int64
		counts := map[string]int64{}
		for _, table := range storage.Tables {
			counts[table.Name] = table.Rows
			bytes += table.Bytes
			require.Positive(t, table.Bytes, table.Name)
		}
		require.Equal(t, int64(5000), counts["example"])
		require.Equal(t, int64(5000), counts["settings"])
		require.LessOrEqual(t, bytes, storage.Bytes)
		require.GreaterOrEqual(t, len(storage.Tables), 50)
		storage.Tables[0].Name = "changed by the caller"
		again, err := d.Sizes(t.Context())
		require.NoError(t, err)
		require.NotEqual(t, "changed by the caller", again.Tables[0].Name)
	})
}
