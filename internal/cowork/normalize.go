package cowork

import "go.opentelemetry.io/collector/pdata/pcommon"

// Normalize brings an event's record into one form: the short name in EventName
// and event.name, measures as ints and doubles and booleans as booleans wherever
// the schema has the type and the value reads as one, and the time from
// event.timestamp where the record has none. Nothing else changes, and a value that
// does not read remains unchanged. Normalizing twice changes nothing.
func Normalize(e Event) {
	normalizeName(e)
	normalizeValues(e.rec.Attributes())
	if attributes, ok := bodyAttributes(e.rec); ok {
		normalizeValues(attributes) // the desktop app's stream
	}
	if e.rec.Timestamp() == 0 {
		if v, ok := e.Value(eventTimestamp); ok {
			if t, ok := parseTime(v.Str()); ok {
				e.rec.SetTimestamp(t)
			}
		}
	}
}

// normalizeValues converts attributes to the types of the schema.
func normalizeValues(attributes pcommon.Map) {
	attributes.RemoveIf(func(key string, v pcommon.Value) bool {
		attr := AttributeOf(key)
		if attr == nil || int(attr.Type) >= len(coercions) || coercions[attr.Type] == nil {
			return false
		}
		if !present(v) {
			return true // a number that is "undefined" would give its field two types in a backend
		}
		coercions[attr.Type](v)
		return false
	})
}

// normalizeName writes the event's name to EventName and event.name. The collector's
// own kinds keep their full names, which distinguish them from a client's.
func normalizeName(e Event) {
	name := e.Name()
	if name == "" || isOwn(e) {
		return
	}
	if e.rec.EventName() != name {
		e.rec.SetEventName(name)
	}
	if v, ok := e.rec.Attributes().Get(eventName); !ok || v.Type() != pcommon.ValueTypeStr || v.Str() != name {
		e.rec.Attributes().PutStr(eventName, name)
	}
}

// coercions convert a value to a type, if it reads as one.
var coercions = [...]func(pcommon.Value){
	Int: func(v pcommon.Value) {
		if n, ok := asInt(v); ok && v.Type() != pcommon.ValueTypeInt {
			v.SetInt(n)
		}
	},
	Double: func(v pcommon.Value) {
		if f, ok := asFloat(v); ok && v.Type() != pcommon.ValueTypeDouble {
			v.SetDouble(f)
		}
	},
	Bool: func(v pcommon.Value) {
		if b, ok := asBool(v); ok && v.Type() != pcommon.ValueTypeBool {
			v.SetBool(b)
		}
	},
}

// isOwn reports whether the event is of a kind that this collector emits itself.
func isOwn(e Event) bool {
	kind := e.Kind()
	return kind != nil && kind.Own
}
