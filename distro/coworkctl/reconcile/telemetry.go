package reconcile

import (
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An arrived is a session of the telemetry.
type arrived struct {
	id, cloudID, organization string
	person                    int
	first, last               time.Time // of all events
	firstCall, lastCall       time.Time // of inference calls, at their start
	calls                     int
	other                     string             // service.name if it is not Cowork's
	thirdParty                bool               // another provider answers, which Anthropic does not list
	costs                     map[string]float64 // USD by day
	coarse                    bool               // only the times of events are known
}

// Telemetry collects the sessions of which events arrived. Its zero value is not usable.
type Telemetry struct {
	people      *people
	sessions    map[string]*arrived
	order       []*arrived
	slots       map[int64]bool // five minutes with an event
	first, last time.Time
	events      int
	// Excess counts the events of sessions beyond MaxSessions.
	Excess int
	limit  int
}

// slot is the length of the intervals in which the telemetry is checked for gaps.
const slot = 5 * time.Minute

// Empty reports whether no event with a session and a time was added.
func (t *Telemetry) Empty() bool { return t.events == 0 }

// NewTelemetry returns a Telemetry without sessions.
func NewTelemetry() *Telemetry {
	return &Telemetry{people: newPeople(), sessions: map[string]*arrived{}, slots: map[int64]bool{}, limit: MaxSessions}
}

// identityAttributes identify a person in the telemetry.
var identityAttributes = []string{"user.account_id", "user.account_uuid", "user.email", "enduser.id"}

// Add adds an event.
func (t *Telemetry) Add(e cowork.Event) {
	id := e.SessionID()
	at := e.Time().AsTime()
	if id == "" || e.Time() == 0 {
		return
	}
	s := t.session(id)
	if s == nil {
		return
	}
	t.span(s, at, at)
	t.events++
	identities := make([]string, 0, len(identityAttributes))
	for _, key := range identityAttributes {
		text, _ := e.Str(key)
		identities = append(identities, text)
	}
	if person := t.people.join(identities...); person != noPerson {
		s.person = person
		if name := e.User(); name != "" {
			t.people.label[person] = name
		}
		if team, ok := e.Str(cowork.TeamAttribute); ok {
			t.people.team[person] = team
		}
	}
	setText(&s.cloudID, e, "ccr.session.id")
	setText(&s.organization, e, "organization.id")
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
		if cost, ok := e.Float("cost_usd"); ok {
			if s.costs == nil {
				s.costs = map[string]float64{}
			}
			s.costs[at.UTC().Format(time.DateOnly)] += cost
		}
	}
}

func setText(to *string, e cowork.Event, key string) {
	if text, ok := e.Str(key); ok && !cowork.IsMarker(text) {
		*to = text
	}
}

func (t *Telemetry) session(id string) *arrived {
	s := t.sessions[id]
	if s == nil {
		if len(t.order) >= t.limit {
			t.Excess++
			return nil
		}
		s = &arrived{id: id, person: noPerson}
		t.sessions[id] = s
		t.order = append(t.order, s)
	}
	return s
}

// span extends a session and the telemetry by a time of events.
func (t *Telemetry) span(s *arrived, first, last time.Time) {
	for _, r := range []struct{ from, to *time.Time }{{&s.first, &s.last}, {&t.first, &t.last}} {
		if r.from.IsZero() || first.Before(*r.from) {
			*r.from = first
		}
		if last.After(*r.to) {
			*r.to = last
		}
	}
	t.slots[first.UnixNano()/int64(slot)] = true
	t.slots[last.UnixNano()/int64(slot)] = true
}

func (s *arrived) addCall(at time.Time) {
	if s.firstCall.IsZero() || at.Before(s.firstCall) {
		s.firstCall = at
	}
	if at.After(s.lastCall) {
		s.lastCall = at
	}
	s.calls++
}

// start returns the time that a listed session calls its creation.
func (s *arrived) start() time.Time {
	if s.firstCall.IsZero() {
		return s.first
	}
	return s.firstCall
}

// end returns the time that a listed session calls its last update.
func (s *arrived) end() time.Time {
	if s.lastCall.IsZero() {
		return s.last
	}
	return s.lastCall
}

// silentBetween reports whether no event of anyone is in a range of time, and returns how
// long the gap is around it.
func (t *Telemetry) silentBetween(from, to time.Time) (gap time.Duration, silent bool) {
	if from.Before(t.first) || to.After(t.last) {
		return 0, false
	}
	first, last := from.UnixNano()/int64(slot), to.UnixNano()/int64(slot)
	for n := first; n <= last; n++ {
		if t.slots[n] {
			return 0, false
		}
	}
	for first > t.first.UnixNano()/int64(slot) && !t.slots[first-1] {
		first--
	}
	for last < t.last.UnixNano()/int64(slot) && !t.slots[last+1] {
		last++
	}
	return time.Duration(last-first+1) * slot, true
}
