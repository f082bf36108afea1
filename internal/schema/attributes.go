package schema

import (
	"iter"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// MaxList is the number of texts of a list.
const MaxList = 64

// AttributesOf iterates over the attributes of a record, then those in its body, where the
// desktop app sends them. Those without a value are left out.
func AttributesOf(rec plog.LogRecord) iter.Seq2[string, pcommon.Value] {
	return func(yield func(string, pcommon.Value) bool) {
		for key, value := range rec.Attributes().All() {
			if hasValue(value) && !yield(key, value) {
				return
			}
		}
		body, ok := mapOf(rec.Body())
		if !ok {
			return
		}
		v, ok := body.Get("attributes")
		if !ok {
			return
		}
		if body, ok = mapOf(v); !ok {
			return
		}
		for key, value := range body.All() {
			if hasValue(value) && !yield(key, value) {
				return
			}
		}
	}
}

// mapOf returns a value's map. A map without content is the zero value, which must not be
// used.
func mapOf(v pcommon.Value) (pcommon.Map, bool) {
	if v.Type() != pcommon.ValueTypeMap {
		return pcommon.Map{}, false
	}
	return v.Map(), v.Map() != pcommon.Map{}
}

func hasValue(v pcommon.Value) bool {
	switch v.Type() {
	case pcommon.ValueTypeEmpty:
		return false
	case pcommon.ValueTypeStr:
		return v.Str() != ""
	case pcommon.ValueTypeMap:
		_, ok := mapOf(v)
		return ok
	default:
		return true
	}
}

// TypesOf returns the types of the names that a format gives to the attributes of the schema.
// An attribute that is not in the schema has the type of a name that it shares, and is
// otherwise a text: a name then has one type.
func TypesOf(nameOf func(attribute string) string) map[string]cowork.Type {
	types := map[string]cowork.Type{}
	for a := range cowork.Attributes() {
		types[nameOf(a.Name)] = a.Type
	}
	return types
}

// PutTyped writes an attribute under a name, in the type of the name. A value that cannot be
// converted is not written: text in its place would change the type.
func PutTyped(m pcommon.Map, name string, typ cowork.Type, e cowork.Event, key string, value pcommon.Value, b *Bounds) {
	switch typ {
	case cowork.Int:
		if n, ok := e.Int(key); ok {
			m.PutInt(name, n)
		}
	case cowork.Double:
		if f, ok := e.Float(key); ok {
			m.PutDouble(name, f)
		}
	case cowork.Bool:
		if v, ok := e.Bool(key); ok {
			m.PutBool(name, v)
		}
	case cowork.Strings:
		putList(m.PutEmptySlice(name), value, b)
	default:
		if text := b.Cut(value.AsString()); text != "" {
			m.PutStr(name, text)
		}
	}
}

// putList writes the texts of a list; a value that is no list is one text.
func putList(list pcommon.Slice, value pcommon.Value, b *Bounds) {
	if value.Type() != pcommon.ValueTypeSlice {
		list.AppendEmpty().SetStr(b.Cut(value.AsString()))
		return
	}
	for i, element := range value.Slice().All() {
		if i == MaxList {
			b.Truncated = true
			return
		}
		list.AppendEmpty().SetStr(b.Cut(element.AsString()))
	}
}
