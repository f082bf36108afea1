package ecs

import (
	"fmt"
	"maps"
	"slices"
)

// classified are the fields that every event can have: what it is, and its outcome.
var classified = []string{
	"ecs.version", "event.kind", "event.category", "event.type", "event.module", "event.dataset", "event.action",
	"event.id", "event.outcome",
}

// Fields returns the names of all fields of ECS that an event can have, sorted. The README
// of the processor has them.
func Fields() []string {
	names := append(slices.Clone(classified), frameworkField, techniqueField, subTechniqueField)
	for _, f := range fields {
		names = append(names, f.name)
	}
	slices.Sort(names)
	return names
}

// Table returns the lines of two tables in Markdown: the category and the type of each kind
// of event, and of the result of each tool. The README of the processor has them.
func Table() (kindLines, toolLines []string) { return lines(kinds), lines(tools) }

func lines(table map[string]class) (list []string) {
	for _, name := range slices.Sorted(maps.Keys(table)) {
		list = append(list, fmt.Sprintf("| `%s` | %s | %s |", name, table[name].category, table[name].typ))
	}
	return list
}
