package cowork

// This file holds an event's view of its record: the attributes, and what is read from
// more than one place.

import (
	"iter"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// The attributes that clients write an event's name and time into.
const (
	eventName      = "event.name"
	eventTimestamp = "event.timestamp"
)

// The scopes of the senders.
const (
	eventsScope  = "com.anthropic.claude_code.events"
	desktopScope = "claude-desktop.events"
	clientScope  = "com.anthropic.claude_code"
)

// An Event is a view of a log record as an event of Cowork: a small value without a
// copy of the record. Changes of the record are visible at once, and an Event must not
// outlive the batch. The zero value is not usable.
//
// Reading an Event is safe for concurrent use while the record does not change.
type Event struct {
	res   pcommon.Resource
	scope pcommon.InstrumentationScope
	rec   plog.LogRecord
}

// EventOf returns the view of one record with its scope and resource.
func EventOf(res pcommon.Resource, scope pcommon.InstrumentationScope, rec plog.LogRecord) Event {
	return Event{res: res, scope: scope, rec: rec}
}

// Events iterates over every record of a batch in order. It allocates nothing.
func Events(ld plog.Logs) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for _, rl := range ld.ResourceLogs().All() {
			for _, sl := range rl.ScopeLogs().All() {
				for _, rec := range sl.LogRecords().All() {
					if !yield(EventOf(rl.Resource(), sl.Scope(), rec)) {
						return
					}
				}
			}
		}
	}
}

// Record returns the event's record.
func (e Event) Record() plog.LogRecord { return e.rec }

// Resource returns the record's resource.
func (e Event) Resource() pcommon.Resource { return e.res }

// Scope returns the record's scope.
func (e Event) Scope() pcommon.InstrumentationScope { return e.scope }

// Name returns the event's short name, "" if it has none. It is read from the record's
// EventName, else from the attribute event.name, else from a body that is a string,
// else from the name of a body that is a map; the first valid name is used. A name
// begins with a letter, has at most 128 bytes, and only letters, digits, dots,
// underscores and dashes. Anything else is free text.
//
// The collector's own cowork.prompt_summary and cowork.alert are called
// prompt_summary and alert.
func (e Event) Name() string {
	if name := ShortName(e.rec.EventName()); name != "" {
		return name
	}
	if v, ok := e.recordValue(eventName); ok {
		if name := ShortName(v.Str()); name != "" {
			return name
		}
	}
	return nameInBody(e.rec.Body())
}

func nameInBody(v pcommon.Value) string {
	if v.Type() == pcommon.ValueTypeStr {
		return ShortName(v.Str())
	}
	if body, ok := asMap(v); ok {
		if v, ok := lookup(body, "name"); ok {
			return ShortName(v.Str())
		}
	}
	return ""
}

// Kind returns the schema's row for the event, nil if its kind is unknown.
func (e Event) Kind() *Kind { return KindOf(e.Name()) }

// Value returns an attribute: of the record, else of a body that is a map with
// attributes (the desktop app's stream), else of the resource. Empty values and
// "undefined" are skipped.
func (e Event) Value(key string) (pcommon.Value, bool) {
	if v, ok := e.recordValue(key); ok {
		return v, true
	}
	return lookup(e.res.Attributes(), key)
}

// recordValue is Value without the resource.
func (e Event) recordValue(key string) (pcommon.Value, bool) {
	if v, ok := lookup(e.rec.Attributes(), key); ok {
		return v, true
	}
	if e.rec.Body().Type() != pcommon.ValueTypeMap {
		return pcommon.Value{}, false
	}
	if attributes, ok := bodyAttributes(e.rec); ok {
		return lookup(attributes, key)
	}
	return pcommon.Value{}, false
}

// bodyAttributes returns the attributes in a record's body.
func bodyAttributes(rec plog.LogRecord) (pcommon.Map, bool) {
	body, ok := asMap(rec.Body())
	if !ok {
		return pcommon.Map{}, false
	}
	v, ok := body.Get("attributes")
	if !ok {
		return pcommon.Map{}, false
	}
	return asMap(v)
}

// asMap returns a value's map. A sender can encode a map value without a map, which
// pdata returns as a map that must not be used.
func asMap(v pcommon.Value) (pcommon.Map, bool) {
	if v.Type() != pcommon.ValueTypeMap {
		return pcommon.Map{}, false
	}
	m := v.Map()
	return m, m != pcommon.Map{}
}

// lookup returns the first value of a key that is present: a key can occur twice.
func lookup(m pcommon.Map, key string) (pcommon.Value, bool) {
	v, ok := m.Get(key)
	if !ok || present(v) {
		return v, ok
	}
	for k, v := range m.All() {
		if k == key && present(v) {
			return v, true
		}
	}
	return pcommon.Value{}, false
}

// Str returns an attribute as text, also if it is a number or a boolean.
func (e Event) Str(key string) (string, bool) {
	if v, ok := e.Value(key); ok {
		return asString(v)
	}
	return "", false
}

// Int returns an attribute as a whole number, also if it is a double without a fraction
// or a string. A duration is rounded, as in [Normalize]. A double beyond
// ±2^53 is not exact and not accepted.
func (e Event) Int(key string) (int64, bool) {
	v, ok := e.Value(key)
	if !ok {
		return 0, false
	}
	if n, ok := asInt(v); ok {
		return n, true
	}
	attr := AttributeOf(key)
	if attr == nil || attr.Type != Int {
		return 0, false
	}
	return intOf(attr, v)
}

// Float returns an attribute as a number, also if it is an int or a string.
// NaN and the infinities are not numbers.
func (e Event) Float(key string) (float64, bool) {
	if v, ok := e.Value(key); ok {
		return asFloat(v)
	}
	return 0, false
}

// Bool returns an attribute as a boolean, also if it is "true", "false", 1 or 0.
func (e Event) Bool(key string) (value, ok bool) {
	if v, ok := e.Value(key); ok {
		return asBool(v)
	}
	return false, false
}

// text is Str for callers that do not distinguish absent from empty.
func (e Event) text(key string) string {
	s, _ := e.Str(key)
	return s
}

// Time returns when the event happened: the record's time, else event.timestamp,
// else the time at which the record was observed. It is 0 if there is none.
func (e Event) Time() pcommon.Timestamp {
	ts := e.rec.Timestamp()
	if ts >= nanosecondsFrom {
		return ts
	}
	if v, ok := e.Value(eventTimestamp); ok {
		if t, ok := asTime(v); ok && (ts == 0 || isOtherUnit(ts, t)) {
			return t
		}
	}
	if ts != 0 {
		return ts
	}
	return e.rec.ObservedTimestamp()
}

// Sequence returns event.sequence: a counter of the client's process, which orders
// events of the same time.
func (e Event) Sequence() (int64, bool) { return e.Int("event.sequence") }

// PromptID returns the prompt that caused the event, "" if none did.
func (e Event) PromptID() string { return e.text("prompt.id") }

// SessionID returns the event's session, "" if it has none.
func (e Event) SessionID() string { return e.text("session.id") }

// ClientVersion returns the version of the Claude Code client inside: the scope's
// version, else service.version, which can be that of the desktop app around it.
func (e Event) ClientVersion() string {
	if version := e.scope.Version(); version != "" && isClientScope(e.scope.Name()) {
		return version
	}
	return e.text("service.version")
}

func isClientScope(name string) bool {
	rest, ok := strings.CutPrefix(name, clientScope)
	return ok && (rest == "" || rest[0] == '.')
}

// Desktop reports whether the event belongs to the desktop app's own stream, which
// reports the cost of api_request a second time.
func (e Event) Desktop() bool { return e.scope.Name() == desktopScope }

// IsCowork reports whether an event is Cowork's: its service.name is listed, or its
// scope is the scope of the client's events.
func IsCowork(e Event, serviceNames []string) bool {
	if e.scope.Name() == eventsScope {
		return true
	}
	service, ok := lookup(e.res.Attributes(), "service.name")
	if !ok {
		service, ok = e.recordValue("service.name")
	}
	return ok && slices.Contains(serviceNames, service.Str())
}

// IsClientSpan reports whether spans of a resource and scope are Cowork's: the
// service.name is listed, or the scope is one of the client's.
func IsClientSpan(res pcommon.Resource, scope pcommon.InstrumentationScope, serviceNames []string) bool {
	if isClientScope(scope.Name()) {
		return true
	}
	service, ok := lookup(res.Attributes(), "service.name")
	return ok && slices.Contains(serviceNames, service.Str())
}
