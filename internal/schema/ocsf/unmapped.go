package ocsf

import (
	"iter"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// fillUnmapped writes the attributes of the record that the document has nowhere else, also
// those in its body, where the desktop app sends them. A value has the type of its
// attribute in the schema of Cowork's events, and is text if the attribute is not known, so
// that a path has one type.
func fillUnmapped(d *document) {
	var m pcommon.Map
	for key, value := range attributesOf(d.Record()) {
		if slices.Contains(d.used, key) || isEmpty(value) {
			continue
		}
		if m == (pcommon.Map{}) {
			m = d.root.PutEmptyMap("unmapped")
		}
		if m.Len() >= maxUnmapped || d.left == 0 {
			d.truncated = true
			break
		}
		name := strings.ReplaceAll(d.bounded(key), ".", "_")
		if _, ok := m.Get(name); !ok && name != "" {
			putTyped(d, m, name, key, value)
		}
	}
}

// attributesOf iterates over the attributes of a record, then those in its body.
func attributesOf(rec plog.LogRecord) iter.Seq2[string, pcommon.Value] {
	return func(yield func(string, pcommon.Value) bool) {
		for key, value := range rec.Attributes().All() {
			if !yield(key, value) {
				return
			}
		}
		if rec.Body().Type() != pcommon.ValueTypeMap || rec.Body().Map() == (pcommon.Map{}) {
			return
		}
		v, ok := rec.Body().Map().Get("attributes")
		if !ok || v.Type() != pcommon.ValueTypeMap || v.Map() == (pcommon.Map{}) {
			return
		}
		for key, value := range v.Map().All() {
			if !yield(key, value) {
				return
			}
		}
	}
}

func isEmpty(v pcommon.Value) bool {
	switch v.Type() {
	case pcommon.ValueTypeEmpty:
		return true
	case pcommon.ValueTypeStr:
		return v.Str() == ""
	default:
		return false
	}
}

// putTyped writes a value under the type of its attribute. A value that cannot be
// converted is not written: text in its place would change the type of the path.
func putTyped(d *document, m pcommon.Map, name, key string, value pcommon.Value) {
	kind := cowork.String
	if attribute := cowork.AttributeOf(key); attribute != nil {
		kind = attribute.Type
	}
	switch kind {
	case cowork.Int:
		if n, ok := d.Int(key); ok {
			m.PutInt(name, n)
		}
	case cowork.Double:
		if f, ok := d.Float(key); ok {
			m.PutDouble(name, f)
		}
	case cowork.Bool:
		if b, ok := d.Bool(key); ok {
			m.PutBool(name, b)
		}
	case cowork.Strings:
		putList(d, m.PutEmptySlice(name), value)
	default:
		d.put(m, name, value.AsString())
	}
}

// putList writes the texts of a list; a value that is no list is one text.
func putList(d *document, list pcommon.Slice, value pcommon.Value) {
	if value.Type() != pcommon.ValueTypeSlice {
		list.AppendEmpty().SetStr(d.bounded(value.AsString()))
		return
	}
	for i, element := range value.Slice().All() {
		if i == maxList {
			d.truncated = true
			return
		}
		list.AppendEmpty().SetStr(d.bounded(element.AsString()))
	}
}
