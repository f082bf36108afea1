package cowork

import "go.opentelemetry.io/collector/pdata/pcommon"

// timeSource is the attribute of a record whose time is not the client's time of the
// event.
const timeSource = "cowork.time_source"

// The values of cowork.time_source.
const (
	TimeObserved = "observed" // the record's observed time
	TimeArrival  = "arrival"  // the time at which this collector received the record
)

// SetMissingTime gives a record without a time the time at which it was observed, else
// that of its arrival, and marks it with cowork.time_source. It returns the value of the
// mark, "" for a record that has a time.
//
// Call it after [Normalize], which reads event.timestamp.
func SetMissingTime(e Event, arrival pcommon.Timestamp) string {
	if e.rec.Timestamp() != 0 {
		return ""
	}
	source, ts := TimeObserved, e.rec.ObservedTimestamp()
	if ts == 0 {
		source, ts = TimeArrival, arrival
	}
	e.rec.SetTimestamp(ts)
	e.rec.Attributes().PutStr(timeSource, source)
	return source
}
