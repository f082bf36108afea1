package alert

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
	phases
)

// A state is what is known of a group between two looks. Its zero value is
// inactive. Times are in nanoseconds since 1970.
type state struct {
	phase phase
	since int64 // since when it is pending
	start int64 // since when it fires
	held  int64 // when the rule last held
	told  int64 // when that was last told
}

// step moves on to a time at which the rule holds or does not, and returns what is
// to be told, "" if nothing is.
func (s *state) step(now int64, holds bool, r *Rule, repeat int64) Status {
	s.turnBack(now)
	if holds {
		s.held = now
		return s.hold(now, r.wait, repeat)
	}
	if s.phase == firing {
		if now-s.held < r.keep {
			return s.repeat(now, repeat)
		}
		s.phase = inactive
		return Resolved
	}
	s.phase = inactive
	return ""
}

// turnBack follows a clock that was put back: an alert would else be neither repeated
// nor resolved until it is again as late as it was.
func (s *state) turnBack(now int64) {
	for _, t := range [...]*int64{&s.since, &s.start, &s.held, &s.told} {
		*t = min(*t, now)
	}
}

func (s *state) hold(now, wait, repeat int64) Status {
	if s.phase == inactive {
		s.phase, s.since = pending, now
	}
	if s.phase == firing {
		return s.repeat(now, repeat)
	}
	if now-s.since < wait {
		return ""
	}
	s.phase, s.start, s.told = firing, now, now
	return Firing
}

func (s *state) repeat(now, repeat int64) Status {
	if now-s.told < repeat {
		return ""
	}
	s.told = now
	return Firing
}

func (s *state) save(e *encoder) {
	e.uint(uint64(s.phase))
	for _, t := range [...]int64{s.since, s.start, s.held, s.told} {
		e.int(t)
	}
}

func (s *state) load(d *decoder) {
	p := d.uint()
	if p >= uint64(phases) {
		d.fail()
		return
	}
	*s = state{phase(p), d.time(), d.time(), d.time(), d.time()}
}
