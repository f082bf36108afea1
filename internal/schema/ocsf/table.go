package ocsf

import (
	"fmt"
	"maps"
	"slices"
)

// Table returns the lines of two tables in Markdown: the class and the activity of each
// kind of event, and of each tool. The README of the processor has them.
func Table() (kinds, tools []string) { return lines(kindTable), lines(toolTable) }

func lines(table map[string]row) (list []string) {
	for _, name := range slices.Sorted(maps.Keys(table)) {
		r := table[name]
		what := r.activity
		if what == "" {
			what = "by its action"
		}
		if r.class.of(what).id == otherID && r.activity != "" {
			what += " (99)"
		}
		list = append(list, fmt.Sprintf("| `%s` | %s (%d) | %s |", name, r.class.name, r.class.uid, what))
	}
	return list
}
