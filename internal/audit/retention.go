package audit

// This file holds the deletion of old segments.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// changeLock is locked while closed segments are deleted or erased.
const changeLock = "change.lock"

// deleteOld deletes closed segments beyond the retention, the oldest first. Before a segment is
// deleted, a signed manifest records it as deleted.
func (w *Writer) deleteOld(now time.Time) (deleted int, err error) {
	if w.set.Retention <= 0 {
		return 0, nil
	}
	_, manifests, err := listSegments(w.set.Dir)
	if err != nil {
		return 0, err
	}
	for _, n := range manifests {
		isDeleted, err := w.deleteIfOld(n, now)
		if err != nil || !isDeleted {
			return deleted, err
		}
		deleted++
	}
	return deleted, nil
}

// deleteIfOld deletes a segment beyond the retention without a hold, unless an erasure is
// running. The last closed segment is kept: the chain continues from it.
func (w *Writer) deleteIfOld(n uint64, now time.Time) (isDeleted bool, err error) {
	text, err := os.ReadFile(filepath.Join(w.set.Dir, manifestName(n)))
	if err != nil {
		return false, err
	}
	m, err := parseSigned[*Manifest](text, nil)
	if err != nil {
		return false, fmt.Errorf("%s: %w", manifestName(n), err)
	}
	if n+1 >= w.cur.Segment || now.Sub(m.LastTime) < w.set.Retention || now.Sub(m.Closed) < w.set.Retention {
		return false, nil
	}
	lock, err := lockFile(filepath.Join(w.set.Dir, changeLock))
	if errors.Is(err, errLocked) {
		return false, nil // the next tick tries again
	}
	if err != nil {
		return false, err
	}
	defer lock.Close()
	holds, err := Holds(w.set.Dir)
	if err != nil {
		return false, err
	}
	if held, err := w.held.isHeld(w.set.Dir, &m, holds); err != nil || held {
		return false, err
	}
	m.Deleted, m.Closed = true, now.UTC()
	m.PrevManifest = hashOf(text) // of the manifest that it replaces
	if err := writeFile(w.set.Dir, startName, encodeSigned(&m, w.set.Key)); err != nil {
		return false, err
	}
	if err := os.Remove(filepath.Join(w.set.Dir, segmentName(m.Segment))); err != nil && !errors.Is(err, os.ErrNotExist) {
		return false, err
	}
	return true, os.Remove(filepath.Join(w.set.Dir, manifestName(m.Segment)))
}
