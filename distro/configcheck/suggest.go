package configcheck

import (
	"fmt"
	"strings"

	"github.com/cowork-otel/collector/internal/nearest"
)

// suggest returns a hint for an unknown name: the nearest known one, or all if they are few.
func suggest(name string, known []string) string {
	if near := nearest.Name(name, known); near != "" {
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
