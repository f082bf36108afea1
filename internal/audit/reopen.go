package audit

// This file holds how the writer opens its segment and replaces its files, in a folder that
// other programs can change.

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// ErrRemoved is the error of a folder whose segment, or all of it, was removed or replaced while
// the writer had it open. A new [Open] finds what is left.
var ErrRemoved = errors.New("was removed or replaced while it is written")

// A segmentFile is an open segment. Tests replace it.
type segmentFile interface {
	io.Writer
	Sync() error
	Truncate(size int64) error
	Close() error
}

func openSegment(path string) (segmentFile, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
}

// An openFile is the file of the open segment.
type openFile struct {
	open func(path string) (segmentFile, error)
	file segmentFile // nil after an error that left the file in an unknown state
	info os.FileInfo // of file
	size int64       // of the acknowledged part of the file
}

// reopen opens the segment if it is not open, and cuts what a failed write left. It checks that
// the file of the folder is still the one that was opened: records that are written to a removed
// file are lost.
func (o *openFile) reopen(dir string, m *Manifest) error {
	name := segmentName(m.Segment)
	path := filepath.Join(dir, name)
	if o.file != nil {
		if info, err := os.Stat(path); err != nil || !os.SameFile(info, o.info) {
			return removed(name, err)
		}
		return nil
	}
	if err := o.checkFolder(dir, m); err != nil {
		return err
	}
	f, err := o.open(path)
	if err != nil {
		return removed(name, err)
	}
	info, err := os.Stat(path)
	if err = errors.Join(err, f.Truncate(o.size), syncDir(dir)); err != nil {
		return errors.Join(err, f.Close())
	}
	o.file, o.info = f, info
	return nil
}

// undo removes what a failed write left, or closes the file, for the next call to open it.
func (o *openFile) undo(err error) error {
	if truncated := o.file.Truncate(o.size); truncated != nil {
		_ = o.file.Close()
		o.file = nil
	}
	return err
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
func (o *openFile) checkFolder(dir string, m *Manifest) error {
	if o.size > 0 {
		name := segmentName(m.Segment)
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Size() < o.size {
			return removed(name, err)
		}
		return nil
	}
	if m.Segment == 1 {
		return nil
	}
	// The retention keeps the last closed segment.
	before := manifestName(m.Segment - 1)
	if _, err := os.Stat(filepath.Join(dir, before)); err != nil {
		return removed(before, err)
	}
	return nil
}

// maxRetries is how often a replacement is tried again. It takes a quarter of a second.
const maxRetries = 8

// A replacer replaces files that other programs can have open.
type replacer struct {
	wait    func(time.Duration) // nil: nothing is tried again
	rename  func(from, to string) error
	isInUse func(error) bool
	// Retries is how often a file was tried again that another program had open.
	Retries int64
}

// renameFile replaces a file. It tries again while another program has it open.
func (r *replacer) renameFile(from, to string) error {
	for wait := time.Millisecond; ; wait *= 2 {
		err := r.rename(from, to)
		if err == nil || r.wait == nil || !r.isInUse(err) || wait >= time.Millisecond<<maxRetries {
			return err
		}
		r.Retries++
		r.wait(wait)
	}
}
