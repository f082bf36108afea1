package coworkredactionprocessor

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/xpdata/entity"
)

// The texts of a batch that are no attribute, by their name in metrics.
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

// nameFields are the fields that have a name: clients write the body of a record as
// claude_code. and the name of the event. A long text in their place is content.
var nameFields = []string{fieldBody, fieldEventName, fieldSeverityText, fieldSpanName, fieldSpanEventName}

// redactResource redacts the description of the sender of a batch.
func redactResource(r *redactor, res pcommon.Resource, schemaURL string, setSchemaURL func(string), clientScope bool) {
	r.kind, r.bodies = "resource", false
	r.enterResource(res, clientScope)
	if r.display != nil && !r.collecting {
		r.sentBy = identitiesOf(r.display, mapValues{res.Attributes()}, identities{})
	}
	r.attributes("", res.Attributes(), 0)
	redactEntities(r, entity.ResourceEntityRefs(res))
	r.field(fieldSchemaURL, schemaURL, setSchemaURL)
}

// redactEntities redacts the entities of a resource.
func redactEntities(r *redactor, refs entity.EntityRefSlice) {
	if r.collecting {
		return
	}
	for _, ref := range refs.All() {
		r.field(fieldEntityType, ref.Type(), ref.SetType)
		r.field(fieldSchemaURL, ref.SchemaUrl(), ref.SetSchemaUrl)
		for _, keys := range []pcommon.StringSlice{ref.IdKeys(), ref.DescriptionKeys()} {
			for i, key := range keys.All() {
				if clean, found := r.key(key); clean != key {
					r.countInKey(found)
					keys.SetAt(i, clean)
				}
			}
		}
	}
}

// redactScope redacts the description of the library that made a record.
func redactScope(r *redactor, scope pcommon.InstrumentationScope, schemaURL string, setSchemaURL func(string)) {
	r.kind = "scope"
	r.enterScope(scope.Name())
	r.field(fieldScopeName, scope.Name(), scope.SetName)
	r.field(fieldScopeVersion, scope.Version(), scope.SetVersion)
	r.attributes("", scope.Attributes(), 0)
	r.field(fieldSchemaURL, schemaURL, setSchemaURL)
}
