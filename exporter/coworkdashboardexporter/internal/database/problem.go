package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// A remedy is a problem of the database, and in brackets what to do. It follows the name
// of the database in a sentence.
type remedy string

// Error returns the problem.
func (r remedy) Error() string { return string(r) }

const (
	errDamaged     = remedy("is damaged (move it away to start a new one, or restore a backup)")
	errEarlier     = remedy("was written by an earlier version of this program and cannot be renamed (move it away)")
	errForeign     = remedy("is a database of another program (set another file)")
	errNoDatabase  = remedy("is not a SQLite database (move the file away, or set another path)")
	errLocked      = remedy("is locked by another process (give each collector a file of its own)")
	errUnopenable  = remedy("cannot be opened (its file and folder must be readable and writable for the collector's user)")
	errFull        = remedy("has no space left (the disk is full; new figures stay in memory for a while)")
	errTimeout     = remedy("does not answer in time (check its load and its disk)")
	errAddress     = remedy("has an address that cannot be read (postgres://cowork@db.example.com/cowork?sslmode=verify-full would be valid; write % and other special characters of a password as %25 and so on)")
	errCertificate = remedy("has a certificate or key file that cannot be read (check sslrootcert, sslcert and sslkey of the address)")
	errOldServer   = remedy("runs an old version of PostgreSQL (13 or newer is needed)")
	errEncoding    = remedy("does not store UTF-8 (create the database with encoding 'UTF8')")
	errPassword    = remedy("rejects the user or the password (set PGPASSWORD or the password of the address, and check pg_hba.conf)")
	errMissing     = remedy("does not exist (create the database, or correct its name)")
	errRights      = remedy("refuses access to its tables (grant the user create and usage on the schema, or make it the owner)")
	errForeignPg   = remedy("has tables of another program with the same names (give the collector a database of its own)")
	errBusyServer  = remedy("has no connection left (raise max_connections, or run fewer collectors)")
	errDown        = remedy("is starting or stopping (the collector tries again)")
	errRefused     = remedy("cannot be reached (check host and port, and that the server is running)")
	errUnknown     = remedy("has a host name that cannot be resolved (check the address)")
	errTLS         = remedy("cannot be reached with TLS (check sslmode, sslrootcert and the certificate of the server)")
	errLost        = remedy("has closed the connection (the collector tries again)")
	errConflict    = remedy("is written by several collectors at the same time (the collector tries again)")
	errReadOnly    = remedy("cannot be written (it is a standby or read only: set the address of the primary)")
)

// sqliteProblems are SQLite's errors with a remedy.
var sqliteProblems = map[int]remedy{
	5:  errLocked,
	6:  errLocked,
	8:  "cannot be written (its file and folder must be writable for the collector's user)",
	10: "cannot be read or written (check the disk)",
	11: errDamaged,
	13: errFull,
	14: errUnopenable,
	26: errNoDatabase,
}

// A class is what is known of an error of PostgreSQL.
type class struct {
	problem remedy
	// transient is set if the transaction can succeed when it is repeated.
	transient bool
}

// postgresProblems are PostgreSQL's errors with a remedy, by SQLSTATE or the first two
// characters of it.
var postgresProblems = map[string]class{
	"08":    {errLost, true},
	"25006": {errReadOnly, false},
	"28":    {errPassword, false},
	"3D000": {errMissing, false},
	"3F":    {errRights, false}, // no schema to create tables in
	"40001": {errConflict, true},
	"40P01": {errConflict, true},
	"42501": {errRights, false},
	"42P07": {errForeignPg, false},
	"53100": {errFull, false},
	"53200": {"has no memory left (check its settings)", false},
	"53300": {errBusyServer, true},
	"55P03": {errConflict, true}, // the wait for a lock
	"57014": {errTimeout, false},
	"57P01": {errLost, true}, // the administrator has ended the connection
	"57P02": {errLost, true}, // the server has crashed
	"57P03": {errDown, true},
	"57P05": {errLost, true}, // idle for too long
	"25P03": {errLost, true}, // idle in a transaction for too long
	"58":    {"cannot be read or written (check the disk of the server)", false},
	"XX001": {"is damaged (restore a backup)", false},
	"XX002": {"is damaged (restore a backup)", false},
}

// problemOf returns the problem and the remedy of an error, nil if it is not one of a
// database.
func problemOf(err error) error {
	if r, ok := errors.AsType[remedy](err); ok {
		return r
	}
	if failure, ok := errors.AsType[*sqlite.Error](err); ok {
		if known, ok := sqliteProblems[failure.Code()&0xff]; ok {
			return known
		}
		return fmt.Errorf("failed: SQLite error %d", failure.Code())
	}
	if failure, ok := errors.AsType[*pgconn.PgError](err); ok {
		if known, ok := classOf(failure.Code); ok {
			return known.problem
		}
		return fmt.Errorf("failed: SQLSTATE %s", failure.Code)
	}
	if problem := connectionProblem(err); problem != "" {
		return problem
	}
	return nil
}

func classOf(state string) (class, bool) {
	known, ok := postgresProblems[state]
	if !ok && len(state) == 5 {
		known, ok = postgresProblems[state[:2]]
	}
	return known, ok
}

// connectionProblem returns the problem of a connection to a server, "" for other errors.
func connectionProblem(err error) remedy {
	if errors.Is(err, context.Canceled) {
		return ""
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return errUnknown
	}
	if isTLS(err) {
		return errTLS
	}
	for _, known := range []struct {
		err     error
		problem remedy
	}{
		{context.DeadlineExceeded, errTimeout},
		{os.ErrDeadlineExceeded, errTimeout},
		{os.ErrPermission, errRefused},
		{os.ErrNotExist, errRefused}, // of a socket
		{syscall.ECONNREFUSED, errRefused},
		{syscall.EHOSTUNREACH, errRefused},
		{syscall.ENETUNREACH, errRefused},
		{driver.ErrBadConn, errLost},
		{pgconn.ErrConnClosed, errLost},
		{io.ErrUnexpectedEOF, errLost},
		{io.EOF, errLost},
		{net.ErrClosed, errLost},
		{syscall.EPIPE, errLost},
		{syscall.ECONNRESET, errLost},
	} {
		if errors.Is(err, known.err) {
			return known.problem
		}
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return errRefused
	}
	return ""
}

// isTLS reports whether a connection failed by its certificate or since the server has no
// TLS. Some of these errors of pgx have no type.
func isTLS(err error) bool {
	_, ok := errors.AsType[*pgconn.ConnectError](err)
	return ok && strings.Contains(err.Error(), "tls error")
}
