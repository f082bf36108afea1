package audit

// This file holds the verification of a folder from which the retention deletes segments, also
// while it is verified.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// readStart reads the manifest of deleted segments. It returns nil if none was deleted.
func (v *verifier) readStart() (*Manifest, error) {
	text, err := os.ReadFile(filepath.Join(v.dir, startName))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m, err := parseSigned[*Manifest](text, v.opt.Keys)
	if err != nil {
		return nil, &Fault{File: startName, Text: err.Error()}
	}
	if !m.Deleted {
		return nil, &Fault{File: startName, Text: "is no manifest of a deletion"}
	}
	return &m, nil
}

// continueAtStart expects the segment after the deleted ones.
func (v *verifier) continueAtStart() {
	m := v.start
	if m == nil {
		return
	}
	v.sum.DeletedTo = m.LastSeq
	v.cur = Manifest{Segment: m.Segment + 1, FirstSeq: m.LastSeq + 1, LastSeq: m.LastSeq, FirstPrev: m.LastHash, LastHash: m.LastHash, PrevManifest: m.PrevManifest}
}

// skipDeleted continues after the segments that the retention has deleted since the start was
// read, and reports whether there are some. The verification is then one that has begun later:
// records of deleted segments are no longer counted.
func (v *verifier) skipDeleted() (bool, error) {
	start, err := v.readStart()
	if err != nil || start == nil || start.Segment < v.cur.Segment {
		return false, err
	}
	v.start, v.manifests, v.signers = start, nil, signers{}
	v.sum = Summary{Keys: v.sum.Keys}
	v.continueAtStart()
	if v.onDeleted != nil {
		return true, v.onDeleted()
	}
	return true, nil
}

// checkDeleted checks that no deleted segment was put back. A killed writer leaves the newest
// of them: its manifest is removed last.
func (v *verifier) checkDeleted(segments, manifests []uint64) error {
	for _, n := range slices.Concat(segments, manifests) {
		if n >= v.cur.Segment {
			continue
		}
		text, err := os.ReadFile(filepath.Join(v.dir, manifestName(n)))
		if err == nil && hashOf(text) == v.cur.PrevManifest {
			continue
		}
		for _, name := range []string{segmentName(n), manifestName(n)} {
			// The writer can have deleted it since the folder was listed.
			if _, err := os.Stat(filepath.Join(v.dir, name)); err == nil {
				return &Fault{File: name, Text: fmt.Sprintf("was put back: records up to %d were deleted by the retention", v.sum.DeletedTo)}
			}
		}
	}
	return nil
}
