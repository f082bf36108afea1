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

// refuses checks that a database cannot be opened, and that the error says where, what
// is wrong and what would be right.
func refuses(t *testing.T, set Settings, want string) {
	t.Helper()
	_, err := Open(t.Context(), set)
	require.Error(t, err)
	require.Equal(t, "database: "+set.Path+": "+want, err.Error())
}

func TestNoDatabase(t *testing.T) {
	set := inFile(t)
	require.NoError(t, os.MkdirAll(filepath.Dir(set.Path), 0o700))
	require.NoError(t, os.WriteFile(set.Path, []byte(strings.Repeat("no database at all. ", 500)), 0o600))
	refuses(t, set, "is no database (move the file away, or name another)")
}

func TestFolderInPlaceOfFile(t *testing.T) {
	set := inFile(t)
	require.NoError(t, os.MkdirAll(set.Path, 0o700))
	_, err := Open(t.Context(), set)
	require.ErrorContains(t, err, "is a directory")
}

func TestDamagedDatabase(t *testing.T) {
	set := inFile(t)
	s := opened(t, set)
	for i := range 200 {
		s.Add(noon, logs(request(i, 5)))
	}
	require.NoError(t, s.Close(t.Context()))
	b, err := os.ReadFile(set.Path)
	require.NoError(t, err)
	for i := 4096 + 100; i < len(b); i += 7 {
		b[i] ^= 0x5a
	}
	require.NoError(t, os.WriteFile(set.Path, b, 0o600))
	refuses(t, set, errDamaged.Error())
}

func TestNewerDatabase(t *testing.T) {
	set := inFile(t)
	s := opened(t, set)
	_, err := s.write.ExecContext(t.Context(), "pragma user_version = 99")
	require.NoError(t, err)
	require.NoError(t, s.Close(t.Context()))
	refuses(t, set, "has version 99: was written by a newer version of this program, which reads up to version 2 (use that, or another file)")
}

func TestDatabaseOfBeforeTheFirstRelease(t *testing.T) {
	set := inFile(t)
	s := opened(t, set)
	_, err := s.write.ExecContext(t.Context(), "pragma user_version = 1")
	require.NoError(t, err)
	require.NoError(t, s.Close(t.Context()))
	refuses(t, set, "has version 1: was written before the first release, and cannot be read any more (move it away: a new one is made)")
}

func TestReadOnlyDatabase(t *testing.T) {
	set := inFile(t)
	require.NoError(t, opened(t, set).Close(t.Context()))
	set.readOnly = true
	refuses(t, set, "cannot be written (its file and folder must be writable for the collector's user)")
}

// holding keeps a database locked until it is told to let go.
func holding(t *testing.T, path string) (release func()) {
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
	require.NoError(t, opened(t, set).Close(t.Context()))
	release := holding(t, set.Path)
	refuses(t, set, locked)
	release()
	opened(t, set)
}

// TestLockedLater checks that what cannot be committed waits, that the state says so
// and that readers still have their answers; nothing is lost or counted twice.
func TestLockedLater(t *testing.T) {
	s := opened(t, inFile(t))
	add(t, s, request(1, 5))
	release := holding(t, s.set.Path)
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

// TestFull checks that a database without room degrades, and that the events that
// then find no room in memory are counted as lost.
func TestFull(t *testing.T) {
	set := inFile(t)
	set.MaxPending = 1000
	s := opened(t, set)
	add(t, s, request(1, 5))
	s.write.SetMaxOpenConns(1)
	_, err := s.write.ExecContext(t.Context(), "pragma max_page_count = 1") // which is then as many as there are
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
	require.EqualError(t, failed, "database: "+s.set.Path+": has no room left (the disk is full; events are kept in memory for a while)")
	require.Contains(t, s.State().Problem, "has no room left")
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

// TestTwoCollectors checks that the first of two notices, before names are mixed up.
func TestTwoCollectors(t *testing.T) {
	set := inFile(t)
	first := opened(t, set)
	add(t, first, request(1, 5))
	second := opened(t, set)
	first.Add(noon, logs(request(2, 7)))
	require.ErrorIs(t, first.Flush(t.Context()), errOwner)
	add(t, second, request(3, 11))
	require.Equal(t, int64(16), cell(t, second, "select cost from spend_total"))
}

// TestErrorsHoldNoData checks that an error that nobody thought of is a number.
func TestErrorsHoldNoData(t *testing.T) {
	s := opened(t, DefaultSettings())
	_, err := s.write.ExecContext(t.Context(), "select 'secret' from 'alice@example.com'")
	require.ErrorContains(t, err, "alice@example.com")
	require.EqualError(t, describe("x.db", err), "database: x.db: does not work: SQLite error 1")
}
