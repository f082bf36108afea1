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

	"modernc.org/sqlite" // the driver
)

// The permissions of what is made: the page's figures are for whoever may see the page.
const (
	filePermissions   = 0o600
	folderPermissions = 0o700
)

// open opens the connections, and brings the database up to date.
func (s *Store) open(ctx context.Context) error {
	if err := functions(); err != nil {
		return err
	}
	if s.set.Path != "" {
		if err := makeFile(s.set.Path); err != nil {
			return fmt.Errorf("%w (name a file that the collector's user can make and write)", err)
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

// makeFile makes the file and its folder where they are missing, so that nobody else
// may read it. SQLite gives the files beside it the same permissions.
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

// What a connection is for, as pragmas of it.
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

// prepare checks the database, brings it up to date and takes it over. Two that write
// one database would give the same number to different names.
func (s *Store) prepare(ctx context.Context) error {
	// Before the first table, and in this order, which is not that of a connection's
	// pragmas. Pages that are twice as large as usual are read with half the calls.
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
	errDamaged = errors.New("is damaged (move it away: a new one is made, or put back a copy of it)")
	errOwner   = errors.New("is written by another process as well (give each collector a file of its own)")
)

// describe says where an error is and what is wrong in words of our own: those of
// SQLite could quote a statement.
func describe(path string, err error) error {
	if path == "" {
		path = "in memory"
	}
	return fmt.Errorf("database: %s: %w", path, plain(err))
}

// problems are SQLite's errors that someone can do something about.
var problems = map[int]error{
	5:  errors.New("is locked by another process (give each collector a file of its own)"),
	6:  errors.New("is locked by another process (give each collector a file of its own)"),
	8:  errors.New("cannot be written (its file and folder must be writable for the collector's user)"),
	10: errors.New("cannot be read or written (is the disk in order?)"),
	11: errDamaged,
	13: errors.New("has no room left (the disk is full; events are kept in memory for a while)"),
	14: errors.New("cannot be opened (its file and folder must be readable and writable for the collector's user)"),
	26: errors.New("is no database (move the file away, or name another)"),
}

func plain(err error) error {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return err
	}
	if known := problems[failure.Code()&0xff]; known != nil {
		return known
	}
	return fmt.Errorf("does not work: SQLite error %d", failure.Code())
}

// sentence is what the page says of an error that kept a commit from being made.
func sentence(err error) string {
	if err == nil {
		return ""
	}
	return "The database " + plain(err).Error() + ". New events are not in the figures yet."
}
