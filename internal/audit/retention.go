package audit

// This file holds the deletion of old segments, and the legal holds that prevent it.

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Hold prevents the deletion of the segments of a time range. A zero time is no limit.
type Hold struct {
	Name string    `json:"name"`
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

var isHoldName = regexp.MustCompile(`^[a-z0-9-]{1,64}$`).MatchString

func holdFile(name string) string { return "hold-" + name + ".json" }

// AddHold writes a hold to the folder.
func AddHold(dir string, h Hold) error {
	if !isHoldName(h.Name) {
		return errors.New("hold: the name is invalid (1 to 64 of a-z, 0-9 and -)")
	}
	text, _ := json.Marshal(h)
	return writeFile(dir, holdFile(h.Name), append(text, '\n'))
}

// RemoveHold removes a hold.
func RemoveHold(dir, name string) error {
	if !isHoldName(name) {
		return errors.New("hold: the name is invalid (1 to 64 of a-z, 0-9 and -)")
	}
	return errors.Join(os.Remove(filepath.Join(dir, holdFile(name))), syncDir(dir))
}

// Holds returns the holds of a folder. A damaged hold is an error, so that nothing is deleted.
func Holds(dir string) (holds []Hold, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "hold-") || !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		var h Hold
		if err := json.Unmarshal(text, &h); err != nil {
			return nil, fmt.Errorf("%s: is no hold (write it again with coworkctl audit hold add)", e.Name())
		}
		holds = append(holds, h)
	}
	return holds, nil
}

func (h Hold) covers(m *Manifest) bool {
	return (h.From.IsZero() || !m.LastTime.Before(h.From)) && (h.To.IsZero() || !m.FirstTime.After(h.To))
}

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
	holds, err := Holds(w.set.Dir)
	if err != nil {
		return 0, err
	}
	for _, n := range manifests {
		text, err := os.ReadFile(filepath.Join(w.set.Dir, manifestName(n)))
		if err != nil {
			return deleted, err
		}
		m, err := parseManifest(text, nil)
		if err != nil {
			return deleted, fmt.Errorf("%s: %w", manifestName(n), err)
		}
		held := slices.ContainsFunc(holds, func(h Hold) bool { return h.covers(&m) })
		if held || n+1 >= w.cur.Segment || now.Sub(m.LastTime) < w.set.Retention || now.Sub(m.Closed) < w.set.Retention {
			return deleted, nil // the last closed segment is kept: the chain continues from it
		}
		if err := w.deleteSegment(&m, now); err != nil {
			return deleted, err
		}
		deleted++
	}
	return deleted, nil
}

func (w *Writer) deleteSegment(m *Manifest, now time.Time) error {
	text, err := os.ReadFile(filepath.Join(w.set.Dir, manifestName(m.Segment)))
	if err != nil {
		return err
	}
	m.Deleted, m.Closed = true, now.UTC()
	m.PrevManifest = hashOf(text) // of the manifest that it replaces
	if err := writeFile(w.set.Dir, startName, m.encode(w.set.Key)); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(w.set.Dir, segmentName(m.Segment))); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Remove(filepath.Join(w.set.Dir, manifestName(m.Segment)))
}
