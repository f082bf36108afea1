package database

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"modernc.org/sqlite"
)

// A remedy is a problem of the database, and in brackets what to do. It follows the name
// of the database in a sentence.
type remedy string

// Error returns the problem.
func (r remedy) Error() string { return string(r) }

const (
	errDamaged    = remedy("is damaged (move it away to start a new one, or restore a backup)")
	errEarlier    = remedy("was written by an earlier version of this program and cannot be set aside")
	errForeign    = remedy("is a database of another program (set another file)")
	errNoDatabase = remedy("is not a SQLite database (move the file away, or set another path)")
	errLocked     = remedy("is locked by another process (give each collector a file of its own)")
	errUnopenable = remedy("cannot be opened (its file and folder must be readable and writable for the collector's user)")
	errTimeout    = remedy("does not answer in time (check its load and its disk)")
)

// sqliteProblems are SQLite's errors with a remedy.
var sqliteProblems = map[int]remedy{
	5:  errLocked,
	6:  errLocked,
	8:  "cannot be written (its file and folder must be writable for the collector's user)",
	10: "cannot be read or written (check the disk)",
	11: errDamaged,
	13: "has no space left (the disk is full; new figures stay in memory for a while)",
	14: errUnopenable,
	26: errNoDatabase,
}

// An Error is a problem of a database. It wraps the error of the driver, which can quote
// data, so only its own text is for logs.
type Error struct {
	label   string
	problem error
	cause   error
}

// Error returns the database, the problem and the remedy.
func (e *Error) Error() string { return fmt.Sprintf("database: %s: %v", e.label, e.problem) }

// Unwrap returns the error of the driver.
func (e *Error) Unwrap() error { return e.cause }

// describe returns the problem and the remedy of an error of the database. It returns
// other errors as they are.
func describe(e engine, err error) error {
	if err == nil || errors.As(err, new(*Error)) {
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
	if errors.Is(err, context.DeadlineExceeded) {
		return errTimeout
	}
	return nil
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
	failure, ok := errors.AsType[*sqlite.Error](err)
	return ok && failure.Code() == 1 && strings.Contains(failure.Error(), "no such table")
}

// isTransient reports whether a transaction can succeed when it is repeated.
func isTransient(error) bool { return false }

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
