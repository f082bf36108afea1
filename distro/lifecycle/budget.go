package lifecycle

import (
	"sync"
	"time"
)

// The bounds of a stop, from its begin. A stop with a component that hangs in every place
// ends before HardLimit.
const (
	// receiverLimit bounds one receiver, receiversUntil all of them.
	receiverLimit  = 4 * time.Second
	receiversUntil = 6 * time.Second
	// exporterLimit bounds one exporter, exportersUntil all of them.
	exporterLimit  = 7 * time.Second
	exportersUntil = 13 * time.Second
	// leastLimit is what a component gets after the time of its kind is over.
	leastLimit = 250 * time.Millisecond
	// drainLimit is when the context of the shutdown ends.
	drainLimit = 14 * time.Second
	// HardLimit is when the process ends, whatever is still running.
	HardLimit = 18 * time.Second
)

// A budget is the time that components have for their shutdown. It begins with the first
// shutdown of a component. It is safe for concurrent use.
type budget struct {
	mu    sync.Mutex
	begin time.Time
}

// limit returns how long a component may take now, at most one, and for all of its kind
// until a time after the begin.
func (b *budget) limit(now time.Time, one, all time.Duration) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.begin.IsZero() {
		b.begin = now
	}
	return max(leastLimit, min(one, all-now.Sub(b.begin)))
}
