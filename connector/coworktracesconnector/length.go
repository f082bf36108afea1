package coworktracesconnector

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// maxLength is longer than any step takes. A clock that was set on the way makes
// longer ones.
const maxLength = 30 * 24 * time.Hour

// length returns what an attribute in milliseconds says, 0 if it is not there. It
// is not ok if it says what no step can take.
func length(ev cowork.Event, key string) (d time.Duration, ok bool) {
	if key == "" {
		return 0, true
	}
	if _, there := ev.Value(key); !there {
		return 0, true
	}
	ms, ok := ev.Float(key)
	if !ok || ms < 0 || ms > float64(maxLength/time.Millisecond) {
		return 0, false
	}
	return time.Duration(ms * float64(time.Millisecond)), true
}

// before returns the time that lies a duration before another, which has to be
// one that a timestamp can tell.
func before(end pcommon.Timestamp, d time.Duration) (start pcommon.Timestamp, ok bool) {
	if pcommon.Timestamp(d) >= end {
		return end, d == 0
	}
	return end - pcommon.Timestamp(d), true
}
