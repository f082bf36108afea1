package database

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// requireOpenError checks that a database cannot be opened, and the text of the error.
func requireOpenError(t *testing.T, set Settings, want string) {
	t.Helper()
	_, err := Open(t.Context(), set)
	require.EqualError(t, err, "database: "+set.Name+": "+want)
}

// newFile returns the path of a closed database.
func newFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.db")
	d, err := Open(t.Context(), Settings{Name: path})
	require.NoError(t, err)
	createExample(t, d)
	require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
		for i := range 2000 {
			if err := tx.Insert(ctx, "example", columns, "", [][]any{{i, "name", i}}); err != nil {
				return err
			}
		}
		return nil
	}))
	require.NoError(t, d.Close())
	return path
}

// change runs a statement in a file.
func change(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), statement)
	require.NoError(t, err)
	require.NoError(t, db.Close())
}

// TestDamage checks that damaged files are set aside with their content, and that a new
// database is begun.
func TestDamage(t *testing.T) {
	flipped := func(whole []byte) []byte {
		for i := 4096 + 100; i < len(whole); i += 7 {
			whole[i] ^= 0x5a
		}
		return whole
	}
	for name, damage := range map[string]func([]byte) []byte{
		"flipped":   flipped,
		"cut":       func(whole []byte) []byte { return whole[:len(whole)/2] },
		"cut early": func(whole []byte) []byte { return whole[:10] },
		"zeros":     func(whole []byte) []byte { return make([]byte, len(whole)) },
		"erased":    func(whole []byte) []byte { return append(bytes.Repeat([]byte{0xff}, 8192), whole[8192:]...) },
		"header": func(whole []byte) []byte {
			return append(whole[:16:16], bytes.Repeat([]byte{0xff}, len(whole)-16)...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := newFile(t)
			whole, err := os.ReadFile(path)
			require.NoError(t, err)
			damaged := damage(whole)
			require.NoError(t, os.WriteFile(path, damaged, 0o600))
			d := open(t, Settings{Name: path})
			require.Contains(t, d.SetAside(), path+".damaged-")
			require.Equal(t, reasonDamaged, d.SetAsideReason())
			aside, err := os.ReadFile(d.SetAside())
			require.NoError(t, err)
			require.True(t, bytes.Equal(damaged, aside))
			createExample(t, d)
			require.Empty(t, sums(t, d))
			require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
				return tx.Insert(ctx, "example", columns, "", [][]any{{1, "a", 1}})
			}), "the new one is written")
			require.NoError(t, d.Close())
			require.Empty(t, open(t, Settings{Name: path}).SetAside(), "the new one is intact")
		})
	}
}

// TestEarlierState checks that the column store of the state before the first release is
// set aside whole.
func TestEarlierState(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.db")
	change(t, path, "create table cells (a); create table word (a); create table tally (a); create table prompt (a); insert into cells values (7); pragma user_version = 2")
	d := open(t, Settings{Name: path})
	require.Contains(t, d.SetAside(), path+".version2-")
	require.Equal(t, reasonEarlier, d.SetAsideReason())
	db, err := sql.Open("sqlite", d.SetAside())
	require.NoError(t, err)
	var value int
	require.NoError(t, db.QueryRowContext(t.Context(), "select a from cells").Scan(&value))
	require.Equal(t, 7, value)
	require.NoError(t, db.Close())
}

// TestForeignFile checks that the file of another program is refused and not changed. It
// was renamed.
func TestForeignFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.db")
	text := []byte(strings.Repeat("no database at all. ", 500))
	require.NoError(t, os.WriteFile(path, text, 0o644))
	requireOpenError(t, Settings{Name: path}, errNoDatabase.Error())
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, bytes.Equal(text, got))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o644), info.Mode().Perm())

	path = filepath.Join(t.TempDir(), "other.db")
	change(t, path, "create table customers (a); pragma user_version = 2")
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	requireOpenError(t, Settings{Name: path}, errForeign.Error())
	got, err = os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, bytes.Equal(before, got))
	files, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	require.Len(t, files, 1)
}

func TestFolderInPlaceOfFile(t *testing.T) {
	path := t.TempDir()
	requireOpenError(t, Settings{Name: path}, "is a directory (set a file that the collector's user can create and write)")
	file := newFile(t)
	requireOpenError(t, Settings{Name: filepath.Join(file, "page.db")}, "not a directory (set a file that the collector's user can create and write)")
}

// TestNewerDatabase checks that a database of a newer version is not changed.
func TestNewerDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		d := open(t, Settings{Name: name})
		require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			_, err := tx.Exec(ctx, "update "+versionTable+" set version_id = 99 where version_id = 1")
			return err
		}))
		_, err := Open(t.Context(), Settings{Name: name})
		require.ErrorContains(t, err, "has version 99: was written by a newer version of this program; this one supports up to version ")
	})
}

func TestReadOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		_, err := Open(t.Context(), Settings{Name: name, ReadOnly: true})
		require.Error(t, err, "there is none")
		createExample(t, open(t, Settings{Name: name}))
		d := open(t, Settings{Name: name, ReadOnly: true})
		require.Empty(t, sums(t, d))
		err = d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			return tx.Insert(ctx, "example", columns, "", [][]any{{1, "a", 1}})
		})
		require.ErrorContains(t, err, "cannot be written (")
	})
}

// lockDatabase locks a file until the returned function is called.
func lockDatabase(t *testing.T, path string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	conn, err := db.Conn(t.Context())
	require.NoError(t, err)
	_, err = conn.ExecContext(t.Context(), "begin immediate")
	require.NoError(t, err)
	return func() {
		t.Helper()
		_, err := conn.ExecContext(context.Background(), "rollback")
		require.NoError(t, err)
		require.NoError(t, conn.Close())
		require.NoError(t, db.Close())
	}
}

// TestLocked checks that a locked file is reported, can be read, and is written when the
// lock is released.
func TestLocked(t *testing.T) {
	path := newFile(t)
	d := open(t, Settings{Name: path})
	release := lockDatabase(t, path)
	insert := func(ctx context.Context, tx *Tx) error {
		return tx.Insert(ctx, "example", columns, "", [][]any{{-1, "a", 1}})
	}
	require.EqualError(t, d.Write(t.Context(), insert), "database: "+path+": "+errLocked.Error())
	require.Len(t, sums(t, d), 2000)
	release()
	require.NoError(t, d.Write(t.Context(), insert))
	require.Zero(t, d.TakeRetries())
}

// TestFull checks that a full file is reported and can still be read.
func TestFull(t *testing.T) {
	path := newFile(t)
	info, err := os.Stat(path)
	require.NoError(t, err)
	d := open(t, Settings{Name: path, MaxPages: int(info.Size()/8192) + 2})
	err = d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
		return tx.Insert(ctx, "example", columns, "", [][]any{{-1, strings.Repeat("x", 100_000), 1}})
	})
	require.EqualError(t, err, "database: "+path+": "+errFull.Error())
	require.Equal(t, "The database "+errFull.Error()+". New events are not in the figures yet.", Sentence(err))
	require.Len(t, sums(t, d), 2000)
}

// TestPermissions checks that only the collector's user can read the files.
func TestPermissions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder", "page.db")
	d := open(t, Settings{Name: path})
	createExample(t, d)
	for file, want := range map[string]os.FileMode{path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(file)
		require.NoError(t, err)
		require.Equal(t, want, info.Mode().Perm(), file)
	}
}
