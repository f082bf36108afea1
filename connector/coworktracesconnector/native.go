package coworktracesconnector

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// native copies a record's own attributes to its span. What the resource says
// already, which clients repeat on every record, is left to it.
func (a attributes) native(ev cowork.Event, content bool) {
	res := ev.Resource().Attributes()
	for key, value := range ev.Record().Attributes().All() {
		if !content && hidden(key) || repeats(res, key, value) {
			continue
		}
		if len(key) > maxKeyBytes {
			a.tally.cut[limitBytes]++
			continue
		}
		a.copy(key, value)
	}
}

// hidden reports whether an attribute holds free text, or may: what the schema
// does not know is taken for it.
func hidden(key string) bool {
	attr := cowork.AttributeOf(key)
	return attr == nil || attr.Class == cowork.Content
}

func repeats(res pcommon.Map, key string, value pcommon.Value) bool {
	v, ok := res.Get(key)
	return ok && v.Equal(value)
}
