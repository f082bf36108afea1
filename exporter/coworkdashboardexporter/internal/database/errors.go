package database

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// An Error is a problem of a database. It wraps the error of the driver, which can quote
// data, so only its own text is for logs.
type Error struct {
	label   string
	problem error
	cause   error
}

// Error returns the database, the problem and the remedy.
func (e *Error) Error() string { return fmt.Sprintf("database: %s: %v", e.label, e.problem) }

// Unwrap returns the problem and the error of the driver.
func (e *Error) Unwrap() []error { return []error{e.problem, e.cause} }

// describe returns the problem and the remedy of an error of the database. It returns
// other errors as they are.
func describe(e engine, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*Error](err); ok {
		return err
	}
	if problem := problemOf(err); problem != nil {
		return &Error{e.label(), problem, err}
	}
	return err
}

// Sentence returns the text that the page shows for a failed commit, "" for none.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	problem := problemOf(err)
	if problem == nil {
		problem = remedy("failed")
	}
	return "The database " + problem.Error() + ". New events are not in the figures yet."
}

// isDamage reports whether a SQLite file is not, or no longer, a database.
func isDamage(err error) bool {
	const corrupt, notADatabase = 11, 26
	if failure, ok := errors.AsType[*sqlite.Error](err); ok {
		return failure.Code()&0xff == corrupt || failure.Code()&0xff == notADatabase
	}
	return errors.Is(err, errDamaged)
}

// isMissingTable reports whether a statement failed since its table does not exist.
func isMissingTable(err error) bool {
	if failure, ok := errors.AsType[*sqlite.Error](err); ok {
		return strings.Contains(failure.Error(), "no such table")
	}
	failure, ok := errors.AsType[*pgconn.PgError](err)
	return ok && failure.Code == "42P01"
}

// isTransient reports whether a transaction can succeed when it is repeated: after a
// conflict with another collector, and while the server restarts.
func isTransient(err error) bool {
	if _, ok := errors.AsType[*sqlite.Error](err); ok { // the driver has waited for locks
		return false
	}
	if failure, ok := errors.AsType[*pgconn.PgError](err); ok {
		known, _ := classOf(failure.Code)
		return known.transient
	}
	problem := connectionProblem(err)
	return problem == errLost || problem == errRefused
}

// fileProblem returns the error of a file with a remedy.
func fileProblem(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w: %w", errUnopenable, err)
	}
	if failure, ok := errors.AsType[*os.PathError](err); ok {
		return fmt.Errorf("%w: %w", remedy(failure.Err.Error()+" (set a file that the collector's user can create and write)"), err)
	}
	return err
}
