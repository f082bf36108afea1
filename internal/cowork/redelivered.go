package cowork

import "go.opentelemetry.io/collector/pdata/pcommon"

// RedeliveredAttribute is true on a record that cowork_correlation passes on although
// every component behind it has received it: one of them refused it, and its sender
// repeated it. Exporters send such a record again. What counts events skips it.
const RedeliveredAttribute = "cowork.redelivered"

// Redelivered reports whether the event was passed on, and counted, before.
func (e Event) Redelivered() bool {
	v, ok := e.rec.Attributes().Get(RedeliveredAttribute)
	return ok && v.Type() == pcommon.ValueTypeBool && v.Bool()
}

// SetRedelivered marks an event that was passed on before. It removes the mark of any
// other event, which only its sender can have written.
func (e Event) SetRedelivered(redelivered bool) {
	attributes := e.rec.Attributes()
	if redelivered {
		attributes.PutBool(RedeliveredAttribute, true)
	} else if _, marked := attributes.Get(RedeliveredAttribute); marked {
		attributes.RemoveIf(func(key string, _ pcommon.Value) bool { return key == RedeliveredAttribute })
	}
}
