package configcheck

import (
	"fmt"
	"strings"

	"github.com/cowork-otel/collector/internal/nearest"
)

// suggest returns a hint for an unknown name: the nearest known one, or all if they are few.
func suggest(name string, known []string) string {
	if near := nearestTo(name, known); near != "" {
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

// nearestTo returns the known name with the fewest edits to a name, or "" if none is close.
func nearestTo(name string, known []string) string {
	best, limit := "", max(2, len(name)/3)
	for _, k := range known {
		if d := nearest.Distance(strings.ToLower(name), strings.ToLower(k)); d <= limit && d < len(k) {
			best, limit = k, d-1
		}
	}
	return best
}
