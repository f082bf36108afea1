package ecs

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
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

// FieldOf returns the field that has the value of an attribute, "" if a field has it in another
// type, such as the text error.code for a status.
func FieldOf(attribute string) string {
	if attribute == "event.name" {
		return "event.action"
	}
	a := cowork.AttributeOf(attribute)
	for _, f := range fields {
		if !slices.Contains(f.attributes, attribute) || f.unit > 1 || len(f.kinds) > 0 {
			continue
		}
		if f.unit == 0 && a != nil && a.Type != cowork.String {
			return ""
		}
		return f.name
	}
	return ownName(attribute)
}
