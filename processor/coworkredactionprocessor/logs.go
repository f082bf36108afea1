package coworkredactionprocessor

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// redactLogs redacts a batch of log records.
func redactLogs(r *redactor, ld plog.Logs) {
	var first plog.LogRecord // of a client
	for _, rl := range ld.ResourceLogs().All() {
		if r.trustMarks && allMarked(rl.ScopeLogs()) {
			continue
		}
		redactResource(r, rl.Resource(), rl.SchemaUrl(), rl.SetSchemaUrl, hasClientScope(rl.ScopeLogs().All()))
		for _, sl := range rl.ScopeLogs().All() {
			if r.trustMarks && cowork.IsMarkedRedacted(sl.Scope()) {
				continue
			}
			redactScope(r, sl.Scope(), sl.SchemaUrl(), sl.SetSchemaUrl)
			for _, rec := range sl.LogRecords().All() {
				redactRecord(r, cowork.EventOf(rl.Resource(), sl.Scope(), rec))
				if r.client && first == (plog.LogRecord{}) {
					first = rec
				}
			}
			if !r.collecting {
				if r.trustMarks {
					r.counters.unmarked += int64(sl.LogRecords().Len())
				}
				cowork.MarkRedacted(sl.Scope())
			}
		}
	}
	if first != (plog.LogRecord{}) && !r.collecting {
		reportUnknown(first, r.unknown.takeUnreported())
	}
}

// allMarked reports whether another collector has redacted all records of a resource, and
// so the resource itself.
func allMarked(scopes plog.ScopeLogsSlice) bool {
	for _, sl := range scopes.All() {
		if !cowork.IsMarkedRedacted(sl.Scope()) {
			return false
		}
	}
	return scopes.Len() > 0
}

// unknownAttribute is the attribute that reports the names of unknown attributes.
const unknownAttribute = "cowork.redaction.unknown_attributes"

// reportUnknown adds names to the report of a record. Another collector before this one
// may have written one.
func reportUnknown(rec plog.LogRecord, names []string) {
	if len(names) == 0 {
		return
	}
	if v, ok := rec.Attributes().Get(unknownAttribute); ok && v.Type() == pcommon.ValueTypeSlice {
		for _, name := range v.Slice().All() {
			names = append(names, name.AsString())
		}
	}
	slices.Sort(names)
	list := rec.Attributes().PutEmptySlice(unknownAttribute)
	for _, name := range slices.Compact(names) {
		list.AppendEmpty().SetStr(name)
	}
}

func redactRecord(r *redactor, ev cowork.Event) {
	rec := ev.Record()
	r.enterRecord(rec.Attributes())
	var found identities
	named := r.display != nil && !r.collecting
	if named {
		found = identitiesOf(r.display, ev, r.sentBy)
	}
	if !r.collecting {
		r.kind, r.bodies = "unknown", hasBodyKind(ev)
		if kind := ev.Kind(); kind != nil {
			r.kind = kind.Name
		}
	}
	r.attribute = fieldBody
	r.value(r.rule(fieldBody), fieldBody, rec.Body(), 0)
	r.attributes("", rec.Attributes(), 0)
	if named {
		r.display.writeName(rec.Attributes(), found)
	}
	r.field(fieldEventName, rec.EventName(), rec.SetEventName)
	r.field(fieldSeverityText, rec.SeverityText(), rec.SetSeverityText)
}

// bodyKinds are the kinds of events with an API body.
var bodyKinds = []string{"api_request_body", "api_response_body"}

// hasBodyKind reports whether the name of a record is one of bodyKinds: any of its
// names, in any case, with any prefix. An API body must not pass because its event
// has a name in an unexpected form.
func hasBodyKind(ev cowork.Event) bool {
	rec := ev.Record()
	names := [4]string{ev.Name(), rec.EventName(), textOf(rec.Body())}
	if v, ok := rec.Attributes().Get("event.name"); ok {
		names[3] = textOf(v)
	}
	for _, name := range names {
		for _, kind := range bodyKinds {
			if at := len(name) - len(kind); at >= 0 && strings.EqualFold(name[at:], kind) {
				return true
			}
		}
	}
	return false
}

func textOf(v pcommon.Value) string {
	if v.Type() != pcommon.ValueTypeStr {
		return ""
	}
	return v.Str()
}
