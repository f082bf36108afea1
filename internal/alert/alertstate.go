package alert

// A Status is the status of an alert.
type Status string

// The statuses.
const (
	// Firing means that the rule holds for the group.
	Firing Status = "firing"
	// Resolved means that it no longer holds.
	Resolved Status = "resolved"
)

// A phase is the phase of a group.
type phase uint8

const (
	inactive phase = iota
	pending
	firing
	phases
)

// An alertState is the state of a group between two evaluations. The zero value is
// inactive. Times are in nanoseconds since 1970.
type alertState struct {
	phase        phase
	pendingSince int64
	firingSince  int64
	lastHeld     int64
	lastSent     int64
}

// advance moves to a time at which the rule holds or does not. It returns the status of
// the alert that must be sent, "" for none.
func (s *alertState) advance(now int64, holds bool, r *Rule, repeat int64) Status {
	// A clock that was put back would delay repetition and resolution by as much.
	for _, t := range [...]*int64{&s.pendingSince, &s.firingSince, &s.lastHeld, &s.lastSent} {
		*t = min(*t, now)
	}
	if holds {
		s.lastHeld = now
	}
	switch {
	case s.phase == firing:
		if !holds && now-s.lastHeld >= r.keep {
			s.phase = inactive
			return Resolved
		}
		if now-s.lastSent < repeat {
			return ""
		}
		s.lastSent = now
		return Firing
	case !holds:
		s.phase = inactive
		return ""
	case s.phase == inactive:
		s.phase, s.pendingSince = pending, now
	}
	if now-s.pendingSince < r.wait {
		return ""
	}
	s.phase, s.firingSince, s.lastSent = firing, now, now
	return Firing
}

func (s *alertState) encode(e *encoder) {
	e.uint(uint64(s.phase))
	for _, t := range [...]int64{s.pendingSince, s.firingSince, s.lastHeld, s.lastSent} {
		e.int(t)
	}
}

func (s *alertState) decode(d *decoder) {
	p := d.uint()
	if p >= uint64(phases) {
		d.fail()
		return
	}
	*s = alertState{phase(p), d.time(), d.time(), d.time(), d.time()}
}
