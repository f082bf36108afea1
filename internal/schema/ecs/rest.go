package ecs

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

func (w *writer) command() string { return cowork.CommandOf(w.Event) }
func (w *writer) file() string    { return cowork.FilePathOf(w.Event) }
func (w *writer) url() string     { return cowork.URLOf(w.Event) }

// rest writes the attributes without a field of ECS as cowork.NAME, with underscores for
// dots: a name is then never both a value and an object, which Elasticsearch rejects.
func (w *writer) rest() {
	attributes := []pcommon.Map{w.Record().Attributes()}
	if body := w.Record().Body(); body.Type() == pcommon.ValueTypeMap {
		if v, ok := body.Map().Get("attributes"); ok && v.Type() == pcommon.ValueTypeMap {
			attributes = append(attributes, v.Map())
		}
	}
	for _, m := range attributes {
		for key, value := range m.All() {
			if slices.Contains(w.used, key) || value.AsString() == "" {
				continue
			}
			if w.dst.Len() >= maxFields {
				w.truncated = true
				return
			}
			name := "cowork." + strings.ReplaceAll(strings.TrimPrefix(w.bounded(key), "cowork."), ".", "_")
			if _, ok := w.dst.Get(name); !ok {
				w.typed(name, key, value)
			}
		}
	}
}

// typed writes a value in the type that its attribute has in the schema of Cowork, text
// for one that is not known. A value that cannot be converted is not written: text in its
// place would change the type of the field.
func (w *writer) typed(name, key string, value pcommon.Value) {
	kind := cowork.String
	if attribute := cowork.AttributeOf(key); attribute != nil {
		kind = attribute.Type
	}
	switch kind {
	case cowork.Int:
		if n, ok := w.Int(key); ok {
			w.dst.PutInt(name, n)
		}
	case cowork.Double:
		if f, ok := w.Float(key); ok {
			w.dst.PutDouble(name, f)
		}
	case cowork.Bool:
		if b, ok := w.Bool(key); ok {
			w.dst.PutBool(name, b)
		}
	case cowork.Strings:
		w.list(w.dst.PutEmptySlice(name), value)
	default:
		w.put(name, value.AsString())
	}
}

// list writes the texts of a list; a value that is no list is one text.
func (w *writer) list(list pcommon.Slice, value pcommon.Value) {
	if value.Type() != pcommon.ValueTypeSlice {
		list.AppendEmpty().SetStr(w.bounded(value.AsString()))
		return
	}
	for i, element := range value.Slice().All() {
		if i == maxList {
			w.truncated = true
			return
		}
		list.AppendEmpty().SetStr(w.bounded(element.AsString()))
	}
}
