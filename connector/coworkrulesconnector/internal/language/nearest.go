package language

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/nearest"
)

// maxNearest bounds the suggestions for a mistyped name.
const maxNearest = 3

// didYouMean returns a question with the names that are nearest to a mistyped one, "" if
// none is near: those with the smallest distance, or else those that begin or end with it.
func didYouMean(typed string, names []string) string {
	want := letters(typed)
	least := 1 + len(want)/3
	var near, extended []string
	for _, name := range names {
		have := letters(name)
		switch d := nearest.Distance(want, have); {
		case d < least:
			near, least = []string{name}, d
		case d == least && len(near) > 0:
			near = append(near, name)
		case want != "" && (strings.HasPrefix(have, want) || strings.HasSuffix(have, want)):
			extended = append(extended, name)
		}
	}
	if len(near) == 0 {
		near = extended
	}
	if len(near) == 0 {
		return ""
	}
	slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	return " (did you mean " + strings.Join(near[:min(len(near), maxNearest)], " or ") + "?)"
}

// letters returns a name without the characters that join its words.
func letters(s string) string {
	return strings.NewReplacer(".", "", "_", "", "-", "").Replace(strings.ToLower(s))
}
