package coworkredactionprocessor

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// logs cleans every place of a batch of log records.
func (w *walker) logs(ld plog.Logs) {
	for _, rl := range ld.ResourceLogs().All() {
		w.resource(rl.Resource(), rl.SchemaUrl(), rl.SetSchemaUrl)
		for _, sl := range rl.ScopeLogs().All() {
			w.scope(sl.Scope(), sl.SchemaUrl(), sl.SetSchemaUrl)
			for _, rec := range sl.LogRecords().All() {
				w.record(cowork.EventOf(rl.Resource(), sl.Scope(), rec))
			}
		}
	}
}

func (w *walker) record(ev cowork.Event) {
	rec := ev.Record()
	w.kind, w.bodies = "unknown", namesBodies(ev)
	if kind := ev.Kind(); kind != nil {
		w.kind = kind.Name
	}
	w.value(fieldBody, rec.Body(), 0)
	w.attributes("", rec.Attributes(), 0)
	w.field(fieldEventName, rec.EventName(), rec.SetEventName)
	w.field(fieldSeverityText, rec.SeverityText(), rec.SetSeverityText)
}

// bodyKinds are the events that have an API body.
var bodyKinds = []string{"api_request_body", "api_response_body"}

// namesBodies reports whether a record names one of bodyKinds: in any of the places
// that a name can stand in, in any case and behind any prefix. What may be an API
// body must not pass because its name came in a form that nobody expected.
func namesBodies(ev cowork.Event) bool {
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
