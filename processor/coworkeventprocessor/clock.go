package coworkeventprocessor

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A batchClock holds the time at which a batch arrived, and the latest time of each
// session in it.
type batchClock struct {
	arrival pcommon.Timestamp
	onTime  string                       // the session whose clock was last found right
	newest  map[string]pcommon.Timestamp // nil if all records are on time
}

// newBatchClock reads the times of a batch. It does so before records are dropped, which
// empties their places.
func newBatchClock(ld plog.Logs) batchClock {
	c := batchClock{arrival: pcommon.NewTimestampFromTime(time.Now())}
	for e := range cowork.Events(ld) {
		if !cowork.IsOnTime(e, c.arrival) {
			c.readNewest(ld)
			break
		}
	}
	return c
}

// readNewest reads the latest time of each session.
func (c *batchClock) readNewest(ld plog.Logs) {
	c.newest = map[string]pcommon.Timestamp{}
	for e := range cowork.Events(ld) {
		session := e.SessionID()
		c.newest[session] = max(c.newest[session], e.Time())
	}
}

// markTime gives a record without a time one, and marks a record that did not arrive
// within a minute of its event.
func (b *batch) markTime(ev cowork.Event) {
	if cowork.SetMissingTime(ev, b.clock.arrival) != "" {
		b.counters.misdated[missingTime]++
		return
	}
	session := ev.SessionID()
	if cowork.IsOnTime(ev, b.clock.arrival) {
		b.setOnTime(session)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	lag, first := b.clocks.Mark(ev, b.clock.arrival, b.clock.newest[session])
	b.counters.misdated[string(lag)]++
	if first {
		b.counters.sessions[string(lag)]++
	}
	b.counters.evicted += b.clocks.TakeEvicted()
}

// setOnTime records that a session's clock is right. Most batches have one session.
func (b *batch) setOnTime(session string) {
	if session == b.clock.onTime {
		return
	}
	b.clock.onTime = session
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clocks.SetOnTime(session)
	b.counters.evicted += b.clocks.TakeEvicted()
}
