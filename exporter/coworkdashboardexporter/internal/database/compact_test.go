package database

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCompact checks that deleted texts are neither in the file nor in its log, and that
// the file shrinks.
func TestCompact(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.db")
	d := open(t, Settings{Name: path})
	createExample(t, d)
	var rows [][]any
	for i := range 20 * freedPages {
		rows = append(rows, []any{i, "former colleague " + strings.Repeat("x", 1000), 1})
	}
	require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error { return tx.Insert(ctx, "example", columns, "", rows) }))
	require.NoError(t, d.Compact(t.Context()))
	full, err := os.Stat(path)
	require.NoError(t, err)
	require.Greater(t, full.Size(), int64(2*freedPages*8192))
	require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
		_, err := tx.Exec(ctx, "delete from example")
		return err
	}))
	require.NoError(t, d.Compact(t.Context()))
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + suffix)
		require.NoError(t, err)
		require.Less(t, int64(len(content)), full.Size()/2, suffix)
		require.NotContains(t, string(content), "former", "%s has a name still", suffix)
	}
}

// TestCompactIsNotNeeded checks that other databases have nothing to compact.
func TestCompactIsNotNeeded(t *testing.T) {
	require.NoError(t, open(t, Settings{}).Compact(t.Context()))
	require.NoError(t, open(t, Settings{Name: postgresDatabase(t)}).Compact(t.Context()))
}
