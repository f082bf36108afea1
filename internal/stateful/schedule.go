package stateful

import "time"

// A Schedule decides when a component stores its state. It never reads the clock. It is not
// safe for concurrent use.
type Schedule struct {
	interval time.Duration
	stored   time.Time     // when the last checkpoint was stored, or the component started
	cost     time.Duration // how long that took
}

// NewSchedule returns the schedule of a component that starts now and checks it each tick.
// A checkpoint is due half a tick before the interval has passed, so that a tick that comes
// a little early does not delay it by another tick.
func NewSchedule(now time.Time, interval, tick time.Duration) Schedule {
	return Schedule{interval: interval - tick/2, stored: now}
}

// IsDue reports whether the interval has passed since the last checkpoint. It remains true
// until a checkpoint succeeds: a failed one is retried at the next tick.
func (s *Schedule) IsDue(now time.Time) bool { return s.Age(now) >= s.interval }

// IsAffordable reports whether a checkpoint now would take at most a tenth of the time
// since the last one.
func (s *Schedule) IsAffordable(now time.Time) bool { return s.Age(now) >= 10*s.cost }

// Stored records a checkpoint that succeeded, and how long it took.
func (s *Schedule) Stored(now time.Time, cost time.Duration) { s.stored, s.cost = now, cost }

// Age returns the time since the last checkpoint.
func (s *Schedule) Age(now time.Time) time.Duration { return now.Sub(s.stored) }
