package alert

import "time"

// A Status says what an alert tells.
type Status string

// The statuses.
const (
	// Firing says that the rule holds for the group.
	Firing Status = "firing"
	// Resolved says that it no longer does.
	Resolved Status = "resolved"
)

// A phase is where a group stands.
type phase uint8

const (
	inactive phase = iota
	pending
	firing
)

// A state is what is known of a group between two looks. Its zero value is
// inactive.
type state struct {
	phase phase
	since time.Time // since when it is pending
	start time.Time // since when it fires
	held  time.Time // when the rule last held
	told  time.Time // when that was last told
}

// step moves on to a time at which the rule holds or does not, and returns what is
// to be told, "" if nothing is.
func (s *state) step(now time.Time, holds bool, r *Rule, repeat time.Duration) Status {
	if holds {
		s.held = now
		return s.hold(now, r.For, repeat)
	}
	if s.phase == firing {
		if now.Sub(s.held) < r.KeepFiringFor {
			return s.repeat(now, repeat)
		}
		s.phase = inactive
		return Resolved
	}
	s.phase = inactive
	return ""
}

func (s *state) hold(now time.Time, wait, repeat time.Duration) Status {
	if s.phase == inactive {
		s.phase, s.since = pending, now
	}
	if s.phase == firing {
		return s.repeat(now, repeat)
	}
	if now.Sub(s.since) < wait {
		return ""
	}
	s.phase, s.start, s.told = firing, now, now
	return Firing
}

func (s *state) repeat(now time.Time, repeat time.Duration) Status {
	if now.Sub(s.told) < repeat {
		return ""
	}
	s.told = now
	return Firing
}
