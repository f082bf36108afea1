package coworktracesconnector

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A boundedMap writes the attributes of a span within the bounds of bounds.go. The first
// value of a key is kept.
type boundedMap struct {
	pcommon.Map
	counts *batchCounts
}

// hasRoom reports whether an attribute with this key can be added.
func (a boundedMap) hasRoom(key string) bool {
	if _, ok := a.Get(key); ok {
		return false
	}
	if a.Len() >= maxAttributes {
		a.counts.cut[limitCount]++
		return false
	}
	return true
}

// putString sets an attribute to a text, unless it is empty.
func (a boundedMap) putString(key, value string) {
	if value == "" || !a.hasRoom(key) {
		return
	}
	if len(value) > maxValueBytes {
		a.counts.cut[limitBytes]++
		value = clip(value, maxValueBytes)
	}
	a.PutStr(key, value)
}

// putInt sets an attribute to a number.
func (a boundedMap) putInt(key string, value int64) {
	if a.hasRoom(key) {
		a.PutInt(key, value)
	}
}

// putValue sets an attribute to a record's value. A text that is too long is cut, any
// other value that is too large is dropped.
func (a boundedMap) putValue(key string, value pcommon.Value) {
	switch {
	case value.Type() == pcommon.ValueTypeStr:
		a.putString(key, value.Str())
	case value.Type() == pcommon.ValueTypeEmpty || !a.hasRoom(key):
	case room(value, maxValueBytes, maxDepth) < 0:
		a.counts.cut[limitBytes]++
	default:
		value.CopyTo(a.PutEmpty(key))
	}
}

// copyRecord copies the attributes of a record, except those that repeat the resource, as
// clients do on every record.
func (a boundedMap) copyRecord(ev cowork.Event, content bool) {
	res := ev.Resource().Attributes()
	for key, value := range ev.Record().Attributes().All() {
		if !content && isContent(key) || isRepeated(res, key, value) {
			continue
		}
		if len(key) > maxKeyBytes {
			a.counts.cut[limitBytes]++
			continue
		}
		a.putValue(key, value)
	}
}

// isContent reports whether an attribute may hold free text. An attribute that the schema
// lacks may.
func isContent(key string) bool {
	attr := cowork.AttributeOf(key)
	return attr == nil || attr.Class == cowork.Content
}

func isRepeated(res pcommon.Map, key string, value pcommon.Value) bool {
	v, ok := res.Get(key)
	return ok && v.Equal(value)
}
