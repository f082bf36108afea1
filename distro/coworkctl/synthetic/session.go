package synthetic

import (
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// A session is one conversation of a seat: a process that starts, some prompts,
// and what its exporters have not sent yet.
type session struct {
	*seat
	settings *Settings
	plot     *plot

	version version // of the process: a seat's changes when a new one begins
	id      string
	remote  bool
	known   bool   // the account is on its records
	cloudID string // ccr.session.id
	install string // user.id
	folder  string
	opened  bool // the person gave Cowork the folder: workspace.host_paths says so

	began     time.Time // when the process did
	sequence  int64
	turns     int // prompts still to come
	told      int // prompts so far
	mode      string
	latest    string // the prompt.id that what follows carries until the next prompt
	context   int64  // tokens that the model has in its cache
	connected []*connector
	cursor    time.Time // the latest thing that happened
	until     time.Time // the latest batch: the next prompt begins after it

	events   []event
	spans    []ended
	readings []reading
}

// An event is a record that waits for its place in the order of the process.
type event struct {
	at  time.Time
	rec plog.LogRecord
}

// An ended span waits for the next export.
type ended struct {
	at   time.Time
	span ptrace.Span
}

func newSession(s *seat, settings *Settings, plot *plot) *session {
	n := &session{
		seat:     s,
		settings: settings,
		plot:     plot,
		version:  s.version,
		id:       s.d.uuid(),
		install:  s.installID,
		folder:   pick(s.d, []string{"Documents", "Projects", "Team", "Desktop"}),
		known:    !s.thirdParty,
		opened:   s.d.chance(0.7),
		mode:     s.mode,
		turns:    s.d.between(1, 2*sessionTurns-1),
	}
	if !s.thirdParty && s.d.chance(remoteRate) {
		n.remote, n.opened = true, false
		n.known = s.d.chance(plot.remoteEmailRate())
		n.cloudID = "cse_" + s.d.token(base62, 24)
		n.install = s.d.hex(64)
	}
	return n
}

// start begins a process: its sequence is its own, its context empty.
func (s *session) start(at time.Time) {
	s.began, s.cursor, s.until = at, at, at
	s.version = s.plot.version(s.seat, at)
	s.sequence, s.context, s.connected = 0, 14_000+int64(s.d.IntN(6_000)), nil
	s.startup()
}

// tell tells one prompt that begins at a time, and returns what the exporters
// send because of it. The errand is what it asks for, anything if it is empty.
func (s *session) tell(at time.Time, errand string) []Batch {
	switch {
	case s.began.IsZero():
		s.start(at)
		s.count(sessionCount, 1, "start_type", "fresh")
	case s.d.chance(newProcessRate):
		s.start(at)
		s.count(sessionCount, 1, "start_type", "resume")
	default:
		s.cursor = at
	}
	s.prompt(errand)
	s.turns--
	s.told++
	if s.turns == 0 {
		s.end()
	}
	return s.export()
}

// number gives the records that were made out of order their places: by time,
// and within one millisecond in the order in which they were told.
func (s *session) number() {
	slices.SortStableFunc(s.events, func(a, b event) int { return a.at.Compare(b.at) })
	for _, e := range s.events {
		e.rec.Attributes().PutInt("event.sequence", s.sequence)
		s.sequence++
	}
}
