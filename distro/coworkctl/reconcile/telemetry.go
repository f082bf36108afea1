package reconcile

import (
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A telemetrySession is a session of which events arrived.
type telemetrySession struct {
	id, cloudID, organization string
	version                   string // of the client
	person                    int
	first, last               time.Time // of all events
	firstCall, lastCall       time.Time // of inference calls, at their start
	calls                     int
	other                     string // service.name if it is not Cowork's
	thirdParty                bool   // another provider answers, which Anthropic does not list
	coarse                    bool   // only the times of events are known
}

// Telemetry collects the sessions of which events arrived. Its zero value is not usable.
type Telemetry struct {
	people      *people
	sessions    map[string]*telemetrySession
	order       []*telemetrySession
	slots       map[int64]bool // with an event
	sorted      []int64        // the keys of slots, nil if they have changed
	first, last time.Time
	events      int
	usage       usageSums
	// Excess counts the events of sessions beyond MaxSessions.
	Excess int
	limit  int
	// DayZone is the time zone of the days of usage.
	DayZone *time.Location
}

// Empty reports whether no event with a session and a time was added.
func (t *Telemetry) Empty() bool { return t.events == 0 }

// NewTelemetry returns a Telemetry without sessions.
func NewTelemetry() *Telemetry {
	return &Telemetry{people: newPeople(), sessions: map[string]*telemetrySession{}, slots: map[int64]bool{}, usage: usageSums{}, limit: MaxSessions, DayZone: time.UTC}
}

// identityAttributes identify a person in the telemetry.
var identityAttributes = []string{"user.account_id", "user.account_uuid", "user.email", "enduser.id"}

// Add adds an event.
func (t *Telemetry) Add(e cowork.Event) {
	id := e.SessionID()
	if id == "" || e.Time() == 0 {
		return
	}
	skew, _ := e.Int("cowork.clock_skew_ms") // the client's clock was wrong by this
	at := e.Time().AsTime().Add(time.Duration(skew) * time.Millisecond)
	s := t.session(id)
	if s == nil {
		return
	}
	t.extend(s, at, at)
	t.events++
	identities := make([]string, 0, len(identityAttributes))
	for _, key := range identityAttributes {
		text, _ := e.Str(key)
		identities = append(identities, text)
	}
	team, _ := e.Str(cowork.TeamAttribute)
	t.addPerson(s, e.User(), team, identities...)
	setText(&s.cloudID, e, "ccr.session.id")
	setText(&s.organization, e, "organization.id")
	if version := e.ClientVersion(); version != "" {
		s.version = version
	}
	if service, _ := e.Str("service.name"); service != "" && service != "cowork" && service != "claude-cowork" {
		s.other = service
	}
	if provider, _ := e.Str("anthropic.provider"); provider != "" && provider != "firstParty" {
		s.thirdParty = true
	}
	switch e.Name() {
	case "api_request", "api_error", "api_refusal":
		took, _ := e.Int("duration_ms")
		s.addCall(at.Add(-time.Duration(took) * time.Millisecond))
	}
	if r, ok := cowork.APIRequestOf(e); ok && !e.Redelivered() {
		t.addUsage(s, r, at)
	}
}

func setText(to *string, e cowork.Event, key string) {
	if text, ok := e.Str(key); ok && !cowork.IsMarker(text) {
		*to = text
	}
}

func (t *Telemetry) session(id string) *telemetrySession {
	s := t.sessions[id]
	if s == nil {
		if len(t.order) >= t.limit {
			t.Excess++
			return nil
		}
		s = &telemetrySession{id: id, person: noPerson}
		t.sessions[id] = s
		t.order = append(t.order, s)
	}
	return s
}

// addPerson sets the person of a session by its identities. The name is that of reports.
func (t *Telemetry) addPerson(s *telemetrySession, name, team string, identities ...string) {
	person := t.people.join(identities...)
	if person == noPerson {
		return
	}
	s.person = person
	if name != "" {
		t.people.label[person] = name
	}
	if team != "" {
		t.people.team[person] = team
	}
}

// extend extends a session and the telemetry by a time of events.
func (t *Telemetry) extend(s *telemetrySession, first, last time.Time) {
	for _, r := range []struct{ from, to *time.Time }{{&s.first, &s.last}, {&t.first, &t.last}} {
		if r.from.IsZero() || first.Before(*r.from) {
			*r.from = first
		}
		if last.After(*r.to) {
			*r.to = last
		}
	}
	t.markEvents(first, first)
	t.markEvents(last, last)
}

func (s *telemetrySession) addCall(at time.Time) {
	if s.firstCall.IsZero() || at.Before(s.firstCall) {
		s.firstCall = at
	}
	if at.After(s.lastCall) {
		s.lastCall = at
	}
	s.calls++
}

// start returns the time that a listed session calls its creation.
func (s *telemetrySession) start() time.Time {
	if s.firstCall.IsZero() {
		return s.first
	}
	return s.firstCall
}

// end returns the time that a listed session calls its last update.
func (s *telemetrySession) end() time.Time {
	if s.lastCall.IsZero() {
		return s.last
	}
	return s.lastCall
}
