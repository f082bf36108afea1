package cowork

import "go.opentelemetry.io/collector/pdata/pcommon"

// Normalize brings an event's record into one form: the short name in EventName and
// event.name, every attribute of the schema in the type of the schema, and the time
// from event.timestamp where the record has none, or has the same in another unit than
// nanoseconds. Nothing else changes, and a value that does not read as its type remains
// unchanged. Normalizing twice changes nothing.
func Normalize(e Event) {
	normalizeName(e)
	NormalizeAttributes(e.rec.Attributes())
	if attributes, ok := bodyAttributes(e.rec); ok {
		NormalizeAttributes(attributes) // the desktop app's stream
	}
	if ts := e.rec.Timestamp(); ts == 0 || ts < nanosecondsFrom {
		if v, ok := e.Value(eventTimestamp); ok {
			if t, ok := asTime(v); ok && (ts == 0 || isOtherUnit(ts, t)) {
				e.rec.SetTimestamp(t)
			}
		}
	}
}

// NormalizeAttributes converts attributes to the types of the schema. It removes a
// number, a boolean or a time that is empty or "undefined", which would give its field
// two types in a backend.
func NormalizeAttributes(attributes pcommon.Map) {
	attributes.RemoveIf(func(key string, v pcommon.Value) bool {
		attr := AttributeOf(key)
		if attr == nil || key == eventName { // a value of another type is no name of an event
			return false
		}
		rule := &typeRules[attr.Type]
		if !present(v) {
			return rule.removeAbsent
		}
		rule.convert(attr, v)
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

// isOwn reports whether the event is of a kind that this collector emits itself.
func isOwn(e Event) bool {
	kind := e.Kind()
	return kind != nil && kind.Own
}
