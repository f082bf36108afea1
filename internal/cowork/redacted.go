package cowork

import "go.opentelemetry.io/collector/pdata/pcommon"

// RedactedAttribute is true on a scope whose records cowork_redaction has redacted.
// Components that store content store none of a record without it.
const RedactedAttribute = "cowork.redaction.applied"

// IsRedacted reports whether cowork_redaction has redacted the record of an event. Only the
// scope counts, since a record can hold what its sender has put there. cowork_event, in
// front of redaction, renames the mark of a sender.
func IsRedacted(e Event) bool {
	return IsMarkedRedacted(e.scope)
}

// IsMarkedRedacted reports whether a scope has the mark of redacted records.
func IsMarkedRedacted(scope pcommon.InstrumentationScope) bool {
	v, ok := scope.Attributes().Get(RedactedAttribute)
	return ok && v.Type() == pcommon.ValueTypeBool && v.Bool()
}

// MarkRedacted marks a scope whose records are redacted.
func MarkRedacted(scope pcommon.InstrumentationScope) {
	scope.Attributes().PutBool(RedactedAttribute, true)
}
