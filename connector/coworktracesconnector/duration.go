package coworktracesconnector

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// maxDuration is longer than any step. Only a clock that was set yields a longer one.
const maxDuration = 30 * 24 * time.Hour

// durationOf returns an attribute in milliseconds, 0 if it is missing. It is not ok if
// the value is invalid.
func durationOf(ev cowork.Event, key string) (d time.Duration, ok bool) {
	if key == "" {
		return 0, true
	}
	if _, present := ev.Value(key); !present {
		return 0, true
	}
	ms, ok := ev.Float(key)
	if !ok || ms < 0 || ms > float64(maxDuration/time.Millisecond) {
		return 0, false
	}
	return time.Duration(ms * float64(time.Millisecond)), true
}

// startOf returns the start of a step with an end and a duration. It is not ok if the
// start is out of range.
func startOf(end pcommon.Timestamp, d time.Duration) (start pcommon.Timestamp, ok bool) {
	if pcommon.Timestamp(d) >= end {
		return end, d == 0
	}
	return end - pcommon.Timestamp(d), true
}
