package audit

// This file holds legal holds, which prevent the deletion and the erasure of records.

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A Hold prevents that records of its selection are deleted or erased.
type Hold struct {
	Name string `json:"name"`
	Selection
}

// isName reports whether a hold or an erasure can have the name.
var isName = regexp.MustCompile(`^[a-z0-9-]{1,64}$`).MatchString

var errName = errors.New("the name is invalid (1 to 64 of a-z, 0-9 and -)")

func holdFile(name string) string { return "hold-" + name + ".json" }

// AddHold writes a hold to the folder.
func AddHold(dir string, h Hold) error {
	if !isName(h.Name) {
		return fmt.Errorf("hold: %w", errName)
	}
	text, _ := json.Marshal(h)
	return writeFile(dir, holdFile(h.Name), append(text, '\n'))
}

// RemoveHold removes a hold.
func RemoveHold(dir, name string) error {
	if !isName(name) {
		return fmt.Errorf("hold: %w", errName)
	}
	return errors.Join(os.Remove(filepath.Join(dir, holdFile(name))), syncDir(dir))
}

// Holds returns the holds of a folder. A damaged hold is an error, so that nothing is deleted.
func Holds(dir string) (holds []Hold, err error) {
	names, err := listNamed(dir, "hold-")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		var h Hold
		if err := json.Unmarshal(text, &h); err != nil {
			return nil, fmt.Errorf("%s: is no hold (write it again with coworkctl audit hold add)", name)
		}
		holds = append(holds, h)
	}
	return holds, nil
}

// listNamed returns the files of a folder that have a prefix and the ending of JSON, sorted.
func listNamed(dir, prefix string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) && strings.HasSuffix(e.Name(), ".json") {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// A heldSegment is the answer for a segment and a list of holds: its records are read once.
type heldSegment struct {
	segment uint64
	holds   Hash
	held    bool
}

// isHeld reports whether a closed segment has a record under a hold.
func (c *heldSegment) isHeld(dir string, m *Manifest, holds []Hold) (bool, error) {
	var ofPersons []Hold
	for _, h := range holds {
		switch {
		case !h.overlaps(m.FirstTime, m.LastTime):
		case !h.isOfPerson():
			return true, nil
		default:
			ofPersons = append(ofPersons, h)
		}
	}
	if len(ofPersons) == 0 {
		return false, nil
	}
	text, _ := json.Marshal(ofPersons)
	if c.segment == m.Segment && c.holds == hashOf(text) {
		return c.held, nil
	}
	held, err := hasHeldRecord(filepath.Join(dir, segmentName(m.Segment)), ofPersons)
	if err == nil {
		*c = heldSegment{m.Segment, hashOf(text), held}
	}
	return held, err
}

// hasHeldRecord reads a segment up to the first record under a hold.
func hasHeldRecord(path string, holds []Hold) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil // a killed writer has deleted it, and not its manifest
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	reader, buffer := bufio.NewReaderSize(f, 1<<16), []byte(nil)
	for {
		if buffer, err = readLine(reader, buffer); errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		for _, h := range holds {
			if !mayHave(buffer, h.Session) || !mayHave(buffer, h.User) {
				continue
			}
			r, err := parseRecord(buffer)
			if err != nil {
				return false, fmt.Errorf("%s: %w", filepath.Base(path), err)
			}
			if h.Selects(&r) {
				return true, nil
			}
		}
	}
}
