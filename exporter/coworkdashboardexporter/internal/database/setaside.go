package database

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/cowork-otel/collector/internal/setaside"
)

// The reasons to set a file aside.
const (
	reasonDamaged = "it is damaged"
	reasonEarlier = "it was written by an earlier version of this program, whose figures cannot be converted (coworkctl replay fills the new database from a file of events)"
)

// reasonToSetAside returns why the file is to be set aside, "" if it is not.
func reasonToSetAside(err error) string {
	switch {
	case err == nil, errors.Is(err, errForeign):
		return ""
	case errors.Is(err, errEarlier):
		return reasonEarlier
	case isDamage(err):
		return reasonDamaged
	}
	return ""
}

// setAside renames a database and the log of its latest commits, and returns the new name
// of the database.
func setAside(path, reason string, now time.Time) (aside string, err error) {
	rename := setaside.Rename
	if reason == reasonEarlier {
		rename = renameEarlier
	}
	if aside, err = rename(path, now); err != nil {
		return "", err
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		if _, err := rename(path+"-wal", now); err != nil {
			return "", err
		}
	}
	_ = os.Remove(path + "-shm") // an index of the log
	return aside, nil
}

// renameEarlier renames a file of the state before the first release. Such files are never
// deleted: they are whole.
func renameEarlier(path string, now time.Time) (string, error) {
	aside := path + ".version2-" + now.UTC().Format("20060102T150405.000")
	if err := os.Rename(path, aside); err != nil {
		return "", fmt.Errorf("%w (move it away)", errEarlier)
	}
	return aside, nil
}

// header begins every SQLite file.
const header = "SQLite format 3\x00"

// checkHeader rejects a file of another program. A file whose beginning is missing, or has
// only zeros or ones, as erased blocks of a disk have, is a damaged database.
func checkHeader(f *os.File) error {
	beginning := make([]byte, len(header))
	n, err := io.ReadFull(f, beginning)
	switch {
	case errors.Is(err, io.EOF): // empty
		return nil
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return fileProblem(err)
	case bytes.HasPrefix([]byte(header), beginning[:n]):
		return nil
	case bytes.Count(beginning[:n], []byte{0}) == n, bytes.Count(beginning[:n], []byte{0xff}) == n:
		return errDamaged
	}
	return errNoDatabase
}
