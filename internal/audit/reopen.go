package audit

// This file holds how the writer opens its segment and replaces its files, in a folder that
// other programs can change.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// ErrRemoved is the error of a folder whose segment, or all of it, was removed or replaced while
// the writer had it open. A new [Open] finds what is left.
var ErrRemoved = errors.New("was removed or replaced while it is written")

func openSegment(path string) (segmentFile, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
}

// reopen opens the segment if it is not open, and cuts what a failed write left. It checks that
// the file of the folder is still the one that was opened: records that are written to a removed
// file are lost.
func (w *Writer) reopen() error {
	name := segmentName(w.cur.Segment)
	path := filepath.Join(w.set.Dir, name)
	if w.file != nil {
		if info, err := os.Stat(path); err != nil || !os.SameFile(info, w.opened) {
			return removed(name, err)
		}
		return nil
	}
	if err := w.checkFolder(name); err != nil {
		return err
	}
	f, err := w.open(path)
	if err != nil {
		return removed(name, err)
	}
	info, err := os.Stat(path)
	if err = errors.Join(err, f.Truncate(w.size), syncDir(w.set.Dir)); err != nil {
		return errors.Join(err, f.Close())
	}
	w.file, w.opened = f, info
	return nil
}

// removed returns ErrRemoved for a file that is not there or is another one, and any other error
// as it is.
func removed(name string, err error) error {
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return fmt.Errorf("%s: %w", name, ErrRemoved)
}

// checkFolder checks that the folder has what the writer has written before the segment, or the
// part of it that was acknowledged.
func (w *Writer) checkFolder(name string) error {
	if w.size > 0 {
		info, err := os.Stat(filepath.Join(w.set.Dir, name))
		if err != nil || info.Size() < w.size {
			return removed(name, err)
		}
		return nil
	}
	if w.cur.Segment == 1 {
		return nil
	}
	// The retention keeps the last closed segment.
	before := manifestName(w.cur.Segment - 1)
	if _, err := os.Stat(filepath.Join(w.set.Dir, before)); err != nil {
		return removed(before, err)
	}
	return nil
}

// maxRetries is how often a replacement is tried again. It takes a quarter of a second.
const maxRetries = 8

// renameFile replaces a file. It tries again while another program has it open.
func (w *Writer) renameFile(from, to string) error {
	for wait := time.Millisecond; ; wait *= 2 {
		err := w.rename(from, to)
		if err == nil || w.set.Wait == nil || !w.isInUse(err) || wait >= time.Millisecond<<maxRetries {
			return err
		}
		w.Retries++
		w.set.Wait(wait)
	}
}
