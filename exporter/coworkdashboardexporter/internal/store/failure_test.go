package store

import (
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
	require.Error(t, err)
	require.Equal(t, "database: "+set.Path+": "+want, err.Error())
}

// requireSetAside checks that a database is set aside, and that a new one takes events.
func requireSetAside(t *testing.T, set Settings, content []byte) {
	t.Helper()
	require.NoError(t, os.WriteFile(set.Path, content, 0o600))
	s := openStore(t, set)
	require.Contains(t, s.SetAside(), set.Path+".damaged-")
	aside, err := os.ReadFile(s.SetAside())
	require.NoError(t, err)
	require.Equal(t, content, aside)
	add(t, s, request(1, 5))
	require.Equal(t, int64(5), cell(t, s, "select cost from spend_total"))
	require.NoError(t, s.Close(t.Context()))
}

func TestNoDatabase(t *testing.T) {
	set := inFile(t)
	require.NoError(t, os.MkdirAll(filepath.Dir(set.Path), 0o700))
	requireSetAside(t, set, []byte(strings.Repeat("no database at all. ", 500)))
	s := openStore(t, set)
	require.Empty(t, s.SetAside(), "the new one is intact")
}

func TestFolderInPlaceOfFile(t *testing.T) {
	set := inFile(t)
	require.NoError(t, os.MkdirAll(set.Path, 0o700))
	_, err := Open(t.Context(), set)
	require.ErrorContains(t, err, "is a directory")
}

func TestDamagedDatabase(t *testing.T) {
	set := inFile(t)
	s := openStore(t, set)
	for i := range 200 {
		s.Add(noon, logs(request(i, 5)))
	}
	require.NoError(t, s.Close(t.Context()))
	b, err := os.ReadFile(set.Path)
	require.NoError(t, err)
	for i := 4096 + 100; i < len(b); i += 7 {
		b[i] ^= 0x5a
	}
	requireSetAside(t, set, b)
	requireSetAside(t, set, b[:len(b)/2])
}

func TestNewerDatabase(t *testing.T) {
	set := inFile(t)
	s := openStore(t, set)
	_, err := s.write.ExecContext(t.Context(), "pragma user_version = 99")
	require.NoError(t, err)
	require.NoError(t, s.Close(t.Context()))
	requireOpenError(t, set, "has version 99: was written by a newer version of this program; this one supports up to version 2 (upgrade, or set another file)")
}

func TestUnreleasedDatabase(t *testing.T) {
	set := inFile(t)
	s := openStore(t, set)
	_, err := s.write.ExecContext(t.Context(), "pragma user_version = 1")
	require.NoError(t, err)
	require.NoError(t, s.Close(t.Context()))
	requireOpenError(t, set, "has version 1: was written before the first release and is not supported (move it away to start a new one)")
}

func TestReadOnlyDatabase(t *testing.T) {
	set := inFile(t)
	require.NoError(t, openStore(t, set).Close(t.Context()))
	set.readOnly = true
	requireOpenError(t, set, "cannot be written (its file and folder must be writable for the collector's user)")
}

// lockDatabase locks a database until the returned function is called.
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

const locked = "is locked by another process (give each collector a file of its own)"

func TestLockedAtStart(t *testing.T) {
	set := inFile(t)
	require.NoError(t, openStore(t, set).Close(t.Context()))
	release := lockDatabase(t, set.Path)
	requireOpenError(t, set, locked)
	release()
	openStore(t, set)
}

// TestLockedAfterOpen checks that sums wait in memory while the database is locked, that the
// state reports it, and that queries work. Nothing is lost or counted twice.
func TestLockedAfterOpen(t *testing.T) {
	s := openStore(t, inFile(t))
	add(t, s, request(1, 5))
	release := lockDatabase(t, s.set.Path)
	s.Add(noon, logs(request(2, 7)))
	require.EqualError(t, s.Flush(t.Context()), "database: "+s.set.Path+": "+locked)
	require.Equal(t, "The database "+locked+". New events are not in the figures yet.", s.State().Problem)
	require.Equal(t, int64(5), cell(t, s, "select cost from spend_total"))
	s.Add(noon, logs(request(3, 11)))
	require.Error(t, s.Flush(t.Context()))
	release()
	require.NoError(t, s.Flush(t.Context()))
	require.Empty(t, s.State().Problem)
	require.Equal(t, int64(23), cell(t, s, "select cost from spend_total"))
	stats := s.TakeStats()
	require.Equal(t, int64(2), stats.Failures)
	require.Equal(t, int64(3), stats.Events)
}

// TestFull checks a database without space: the events without room in memory count as
// lost.
func TestFull(t *testing.T) {
	set := inFile(t)
	set.MaxPending = 1000
	s := openStore(t, set)
	add(t, s, request(1, 5))
	s.write.SetMaxOpenConns(1)
	_, err := s.write.ExecContext(t.Context(), "pragma max_page_count = 1") // the size that it has now
	require.NoError(t, err)
	var failed error
	for i := range 3000 {
		s.Add(noon, logs(event("tool_result", i+2, map[string]any{
			"prompt.id": strings.Repeat("p", 50) + string(rune('a'+i%26)), "tool_name": strings.Repeat("x", i%100),
		})))
		if i%500 == 0 && failed == nil {
			failed = s.Flush(t.Context())
		}
	}
	require.EqualError(t, failed, "database: "+s.set.Path+": has no space left (the disk is full; new figures stay in memory for a while)")
	require.Contains(t, s.State().Problem, "has no space left")
	require.Equal(t, int64(5), cell(t, s, "select cost from spend_total"))
	lost := s.TakeStats().Lost
	require.Positive(t, lost)
	require.Equal(t, lost, s.State().Lost)
	require.LessOrEqual(t, s.Pending(), set.MaxPending)

	_, err = s.write.ExecContext(t.Context(), "pragma max_page_count = 100000")
	require.NoError(t, err)
	require.NoError(t, s.Flush(t.Context()))
	require.Equal(t, 3000-lost, cell(t, s, "select sum(calls) from tool"))
}

// TestTwoCollectors checks that the first of two writers fails before names are mixed up.
func TestTwoCollectors(t *testing.T) {
	set := inFile(t)
	first := openStore(t, set)
	add(t, first, request(1, 5))
	second := openStore(t, set)
	first.Add(noon, logs(request(2, 7)))
	require.ErrorIs(t, first.Flush(t.Context()), errOwner)
	add(t, second, request(3, 11))
	require.Equal(t, int64(16), cell(t, second, "select cost from spend_total"))
}

// TestErrorsContainNoData checks that an unknown error is reported by its number only.
func TestErrorsContainNoData(t *testing.T) {
	s := openStore(t, DefaultSettings())
	_, err := s.write.ExecContext(t.Context(), "select 'secret' from 'alice@example.com'")
	require.ErrorContains(t, err, "alice@example.com")
	require.EqualError(t, describe("x.db", err), "database: x.db: failed: SQLite error 1")
}
