package coworkeventprocessor

import (
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// eventLabels has the labels of the counter of events. To build a set of attributes took as
// long as to normalise an event. The labels are bounded by the kinds of the schema and by
// [versionLabels]. It is safe for concurrent use.
type eventLabels struct{ options sync.Map } // of eventCounter to metric.MeasurementOption

func (l *eventLabels) of(key eventCounter) metric.MeasurementOption {
	if option, ok := l.options.Load(key); ok {
		return option.(metric.MeasurementOption)
	}
	set := attribute.NewSet(attribute.String("kind", key.kind), attribute.String("client_version", key.version))
	option, _ := l.options.LoadOrStore(key, metric.WithAttributeSet(set))
	return option.(metric.MeasurementOption)
}
