package database

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func open(t *testing.T, set Settings) *DB {
	t.Helper()
	d, err := Open(t.Context(), set)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

// TestWriteAndRead checks that rows are inserted, skipped if they exist, and read again.
func TestWriteAndRead(t *testing.T) {
	for _, name := range []string{"", filepath.Join(t.TempDir(), "folder", "page.db")} {
		d := open(t, Settings{Name: name})
		require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			_, err := tx.Exec(ctx, "create table example (id bigint primary key, name text not null, sum bigint not null)")
			require.NoError(t, err)
			isNew, err := tx.InsertNew(ctx, "example", []string{"id", "name", "sum"}, [][]any{{1, "a\x00b\xff", 5}, {1, "again", 6}, {2, "c", int64(7)}})
			require.NoError(t, err)
			require.Equal(t, []bool{true, false, true}, isNew)
			return tx.Insert(ctx, "example", []string{"id", "name", "sum"}, "on conflict (id) do update set sum = example.sum + excluded.sum", [][]any{{2, "", 3}, {3, "d", 4}})
		}))
		require.NoError(t, d.Read(t.Context(), func(ctx context.Context, tx *Tx) error {
			var names string
			var sum int64
			require.NoError(t, tx.QueryRow(ctx, "select group_concat(name), sum(sum) from example where id >= $1 and id <= $2 and $1 = 1", 1, 3).Scan(&names, &sum))
			require.Equal(t, "a\ufffdb\ufffd,c,d", names)
			require.Equal(t, int64(5+7+3+4), sum)
			return nil
		}))
	}
}
