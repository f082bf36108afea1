package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // registers the driver
)

// The permissions of new files and folders: only the collector's user can read them.
const (
	filePermissions   = 0o600
	folderPermissions = 0o700
)

// busyTimeout is how long a statement waits while another process holds the lock.
const busyTimeout = 2 * time.Second

// A sqliteEngine is a SQLite file, or a database in memory if path is "".
type sqliteEngine struct {
	path       string
	set        Settings
	number     string // of source
	source     *insertedRows
	statements statements
}

func (*sqliteEngine) name() string { return "SQLite" }

func (s *sqliteEngine) label() string {
	if s.path == "" {
		return "in memory"
	}
	return s.path
}

func (*sqliteEngine) migrations() (goose.Dialect, string, []goose.ProviderOption) {
	return goose.DialectSQLite3, "migrations/sqlite", nil
}

func (*sqliteEngine) snapshot() *sql.TxOptions { return &sql.TxOptions{ReadOnly: true} }

// connect opens one connection to write and several to read. A database in memory has
// one connection, since it is not shared.
func (s *sqliteEngine) connect(context.Context) (write, read *sql.DB, err error) {
	if s.path != "" {
		if err := prepareFile(s.path, s.set.ReadOnly); err != nil {
			return nil, nil, err
		}
	}
	rowSources.Store(s.number, s.source) // again, if the file before was set aside
	if write, err = sql.Open("sqlite", s.address(toWrite)); err != nil {
		return nil, nil, err
	}
	write.SetMaxOpenConns(1)
	if s.path == "" {
		return write, write, nil
	}
	if read, err = sql.Open("sqlite", s.address(toRead)); err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(s.set.Readers)
	read.SetMaxIdleConns(s.set.Readers)
	return write, read, nil
}

// The pragmas of a connection.
var (
	toWrite = []string{"synchronous(normal)", "secure_delete(on)", "wal_autocheckpoint(1000)", "journal_size_limit(8388608)", "cache_size(-8000)"}
	toRead  = []string{"query_only(on)", "cache_size(-4000)"}
)

func (s *sqliteEngine) address(pragmas []string) string {
	q := url.Values{"_pragma": append([]string{
		"busy_timeout(" + strconv.FormatInt(busyTimeout.Milliseconds(), 10) + ")", "temp_store(memory)", "trusted_schema(off)",
	}, pragmas...), "_txlock": {"immediate"}}
	name := ":memory:"
	if s.path != "" {
		name = "file:" + (&url.URL{Path: filepath.ToSlash(s.path)}).EscapedPath()
		if s.set.ReadOnly {
			q.Set("mode", "ro")
		}
	}
	if s.set.MaxPages > 0 {
		q.Add("_pragma", "max_page_count("+strconv.Itoa(s.set.MaxPages)+")")
	}
	return name + "?" + q.Encode()
}

// prepareFile creates the file and its folder if missing, and rejects a file that is no
// database.
func prepareFile(path string, readOnly bool) error {
	flags := os.O_RDONLY
	if !readOnly {
		flags = os.O_RDWR | os.O_CREATE
		if err := os.MkdirAll(filepath.Dir(path), folderPermissions); err != nil {
			return fileProblem(err)
		}
	}
	f, err := os.OpenFile(path, flags, filePermissions)
	if err != nil {
		return fileProblem(err)
	}
	defer func() { _ = f.Close() }()
	return checkHeader(f)
}

// check rejects the database of another program before it changes anything, prepares the
// file, and finds damage.
func (s *sqliteEngine) check(ctx context.Context, db *sql.DB) error {
	if err := checkTables(ctx, db); err != nil {
		return err
	}
	if !s.set.ReadOnly {
		if err := s.prepare(ctx, db); err != nil {
			return err
		}
	}
	return findDamage(ctx, db)
}

func checkTables(ctx context.Context, db *sql.DB) error {
	var tables, own, earlier int
	err := db.QueryRowContext(ctx, "select count(*), count(case when name = $1 then 1 end), count(case when name in ('cells', 'word', 'tally') then 1 end) from sqlite_schema where type = 'table'", versionTable).
		Scan(&tables, &own, &earlier)
	switch {
	case err != nil:
		return err
	case own > 0 || tables == 0:
		return nil
	case earlier == 3:
		return errEarlier
	}
	return errForeign
}

// prepare restricts the permissions of the file, which SQLite gives its further files
// too, and sets what must precede the first table, in this order. Larger pages need fewer
// calls per answer.
func (s *sqliteEngine) prepare(ctx context.Context, db *sql.DB) error {
	if s.path != "" {
		if err := os.Chmod(s.path, filePermissions); err != nil {
			return fileProblem(err)
		}
	}
	for _, statement := range []string{"page_size(8192)", "auto_vacuum(incremental)", "journal_mode(wal)"} {
		if _, err := db.ExecContext(ctx, "pragma "+statement); err != nil {
			return err
		}
	}
	return nil
}

// checkTimeout bounds the search for damage. It reads about 70 MB a second.
const checkTimeout = 5 * time.Second

// findDamage checks as much of the file as the time limit allows.
func findDamage(ctx context.Context, db *sql.DB) error {
	limited, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	var state string
	err := db.QueryRowContext(limited, "pragma quick_check(1)").Scan(&state)
	switch {
	case limited.Err() != nil:
		return ctx.Err()
	case err != nil:
		return err
	case state != "ok":
		return errDamaged
	}
	return nil
}

// driverValue returns a value in the form that the driver takes.
func driverValue(value any) driver.Value {
	switch v := value.(type) {
	case int:
		return int64(v)
	case string:
		return storableText(v)
	}
	return value
}
