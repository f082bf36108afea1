package coworkredactionprocessor

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/xpdata/entity"
)

// The places of a batch that hold text and are no attribute, by the name they
// are told under in the metrics.
const (
	fieldBody              = "log_body"
	fieldEventName         = "event_name"
	fieldSeverityText      = "severity_text"
	fieldSchemaURL         = "schema_url"
	fieldEntityType        = "entity_type"
	fieldScopeName         = "scope_name"
	fieldScopeVersion      = "scope_version"
	fieldMetricName        = "metric_name"
	fieldMetricDescription = "metric_description"
	fieldMetricUnit        = "metric_unit"
	fieldSpanName          = "span_name"
	fieldSpanEventName     = "span_event_name"
	fieldStatusMessage     = "status_message"
	fieldTraceState        = "trace_state"
)

var fields = []string{
	fieldBody, fieldEventName, fieldSeverityText, fieldSchemaURL, fieldEntityType, fieldScopeName, fieldScopeVersion,
	fieldMetricName, fieldMetricDescription, fieldMetricUnit,
	fieldSpanName, fieldSpanEventName, fieldStatusMessage, fieldTraceState,
}

// resource cleans what a batch says of its sender.
func (w *walker) resource(res pcommon.Resource, schemaURL string, setSchemaURL func(string)) {
	w.kind, w.bodies = "resource", false
	w.attributes("", res.Attributes(), 0)
	w.entities(entity.ResourceEntityRefs(res))
	w.field(fieldSchemaURL, schemaURL, setSchemaURL)
}

// entities cleans what a resource says its attributes identify.
func (w *walker) entities(refs entity.EntityRefSlice) {
	for _, ref := range refs.All() {
		w.field(fieldEntityType, ref.Type(), ref.SetType)
		w.field(fieldSchemaURL, ref.SchemaUrl(), ref.SetSchemaUrl)
		for _, keys := range []pcommon.StringSlice{ref.IdKeys(), ref.DescriptionKeys()} {
			for i, key := range keys.All() {
				if clean, dirty := w.cleanKey(key); dirty {
					w.countKey()
					keys.SetAt(i, clean)
				}
			}
		}
	}
}

// scope cleans what a batch says of the library that made it.
func (w *walker) scope(scope pcommon.InstrumentationScope, schemaURL string, setSchemaURL func(string)) {
	w.kind = "scope"
	w.field(fieldScopeName, scope.Name(), scope.SetName)
	w.field(fieldScopeVersion, scope.Version(), scope.SetVersion)
	w.attributes("", scope.Attributes(), 0)
	w.field(fieldSchemaURL, schemaURL, setSchemaURL)
}

// field cleans a text that is no attribute.
func (w *walker) field(name, text string, set func(string)) {
	if clean := w.text(w.subject(name), name, text); clean != text {
		set(clean)
	}
}
