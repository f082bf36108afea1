package ecs

import (
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// ownTypes are the types of the names of attributes without a field of ECS.
var ownTypes = schema.TypesOf(ownName)

// rest writes what a call of a tool does, for rules, and the attributes without a field of ECS as cowork.NAME, with underscores for
// dots: a name is then never both a value and an object, which Elasticsearch rejects.
func (w *writer) rest() {
	w.put("cowork.file_read", cowork.FileReadOf(w.Event))
	w.put("cowork.file_written", cowork.FileWrittenOf(w.Event))
	w.put("cowork.connector_tool", cowork.ConnectorToolOf(w.Event))
	w.put("cowork.connector", schema.DimensionOf(w.Event, w.kind, "connector"))
	for key, value := range schema.AttributesOf(w.Record()) {
		if slices.Contains(w.used, key) {
			continue
		}
		if w.dst.Len() >= maxFields {
			w.bounds.Truncated = true
			return
		}
		name := ownName(w.bounds.Cut(key))
		if _, ok := w.dst.Get(name); !ok {
			schema.PutTyped(w.dst, name, ownTypes[name], w.Event, key, value, &w.bounds)
		}
	}
}

// ownName returns the name of an attribute without a field of ECS.
func ownName(attribute string) string {
	return "cowork." + strings.ReplaceAll(strings.TrimPrefix(attribute, "cowork."), ".", "_")
}
