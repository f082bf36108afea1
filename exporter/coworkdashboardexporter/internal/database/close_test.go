package database

import (
	"context"
	"database/sql/driver"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCloseAfterLostConnection closes a database whose connection was given up, with the
// prepared statements of it.
func TestCloseAfterLostConnection(t *testing.T) {
	for _, name := range []string{"", filepath.Join(t.TempDir(), "page.db")} {
		d, err := Open(t.Context(), Settings{Name: name})
		require.NoError(t, err)
		require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			return tx.Insert(ctx, "identities", []string{"id", "hour"}, "on conflict do nothing", [][]any{{1, 2}})
		}))
		conn, err := d.write.Conn(t.Context())
		require.NoError(t, err)
		require.ErrorIs(t, conn.Raw(func(any) error { return driver.ErrBadConn }), driver.ErrBadConn)
		require.NoError(t, d.Close())
	}
}
