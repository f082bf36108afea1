package store

import (
	"errors"
	"os"
	"time"

	"modernc.org/sqlite"

	"github.com/cowork-otel/collector/internal/setaside"
)

// isDamage reports whether an error of SQLite means that the file is not, or no longer, a
// database.
func isDamage(err error) bool {
	const corrupt, notADatabase = 11, 26
	if failure, ok := errors.AsType[*sqlite.Error](err); ok {
		return failure.Code()&0xff == corrupt || failure.Code()&0xff == notADatabase
	}
	return errors.Is(err, errDamaged)
}

// setDatabaseAside renames a database and the log of its latest commits, and returns the
// new name of the database.
func setDatabaseAside(path string) (string, error) {
	now := time.Now()
	aside, err := setaside.Rename(path, now)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		if _, err := setaside.Rename(path+"-wal", now); err != nil {
			return "", err
		}
	}
	_ = os.Remove(path + "-shm") // an index of the log
	return aside, nil
}

// SetAside returns the name of a damaged database that was set aside when the store was
// opened, "" if there was none.
func (s *Store) SetAside() string { return s.aside }
