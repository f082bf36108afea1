package ecs

import (
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/schema"
)

// rest writes the attributes without a field of ECS as cowork.NAME, with underscores for
// dots: a name is then never both a value and an object, which Elasticsearch rejects.
func (w *writer) rest() {
	for key, value := range schema.AttributesOf(w.Record()) {
		if slices.Contains(w.used, key) {
			continue
		}
		if w.dst.Len() >= maxFields {
			w.bounds.Truncated = true
			return
		}
		name := "cowork." + strings.ReplaceAll(strings.TrimPrefix(w.bounds.Cut(key), "cowork."), ".", "_")
		if _, ok := w.dst.Get(name); !ok {
			schema.PutTyped(w.dst, name, w.Event, key, value, &w.bounds)
		}
	}
}
