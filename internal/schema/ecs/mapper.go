// Package ecs writes events under the names and types of the Elastic Common Schema.
//
//  1. mapper.go has the order in which an event is written, and the bounds.
//  2. kind.go has the table of categories and types by kind and by tool.
//  3. field.go has the table of fields.
//  4. threat.go writes the techniques of an alert.
//  5. rest.go writes what the table has no field for.
package ecs

import (
	"math"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// Version is the version of the schema.
const Version = "9.4.0"

// The bounds of an event. Lucene takes at most 32,766 bytes of a term.
const (
	maxText   = 32_000
	maxFields = 192
)

// A Mapper writes fields of ECS. The zero value is usable, and safe for concurrent use.
type Mapper struct{}

// Map writes the fields of an event into dst, and reports whether a bound has cut
// something.
func (Mapper) Map(dst pcommon.Map, e cowork.Event) (truncated bool) {
	w := writer{Event: e, kind: e.Name(), dst: dst, used: make([]string, 0, 48), bounds: schema.Bounds{MaxText: maxText, Left: math.MaxInt}}
	dst.EnsureCapacity(48)
	w.classify()
	for _, f := range fields {
		w.field(f)
	}
	writeTechniques(&w)
	w.rest()
	return w.bounds.Truncated
}

// A writer is an event while it is written.
type writer struct {
	cowork.Event
	kind string
	dst  pcommon.Map
	// used are the attributes that have a field of ECS.
	used   []string
	bounds schema.Bounds
}

// attribute returns an attribute as text, "" for one that is absent or was replaced by a
// marker of redaction.
func (w *writer) attribute(key string) string { return schema.TextOf(w.Event, key) }

// put writes a text. An empty one is not written.
func (w *writer) put(field, text string) {
	if text = w.bounds.Cut(text); text != "" {
		w.dst.PutStr(field, text)
	}
}

// putAll writes a list of texts.
func (w *writer) putAll(field string, texts ...string) {
	list := w.dst.PutEmptySlice(field)
	for _, text := range texts {
		list.AppendEmpty().SetStr(text)
	}
}
