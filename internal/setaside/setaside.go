// Package setaside renames damaged files, so that their owner can start with new ones.
package setaside

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Kept is how many damaged files of one name are kept. Older ones are deleted.
const Kept = 3

const infix = ".damaged-"

// Rename renames a file to NAME.damaged-TIME and returns the new path. It deletes the
// oldest damaged files of the name beyond [Kept].
func Rename(path string, now time.Time) (string, error) {
	aside := path + infix + now.UTC().Format("20060102T150405.000")
	if err := os.Rename(path, aside); err != nil {
		return "", fmt.Errorf("%s: is damaged, and cannot be renamed (move it away): %w", path, err)
	}
	folder := filepath.Dir(path)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return aside, nil // the rename is what counts
	}
	var damaged []string // in the order of their time
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), filepath.Base(path)+infix) {
			damaged = append(damaged, filepath.Join(folder, entry.Name()))
		}
	}
	slices.Sort(damaged)
	for len(damaged) > Kept {
		_ = os.Remove(damaged[0])
		damaged = damaged[1:]
	}
	return aside, nil
}

// Is reports whether a file name is that of a damaged file.
func Is(name string) bool { return strings.Contains(name, infix) }
