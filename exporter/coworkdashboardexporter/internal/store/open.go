package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"modernc.org/sqlite" // registers the driver
)

// The permissions of new files and folders: only the collector's user can read them.
const (
	filePermissions   = 0o600
	folderPermissions = 0o700
)

// open opens the connections and upgrades the database.
func (s *Store) open(ctx context.Context) error {
	if err := functions(); err != nil {
		return err
	}
	if s.set.Path != "" {
		if err := makeFile(s.set.Path); err != nil {
			return fmt.Errorf("%w (set a file that the collector's user can create and write)", err)
		}
	}
	var err error
	if s.write, err = s.connect(toWrite); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if err := s.prepare(ctx); err != nil {
		_ = s.write.Close()
		return err
	}
	s.read = s.write // a database in memory belongs to its connection
	if s.set.Path != "" {
		if s.read, err = s.connect(toRead); err != nil {
			_ = s.write.Close()
			return err
		}
		s.read.SetMaxOpenConns(readers)
		s.read.SetMaxIdleConns(readers)
	}
	return nil
}

// makeFile creates the file and its folder if missing, and restricts the permissions of
// the file. SQLite gives its further files the same permissions.
func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), folderPermissions); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, filePermissions)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(filePermissions), f.Close())
}

// The pragmas of a connection.
var (
	toWrite = []string{"synchronous(normal)", "secure_delete(on)", "wal_autocheckpoint(250)", "journal_size_limit(2097152)", "cache_size(-4000)"}
	toRead  = []string{"query_only(on)", "cache_size(-2000)"}
)

func (s *Store) connect(pragmas []string) (*sql.DB, error) {
	q := url.Values{"_pragma": append([]string{
		"busy_timeout(" + strconv.FormatInt(busyTimeout.Milliseconds(), 10) + ")", "temp_store(memory)", "trusted_schema(off)",
	}, pragmas...)}
	name := ":memory:"
	if s.set.Path != "" {
		name = "file:" + (&url.URL{Path: filepath.ToSlash(s.set.Path)}).EscapedPath()
		if s.set.readOnly {
			q.Set("mode", "ro")
		}
	}
	if s.set.MaxPages > 0 {
		q.Add("_pragma", "max_page_count("+strconv.Itoa(s.set.MaxPages)+")")
	}
	return sql.Open("sqlite", name+"?"+q.Encode())
}

// prepare checks and upgrades the database, and records this process as its owner. Two
// writers would assign the same id to different names.
func (s *Store) prepare(ctx context.Context) error {
	// These must precede the first table, in this order, so they are not pragmas of the
	// connection. Larger pages need fewer calls per answer.
	for _, statement := range []string{"page_size(8192)", "auto_vacuum(incremental)", "journal_mode(wal)"} {
		if _, err := s.write.ExecContext(ctx, "pragma "+statement); err != nil {
			return err
		}
	}
	var state string
	if err := s.write.QueryRowContext(ctx, "pragma quick_check(1)").Scan(&state); err != nil {
		return err
	}
	if state != "ok" {
		return errDamaged
	}
	if err := migrate(ctx, s.write); err != nil {
		return err
	}
	if _, err := s.write.ExecContext(ctx, "insert or replace into meta values ('owner', ?)", s.owner); err != nil {
		return err
	}
	return s.rezone(ctx)
}

var (
	errDamaged = errors.New("is damaged (move it away to start a new one, or restore a backup)")
	errOwner   = errors.New("is written by another process as well (give each collector a file of its own)")
)

// describe adds the path to an error and replaces the message of SQLite, which could
// quote a statement.
func describe(path string, err error) error {
	if err == nil {
		return nil
	}
	if path == "" {
		path = "in memory"
	}
	return fmt.Errorf("database: %s: %w", path, plain(err))
}

// problems are SQLite's errors with a remedy.
var problems = map[int]error{
	5:  errors.New("is locked by another process (give each collector a file of its own)"),
	6:  errors.New("is locked by another process (give each collector a file of its own)"),
	8:  errors.New("cannot be written (its file and folder must be writable for the collector's user)"),
	10: errors.New("cannot be read or written (check the disk)"),
	11: errDamaged,
	13: errors.New("has no space left (the disk is full; new figures stay in memory for a while)"),
	14: errors.New("cannot be opened (its file and folder must be readable and writable for the collector's user)"),
	26: errors.New("is not a SQLite database (move the file away, or set another path)"),
}

func plain(err error) error {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return err
	}
	if known := problems[failure.Code()&0xff]; known != nil {
		return known
	}
	return fmt.Errorf("failed: SQLite error %d", failure.Code())
}

// sentence returns the text that the page shows for a failed commit.
func sentence(err error) string {
	if err == nil {
		return ""
	}
	return "The database " + plain(err).Error() + ". New events are not in the figures yet."
}
