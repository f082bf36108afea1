package database

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/postgrestest"
)

// run runs a statement outside of a transaction.
func run(t *testing.T, d *DB, statement string) {
	t.Helper()
	_, err := d.write.ExecContext(t.Context(), statement)
	require.NoError(t, err)
}

// TestConnectionErrors checks the text of errors, and that it has no password.
func TestConnectionErrors(t *testing.T) {
	name := postgresDatabase(t)
	admin := open(t, Settings{Name: name})
	database := name[strings.LastIndex(name, "@/")+2 : strings.Index(name, "?")]
	run(t, admin, "create role reader_of_"+database+" login")
	run(t, admin, "create database ascii_of_"+database+" encoding SQL_ASCII template template0")
	with := func(old, replacement string) string { return strings.Replace(name, old, replacement, 1) }
	for address, want := range map[string]error{
		with("cowork@", "nobody:secret01@"):                                         errPassword,
		with("/"+database, "/missing01"):                                            errMissing,
		with("host=", "password=secret01&host=%2Fmissing"):                          errRefused,
		"postgres://u:secret01@127.0.0.1:1/d":                                       errRefused,
		with("/"+database, "/postgres") + "&user=reader_of_" + database:             errRights,
		with("/"+database, "/ascii_of_"+database):                                   errEncoding,
		"postgres://u:secret01@h:port/d":                                            errAddress,
		"postgres://u:secret01%@h/d":                                                errAddress,
		with("sslmode=disable", "sslmode=require&password=secret01"):                nil, // sockets have no TLS
		"postgres://u:secret01@h/d?sslmode=secret01":                                errAddress,
		"postgres://u:secret01@h/d?sslmode=verify-full&sslrootcert=/missing/ca.pem": errCertificate,
	} {
		d, err := Open(t.Context(), Settings{Name: address, StartWait: 1})
		if err == nil {
			require.NoError(t, d.Close())
		}
		if want == nil {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, want, "%s", address)
		require.NotContains(t, err.Error(), "secret01")
		require.Contains(t, err.Error(), "database: ")
	}
}

// TestReadOnlyServer checks a standby, which cannot be written.
func TestReadOnlyServer(t *testing.T) {
	name := postgresDatabase(t)
	createExample(t, open(t, Settings{Name: name}))
	d := open(t, Settings{Name: name + "&default_transaction_read_only=on"})
	err := d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
		return tx.Insert(ctx, "example", columns, "", [][]any{{1, "a", 1}})
	})
	require.ErrorIs(t, err, errReadOnly)
}

// TestMemoryOfReaders checks the memory of a query, which the address can change.
func TestMemoryOfReaders(t *testing.T) {
	name := postgresDatabase(t)
	for set, want := range map[string]string{"": "64MB", "&work_mem=8MB": "8MB"} {
		var got string
		require.NoError(t, open(t, Settings{Name: name + set}).Read(t.Context(), func(ctx context.Context, tx *Tx) error {
			return tx.QueryRow(ctx, "show work_mem").Scan(&got)
		}))
		require.Equal(t, want, got)
	}
}

// TestForeignTables checks that the tables of another program are not used.
func TestForeignTables(t *testing.T) {
	name := postgresDatabase(t)
	d := open(t, Settings{Name: name})
	run(t, d, "drop schema public cascade")
	run(t, d, "create schema public")
	run(t, d, "create table names (a integer)")
	_, err := Open(t.Context(), Settings{Name: name})
	require.ErrorIs(t, err, errForeignPg)
	run(t, d, "drop schema public cascade")
	_, err = Open(t.Context(), Settings{Name: name})
	require.ErrorIs(t, err, errRights, "there is no schema")
}

// TestErrorsContainNoData checks that the text of the server is not in errors.
func TestErrorsContainNoData(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		d := open(t, Settings{Name: name})
		err := d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			_, err := tx.Exec(ctx, `select 'secret' from "alice@example.com"`)
			require.ErrorContains(t, err, "alice@example.com")
			return err
		})
		require.Contains(t, err.Error(), "failed: SQL")
		require.NotContains(t, err.Error(), "alice")
		require.NotContains(t, Sentence(err), "alice")
		require.Equal(t, "The database failed. New events are not in the figures yet.", Sentence(errors.New("alice")))
		require.Empty(t, Sentence(nil))
	})
}

// TestClasses checks which errors of PostgreSQL are repeated.
func TestClasses(t *testing.T) {
	for state, want := range map[string]class{
		"08006": {errLost, true}, "08P01": {errLost, true}, "28P01": {errPassword, false}, "40001": {errConflict, true}, "40P01": {errConflict, true},
		"53100": {errFull, false}, "53300": {errBusyServer, true}, "55P03": {errConflict, true}, "57014": {errTimeout, false}, "57P01": {errLost, true}, "57P03": {errDown, true},
		"3F000": {errRights, false},
	} {
		err := fmt.Errorf("wrapped: %w", &pgconn.PgError{Code: state})
		require.Equal(t, want.problem, problemOf(err), state)
		require.Equal(t, want.transient, isTransient(err), state)
	}
	require.Equal(t, errUnknown, problemOf(&net.DNSError{Name: "db.example.com"}))
	unknown := &pgconn.PgError{Code: "22P02", Message: "alice"}
	require.EqualError(t, problemOf(unknown), "failed: SQLSTATE 22P02")
	require.False(t, isTransient(unknown))
	require.False(t, isTransient(context.Canceled))
	require.False(t, isTransient(context.DeadlineExceeded))
}

// TestDeadlock makes two collectors wait for each other: the server ends one of them, and
// it is repeated.
func TestDeadlock(t *testing.T) {
	name := postgresDatabase(t)
	first, second := open(t, Settings{Name: name + "&deadlock_timeout=20"}), open(t, Settings{Name: name + "&deadlock_timeout=20"})
	createExample(t, first)
	var met sync.WaitGroup
	met.Add(2)
	add := func(d *DB, ids ...int) error {
		var once sync.Once
		return d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
			for i, id := range ids {
				if err := tx.Insert(ctx, "example", columns, adding, [][]any{{id, "a", 1}}); err != nil {
					return err
				}
				if i == 0 {
					once.Do(func() {
						met.Done()
						met.Wait()
					})
				}
			}
			return nil
		})
	}
	var done sync.WaitGroup
	done.Go(func() {
		if err := add(first, 1, 2); err != nil {
			t.Error(err)
		}
	})
	require.NoError(t, add(second, 2, 1))
	done.Wait()
	require.Equal(t, []int64{2, 2}, sums(t, first))
	require.Positive(t, first.TakeRetries()+second.TakeRetries()) // on a slow machine, the server can end both
}

// TestLostConnection ends the connection in the middle of a transaction.
func TestLostConnection(t *testing.T) {
	name := postgresDatabase(t)
	d, admin := open(t, Settings{Name: name}), open(t, Settings{Name: name})
	createExample(t, d)
	runs := 0
	require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
		var process int
		if err := tx.QueryRow(ctx, "select pg_backend_pid()").Scan(&process); err != nil {
			return err
		}
		if err := tx.Insert(ctx, "example", columns, adding, [][]any{{1, "a", 1}}); err != nil {
			return err
		}
		if runs++; runs == 1 {
			run(t, admin, fmt.Sprintf("select pg_terminate_backend(%d, 10000)", process)) //nolint:contextcheck // that of the test
		}
		return tx.Insert(ctx, "example", columns, adding, [][]any{{2, "a", 1}})
	}))
	require.Equal(t, []int64{1, 1}, sums(t, d))
	require.Equal(t, int64(1), d.TakeRetries())
}

// TestServerStartsLater opens a database of a server that is not started yet.
func TestServerStartsLater(t *testing.T) {
	own := postgrestest.Start(t)
	name := own.Database(t)
	own.Stop()
	opened := make(chan error)
	go func() {
		d, err := Open(t.Context(), Settings{Name: name})
		if err == nil {
			err = d.Close()
		}
		opened <- err
	}()
	require.NoError(t, own.Start())
	require.NoError(t, <-opened)
}

// TestServerCrash kills the server while two collectors write. They write on when it is
// started again, and each accepted row is there once.
func TestServerCrash(t *testing.T) {
	own := postgrestest.Start(t)
	name := own.Database(t)
	createExample(t, open(t, Settings{Name: name}))
	const rows = 100
	var writers sync.WaitGroup
	halfway := make(chan struct{})
	for writer := range 2 {
		d := open(t, Settings{Name: name})
		writers.Go(func() {
			for n := range rows {
				if writer == 0 && n == rows/2 {
					close(halfway)
				}
				for {
					// As the ingest does, a number makes a commit with an unknown outcome repeatable.
					err := d.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
						return tx.Insert(ctx, "example", columns, "on conflict do nothing", [][]any{{writer*rows + n, "a", 1}})
					})
					if err == nil {
						break
					}
					if !isTransient(err) || t.Context().Err() != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	<-halfway
	own.Kill()
	require.NoError(t, own.Start())
	writers.Wait()
	require.Len(t, sums(t, open(t, Settings{Name: name})), 2*rows)
}
