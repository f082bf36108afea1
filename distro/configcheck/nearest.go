package configcheck

import (
	"fmt"
	"strings"
)

// suggest returns a hint for an unknown name: the nearest known one, or all if they are few.
func suggest(name string, known []string) string {
	if near := nearest(name, known); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	if len(known) == 0 {
		return ""
	}
	const most = 30
	if len(known) > most {
		return fmt.Sprintf(" (must be of %s, and %d more)", strings.Join(known[:most], ", "), len(known)-most)
	}
	return fmt.Sprintf(" (must be of %s)", strings.Join(known, ", "))
}

// nearest returns the known name with the fewest edits to a name, or "" if none is close.
func nearest(name string, known []string) string {
	best, limit := "", max(2, len(name)/3)
	for _, k := range known {
		if d := distance(strings.ToLower(name), strings.ToLower(k)); d <= limit && d < len(k) {
			best, limit = k, d-1
		}
	}
	return best
}

// maxName bounds the length of names that are compared.
const maxName = 64

// distance returns the edits between two names: insertions, deletions, replacements and
// exchanges of neighbours.
func distance(a, b string) int {
	if len(a) > maxName || len(b) > maxName {
		return maxName
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
