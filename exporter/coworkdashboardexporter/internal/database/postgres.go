package database

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// parseAddress reads an address. The error has nothing of it, since it can have a
// password. A / in a password ends the host, and what follows is the name of the database.
func parseAddress(name string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(name)
	switch {
	case err == nil && !strings.ContainsAny(config.Database, "@#"):
		return config, nil
	case errors.As(err, new(*fs.PathError)):
		return nil, errCertificate
	}
	return nil, errAddress
}

// A postgresEngine is a database of a PostgreSQL server.
type postgresEngine struct {
	config *pgx.ConnConfig
	set    Settings
}

// The limits of connections and statements, unless the address sets them.
const (
	connectTimeout = 10 * time.Second
	// lockWait bounds the wait for rows that another collector writes.
	lockWait = 30 * time.Second
	// idleWait ends the transaction of a collector that has stopped, so that it does not
	// hold its locks.
	idleWait = time.Minute
	// migrateWait is how many seconds a collector waits while another one upgrades.
	migrateWait = 120
	// idleConnection closes connections that are not used, before a firewall drops them.
	idleConnection = 5 * time.Minute
)

func newPostgres(set Settings) (engine, error) {
	config, err := parseAddress(set.Name)
	if err != nil {
		return nil, &Error{"PostgreSQL", err, nil}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	for name, value := range map[string]string{
		"application_name": "otelcol-cowork", "lock_timeout": milliseconds(lockWait),
		"idle_in_transaction_session_timeout": milliseconds(idleWait), "timezone": "UTC",
		"jit": "off", // compiling a query takes longer than the answers
	} {
		if config.RuntimeParams[name] == "" {
			config.RuntimeParams[name] = value
		}
	}
	return &postgresEngine{config, set}, nil
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

func (*postgresEngine) name() string { return "PostgreSQL" }

// label returns the server and the database without user and password.
func (p *postgresEngine) label() string {
	return "postgres://" + net.JoinHostPort(p.config.Host, strconv.Itoa(int(p.config.Port))) + "/" + p.config.Database
}

func (*postgresEngine) migrations() (goose.Dialect, string, []goose.ProviderOption) {
	options := []goose.ProviderOption{}
	// Of several collectors that start at the same time, one upgrades.
	if locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, migrateWait)); err == nil {
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.DialectPostgres, "migrations/postgres", options
}

func (*postgresEngine) release(*sql.DB) error { return nil }

func (*postgresEngine) snapshot() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

func (p *postgresEngine) connect(ctx context.Context) (write, read *sql.DB, err error) {
	writer, reader := *p.config.Copy(), *p.config.Copy()
	reader.RuntimeParams["statement_timeout"] = milliseconds(readTimeout)
	if reader.RuntimeParams["work_mem"] == "" {
		reader.RuntimeParams["work_mem"] = "64MB" // 100,000 users of 14 days without files on disk
	}
	if p.set.ReadOnly {
		writer.RuntimeParams["default_transaction_read_only"] = "on"
	}
	write, read = stdlib.OpenDB(writer), stdlib.OpenDB(reader)
	write.SetMaxOpenConns(1)
	read.SetMaxOpenConns(p.set.Readers)
	read.SetMaxIdleConns(p.set.Readers)
	for _, db := range []*sql.DB{write, read} {
		db.SetConnMaxIdleTime(idleConnection)
	}
	if err := write.PingContext(ctx); err != nil {
		return nil, nil, errors.Join(err, write.Close(), read.Close())
	}
	return write, read, nil
}

// oldestServer is the oldest supported version of PostgreSQL.
const oldestServer = 130000

// check rejects servers that are too old, and those that store no UTF-8.
func (*postgresEngine) check(ctx context.Context, db *sql.DB) error {
	var version int
	var encoding string
	err := db.QueryRowContext(ctx, "select current_setting('server_version_num')::int, current_setting('server_encoding')").Scan(&version, &encoding)
	switch {
	case err != nil:
		return err
	case version < oldestServer:
		return errOldServer
	case encoding != "UTF8":
		return errEncoding
	}
	return nil
}
