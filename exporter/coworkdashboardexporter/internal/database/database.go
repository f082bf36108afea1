package database

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
	"time"

	"github.com/pressly/goose/v3"
)

// Settings determine which database is opened.
type Settings struct {
	// Name is the path of a SQLite file, the address of a PostgreSQL database, such as
	// postgres://cowork@db.example.com/cowork, or "" for a database in memory.
	Name string
	// MaxPages bounds the size of a SQLite file, 0 for no bound.
	MaxPages int
	// ReadOnly opens an existing database without upgrading or writing it.
	ReadOnly bool
	// Readers is how many reads run at the same time, 0 for 3.
	Readers int
	// StartWait is how long [Open] waits for a server that starts, 0 for 30 seconds.
	StartWait time.Duration
}

// An engine is a kind of database.
type engine interface {
	// name returns SQLite or PostgreSQL.
	name() string
	// label returns the database as errors name it, without credentials.
	label() string
	// connect opens the connections for writing and for reading. They can be the same.
	connect(ctx context.Context) (write, read *sql.DB, err error)
	// check reports what is wrong with an existing database.
	check(ctx context.Context, write *sql.DB) error
	// migrations returns the dialect and the folder of the migrations.
	migrations() (goose.Dialect, string, []goose.ProviderOption)
	// snapshot returns the options of transactions that read.
	snapshot() *sql.TxOptions
	// insertInto inserts rows over a connection of the driver. If isNew is not nil, existing
	// rows are skipped, and it is set for each row that is new.
	insertInto(ctx context.Context, conn any, into insertion, rows [][]any, isNew []bool) error
	// sizes returns the statement for the bytes of the database, and that for the names,
	// rows and bytes of its tables.
	sizes() (total, tables string)
	// release frees what belongs to the connection that writes, before it is closed.
	release(write *sql.DB) error
}

// A DB is an open database. It is safe for concurrent use.
type DB struct {
	engine      engine
	write, read *sql.DB
	writing     chan struct{} // holds an element while a transaction writes
	reading     chan struct{} // holds an element per transaction that reads
	retries     atomic.Int64
	sizes       measuredSizes
	aside       string
	asideReason string
}

const (
	usualReaders   = 3
	usualStartWait = 30 * time.Second
)

// Open opens a database and upgrades it. It sets a damaged SQLite file aside, and one of
// the state before the first release, and begins a new one.
func Open(ctx context.Context, set Settings) (*DB, error) {
	if set.Readers <= 0 {
		set.Readers = usualReaders
	}
	e, err := engineOf(set)
	if err != nil {
		return nil, err
	}
	d, err := openStarting(ctx, e, set)
	file, inFile := e.(*sqliteEngine)
	reason := reasonToSetAside(err)
	if reason == "" || !inFile || set.Name == "" || set.ReadOnly {
		return d, describe(e, err)
	}
	aside, err := setAside(file.path, reason, time.Now())
	if err != nil {
		return nil, describe(e, err)
	}
	if d, err = openEngine(ctx, e, set); err != nil {
		return nil, describe(e, err)
	}
	d.aside, d.asideReason = aside, reason
	return d, nil
}

func engineOf(set Settings) (engine, error) {
	if Name(set.Name).IsPostgres() {
		return newPostgres(set)
	}
	return newSQLite(set), nil
}

// openStarting opens a database, and waits for a server that is not started yet: a
// collector often starts with its server.
func openStarting(ctx context.Context, e engine, set Settings) (*DB, error) {
	_, isServer := e.(*postgresEngine)
	end := time.Now().Add(cmp.Or(set.StartWait, usualStartWait))
	for attempt := 1; ; attempt++ {
		d, err := openEngine(ctx, e, set)
		if err == nil || !isServer || !isTransient(err) || time.Now().After(end) || !pause(ctx, attempt) {
			return d, err
		}
	}
}

func openEngine(ctx context.Context, e engine, set Settings) (*DB, error) {
	write, read, err := e.connect(ctx)
	if err != nil {
		return nil, err
	}
	d := &DB{engine: e, write: write, read: read, writing: make(chan struct{}, 1), reading: make(chan struct{}, set.Readers)}
	if err := e.check(ctx, write); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := migrate(ctx, e, write, set.ReadOnly); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Close closes all connections.
func (d *DB) Close() error {
	err := errors.Join(d.engine.release(d.write), d.write.Close())
	if d.read != d.write {
		err = errors.Join(err, d.read.Close())
	}
	return describe(d.engine, err)
}

// Engine returns SQLite or PostgreSQL.
func (d *DB) Engine() string { return d.engine.name() }

// SetAside returns the new name of the file that was set aside when the database was
// opened, "" if there was none.
func (d *DB) SetAside() string { return d.aside }

// SetAsideReason returns why the file was set aside.
func (d *DB) SetAsideReason() string { return d.asideReason }

// TakeRetries returns how often a transaction was repeated since the previous call.
func (d *DB) TakeRetries() int64 { return d.retries.Swap(0) }
