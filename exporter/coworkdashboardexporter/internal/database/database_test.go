package database

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

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

func open(tb testing.TB, set Settings) *DB {
	tb.Helper()
	d, err := Open(tb.Context(), set)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, d.Close()) })
	return d
}

// onBoth runs a test on both engines, with the name of an empty database.
func onBoth(t *testing.T, test func(t *testing.T, name string)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "folder", "page.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, postgresDatabase(t)) })
}

func postgresDatabase(tb testing.TB) string {
	tb.Helper()
	if server == nil {
		tb.Skip("PostgreSQL is not installed (apt-get install postgresql)")
	}
	return server.Database(tb)
}

// createExample creates a table for tests.
func createExample(tb testing.TB, d *DB) {
	tb.Helper()
	require.NoError(tb, d.Write(tb.Context(), func(ctx context.Context, tx *Tx) error {
		_, err := tx.Exec(ctx, "create table example (id bigint primary key, name text, sum bigint not null)")
		return err
	}))
}

var (
	columns = []string{"id", "name", "sum"}
	adding  = "on conflict (id) do update set sum = example.sum + excluded.sum"
)

// sums returns the sums of the example table by id.
func sums(tb testing.TB, d *DB) (list []int64) {
	tb.Helper()
	require.NoError(tb, d.Read(tb.Context(), func(ctx context.Context, tx *Tx) error {
		rows, err := tx.Query(ctx, "select sum from example where id >= $1 order by id", 0)
		require.NoError(tb, err)
		defer func() { require.NoError(tb, rows.Close()) }()
		for rows.Next() {
			var n int64
			require.NoError(tb, rows.Scan(&n))
			list = append(list, n)
		}
		return rows.Err()
	}))
	return list
}

// TestWriteAndRead checks that rows are inserted, skipped if they exist, and read again.
func TestWriteAndRead(t *testing.T) {
	check := func(t *testing.T, name string) {
		t.Helper()
		d := open(t, Settings{Name: name})
		createExample(t, d)
		require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			isNew, err := tx.InsertNew(ctx, "example", columns, [][]any{{1, "a\x00b\xff", 5}, {1, "again", 6}, {2, nil, int64(7)}})
			require.NoError(t, err)
			require.Equal(t, []bool{true, false, true}, isNew)
			isNew, err = tx.InsertNew(ctx, "example", columns, [][]any{{3, "c", 1}, {2, "", 1}, {0, "\x00", 1}})
			require.NoError(t, err)
			require.Equal(t, []bool{true, false, true}, isNew)
			return tx.Insert(ctx, "example", columns, adding, [][]any{{2, "", 3}, {4, "d", 4}})
		}))
		require.Equal(t, []int64{1, 5, 10, 1, 4}, sums(t, d))
		require.NoError(t, d.Read(t.Context(), func(ctx context.Context, tx *Tx) error {
			var id int64
			require.NoError(t, tx.QueryRow(ctx, "select id from example where name = $1 and $2 = 1", "a\x00b\xff", 1).Scan(&id))
			require.Equal(t, int64(1), id)
			return nil
		}))
	}
	t.Run("memory", func(t *testing.T) { check(t, "") })
	onBoth(t, check)
}

// TestInvalidRows checks that rows are rejected that do not fit their columns.
func TestInvalidRows(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		d := open(t, Settings{Name: name})
		createExample(t, d)
		require.EqualError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			return tx.Insert(ctx, "example", columns, "", [][]any{{1, "a"}})
		}), "insert into example: a row has 2 values (3 columns)")
		require.Empty(t, sums(t, d))
	})
}

// TestConcurrentOpen opens an empty database of a server several times at once: one
// creates its tables, the others wait.
func TestConcurrentOpen(t *testing.T) {
	name := postgresDatabase(t)
	var opened sync.WaitGroup
	for range 4 {
		opened.Go(func() {
			d, err := Open(t.Context(), Settings{Name: name})
			if err == nil {
				err = d.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	opened.Wait()
}
