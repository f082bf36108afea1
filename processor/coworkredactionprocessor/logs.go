package coworkredactionprocessor

import (
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
	w.kind = "unknown"
	if kind := ev.Kind(); kind != nil {
		w.kind = kind.Name
	}
	rec := ev.Record()
	w.value(fieldBody, rec.Body(), 0)
	w.attributes(rec.Attributes(), 0)
	w.field(fieldEventName, rec.EventName(), rec.SetEventName)
	w.field(fieldSeverityText, rec.SeverityText(), rec.SetSeverityText)
}
