package cowork

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/digest"
)

// The attributes of records that did not arrive soon after their events.
const (
	// clockSkew is the time of arrival minus the time of the event, in milliseconds: it is
	// positive where the client's clock is slow.
	clockSkew = "cowork.clock_skew_ms"
	// deliveryDelay is how long after its event a record arrived, in milliseconds.
	deliveryDelay = "cowork.delivery_delay_ms"
)

// A Lag is the reason why the time of a record differs from its arrival.
type Lag string

// The lags.
const (
	// OnTime is a record that arrived within a minute of its event.
	OnTime Lag = ""
	// Ahead is a client whose clock is fast: nothing arrives before it happened.
	Ahead Lag = "ahead"
	// Behind is a client whose clock is slow: the latest event of each of its batches is
	// old, and none of the session's batches was on time.
	Behind Lag = "behind"
	// Late is an event that was delivered late: its session has sent others on time, or
	// newer ones with it, or it is older than a day.
	Late Lag = "late"
)

// The bounds of a lag.
const (
	maxLag    = time.Minute
	maxBehind = 24 * time.Hour // older events are a replay, or a clock before earliestTime
)

// The range of possible times of events.
const (
	earliestTime = pcommon.Timestamp(1577836800e9) // 2020: no client is older
	maxAhead     = 24 * time.Hour                  // of the time of arrival
)

// Clocks recognises clients whose clocks are wrong. The wire has no time of sending, so
// a session's batches decide: those of a wrong clock have the same lag each time. The
// zero value is ready to use. It is not safe for concurrent use.
type Clocks struct {
	// sessions and previous hold the sessions by digest. When sessions is full it becomes
	// previous, so that the sessions that sent last remain.
	sessions, previous map[digest.Digest]sessionClock
	evicted            int64
}

// A sessionClock is what is known about the clock of a session.
type sessionClock struct {
	skew     time.Duration // the first that was seen, 0 if none
	onTime   bool          // a batch arrived on time
	reported [2]bool       // the session was counted: as skewed, as late
}

// maxClocks bounds the sessions of each half of the table.
const maxClocks = 1 << 14

// SetOnTime records that a session has sent an event on time: its clock is right.
func (c *Clocks) SetOnTime(session string) {
	d := ofSession.Text(session).Sum()
	if s := c.sessions[d]; !s.onTime || s.skew != 0 {
		s = c.load(d)
		s.onTime, s.skew = true, 0
		c.store(d, s)
	}
}

// Mark writes the lag of a record that did not arrive on time. Newest is the latest time
// of the session in the batch. It returns the reason, and whether it is the first of the
// session.
func (c *Clocks) Mark(e Event, arrival, newest pcommon.Timestamp) (lag Lag, first bool) {
	d := ofSession.Text(e.SessionID()).Sum()
	s := c.load(d)
	lag, s.skew = s.classify(between(newest, arrival))
	attributes := e.rec.Attributes()
	if lag == Late {
		putOnce(attributes, deliveryDelay, between(e.rec.Timestamp(), arrival))
	} else {
		putOnce(attributes, clockSkew, s.skew)
	}
	n := 0
	if lag == Late {
		n = 1
	}
	first = !s.reported[n]
	s.reported[n] = true
	c.store(d, s)
	return lag, first
}

// classify returns the reason for the lag of a batch, and the skew of the session's
// clock. A skew that changes by less than a minute remains the same, so that one clock
// applies to all of the session's events.
func (s sessionClock) classify(lag time.Duration) (Lag, time.Duration) {
	skew := lag
	if s.skew != 0 && (s.skew-lag).Abs() < maxLag {
		skew = s.skew
	}
	switch {
	case lag < -maxLag:
		return Ahead, skew
	case lag <= maxLag, s.onTime, lag > maxBehind && !isBefore2020(lag):
		return Late, s.skew
	default:
		return Behind, skew
	}
}

// isBefore2020 reports whether a lag is longer than this software exists.
func isBefore2020(lag time.Duration) bool { return lag > 6*365*24*time.Hour }

// TakeEvicted returns how many sessions were dropped to make room since the last call.
func (c *Clocks) TakeEvicted() int64 {
	n := c.evicted
	c.evicted = 0
	return n
}

func (c *Clocks) load(d digest.Digest) sessionClock {
	if s, ok := c.sessions[d]; ok {
		return s
	}
	return c.previous[d]
}

func (c *Clocks) store(d digest.Digest, s sessionClock) {
	if _, ok := c.sessions[d]; !ok && len(c.sessions) >= maxClocks {
		c.evicted += int64(len(c.previous))
		c.previous, c.sessions = c.sessions, nil
	}
	if c.sessions == nil {
		c.sessions = map[digest.Digest]sessionClock{}
	}
	c.sessions[d] = s
}

// between returns the time from one timestamp to another.
func between(from, to pcommon.Timestamp) time.Duration {
	return time.Duration(int64(to) - int64(min(from, maxTimestamp)))
}

// putOnce writes a duration in milliseconds, unless an earlier collector wrote it.
func putOnce(attributes pcommon.Map, key string, d time.Duration) {
	if _, ok := attributes.Get(key); !ok {
		attributes.PutInt(key, d.Milliseconds())
	}
}

// IsOnTime reports whether a record arrived within a minute of its event.
func IsOnTime(e Event, arrival pcommon.Timestamp) bool {
	return between(e.Time(), arrival).Abs() <= maxLag
}

// TimeAt returns when an event happened, by this collector's clock. A time that cannot
// be, in the future or before 2020, is corrected by the skew of the client's clock: all
// events of a session are moved by the same time. If the record has no skew, the result
// is the time of arrival, and ok is false.
func TimeAt(e Event, now pcommon.Timestamp) (ts pcommon.Timestamp, ok bool) {
	if ts = e.Time(); isPossible(ts, now) {
		return ts, true
	}
	v, ok := e.rec.Attributes().Get(clockSkew)
	if !ok || v.Type() != pcommon.ValueTypeInt || ts > maxTimestamp {
		return now, false
	}
	ts += pcommon.Timestamp(v.Int() * int64(time.Millisecond)) // a negative skew wraps around to a subtraction
	if !isPossible(ts, now) {
		return now, false
	}
	return ts, true
}

func isPossible(ts, now pcommon.Timestamp) bool {
	return ts >= earliestTime && ts <= now+pcommon.Timestamp(maxAhead)
}

// maxTimestamp is the latest time that fits an int64.
const maxTimestamp = pcommon.Timestamp(1<<63 - 1)
