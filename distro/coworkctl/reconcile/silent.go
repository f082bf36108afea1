package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// addSilent adds the sessions that were not found, with their reasons.
func (c *comparison) addSilent() {
	c.groups, c.outages, c.within = map[groupKey]*group{}, map[gap]bool{}, map[int]bool{}
	c.countOutside()
	for _, l := range c.listed {
		person := c.personOf(l)
		s := c.seatOf(l, person)
		s.listed++
		if c.found[l] {
			s.found++
			c.report.Found++
			continue
		}
		r := c.reason(l, person)
		c.report.Silent = append(c.report.Silent, SilentSession{l.ID, s.user, s.team, l.Created, r.name, r.evidence})
		c.addToGroup(l, person, r)
	}
	c.report.Percent = percent(c.report.Found, c.report.Listed)
	for person, s := range c.seats {
		if person == noPerson {
			continue
		}
		c.report.Seats++
		if s.found == 0 {
			c.report.NoSeats++
		}
	}
}

// percent returns a share, 100 for none of none.
func percent(part, whole int) float64 {
	if whole == 0 {
		return 100
	}
	return 100 * float64(part) / float64(whole)
}

// A silentReason is why a listed session has no telemetry. Sessions with one common cause have
// the same detail, such as the day of an outage.
type silentReason struct{ name, evidence, detail string }

// reason returns the likely reason why a listed session has no telemetry.
func (c *comparison) reason(l *ListedSession, person int) silentReason {
	t := c.telemetry
	if !c.isWithin(l) && !c.within[person] {
		return silentReason{"outside_telemetry", "the session is before the first or after the last event of the telemetry", ""}
	}
	if g, silent := t.gapAt(l.Created, l.end()); silent && g.to.Sub(g.from) >= time.Hour && c.isOutage(g) {
		return silentReason{"gap", fmt.Sprintf("no event of anyone arrived for %v around the session: collector or network", g.to.Sub(g.from)), c.rangeText(g.from, g.to)}
	}
	p := c.persons[person]
	if p != nil && c.otherService(p, l) {
		return silentReason{"other_service", "a session of the user with the service.name of another product began then", ""}
	}
	switch {
	case l.Remote:
		return silentReason{"cloud", "no event has this ccr.session.id: blocked egress of sessions in the cloud, or settings", ""}
	case person == noPerson:
		return silentReason{"no_user", "the list has neither user nor address of the session: it cannot be compared", ""}
	case p == nil:
		return silentReason{"user_never_seen", "no event of the user arrived: settings, network or version", ""}
	case l.end().Before(p.first) && p.before > 1:
		return silentReason{"user_began_later", "the first event of the user is after the session", ""}
	case l.Created.Before(p.first) && !l.end().Before(p.first):
		return silentReason{"older_than_settings", "the session began before the first event of the user", ""}
	case l.Created.After(p.last) && p.after > 1:
		return silentReason{"user_stopped", "the last event of the user is before the session", p.last.In(c.Zone).Format(time.DateOnly)}
	}
	return silentReason{"only_this_session", "other sessions of the user arrive: an older session keeps old settings, or its network is blocked", ""}
}

// countOutside counts the silent sessions of persons before their first event and after their
// last one: a single one does not show that a person began or stopped to send. It also records
// who has a session in the time of the telemetry, and no event.
func (c *comparison) countOutside() {
	for _, l := range c.listed {
		person := c.personOf(l)
		p := c.persons[person]
		if p == nil && person != noPerson && !l.Remote && c.isWithin(l) {
			c.within[person] = true
		}
		switch {
		case p == nil || c.found[l] || l.Remote:
		case l.end().Before(p.first):
			p.before++
		case l.Created.After(p.last):
			p.after++
		}
	}
}

// isWithin reports whether a session is in the time of the telemetry.
func (c *comparison) isWithin(l *ListedSession) bool {
	t := c.telemetry
	return t.events > 0 && !l.end().Before(t.first.Add(-c.Tolerance)) && !l.Created.After(t.last.Add(c.Tolerance))
}

// minOutage is the least number of listed sessions in an outage. Fewer silent sessions at a
// time without other sessions prove no outage.
const minOutage = 3

// isOutage reports whether enough listed sessions are in a gap.
func (c *comparison) isOutage(g gap) bool {
	if outage, known := c.outages[g]; known {
		return outage
	}
	next, _ := slices.BinarySearchFunc(c.listed, g.from, func(l *ListedSession, at time.Time) int { return l.Created.Compare(at) })
	within := 0
	for _, l := range c.listed[next:] {
		if l.Created.After(g.to) || within == minOutage {
			break
		}
		if !l.end().After(g.to) {
			within++
		}
	}
	c.outages[g] = within == minOutage
	return within == minOutage
}

// otherService reports whether a session of another product began at the time of a listed
// one.
func (c *comparison) otherService(p *person, l *ListedSession) bool {
	next, _ := slices.BinarySearchFunc(p.sessions, l.Created.Add(-c.Tolerance), func(a *telemetrySession, at time.Time) int { return a.start().Compare(at) })
	for _, a := range p.sessions[next:] {
		if a.start().After(l.Created.Add(c.Tolerance)) {
			break
		}
		if a.other != "" {
			return true
		}
	}
	return false
}

// rangeText returns a range of time in the zone of days.
func (c *comparison) rangeText(from, to time.Time) string {
	from, to = from.In(c.Zone), to.In(c.Zone)
	end := to.Format("2006-01-02 15:04")
	if from.Format(time.DateOnly) == to.Format(time.DateOnly) {
		end = to.Format("15:04")
	}
	return from.Format("2006-01-02 15:04") + " to " + end
}

// A seat is a person of the list.
type seat struct {
	user, team    string
	listed, found int
	first, last   time.Time // creation of listed sessions
	reason        string
	reasons       map[string]int
}

// seatOf returns the seat of a listed session. Sessions come by their creation.
func (c *comparison) seatOf(l *ListedSession, person int) *seat {
	s := c.seats[person]
	if s == nil {
		s = &seat{first: l.Created, reasons: map[string]int{}}
		c.seats[person] = s
	}
	s.user, s.team = cmp.Or(s.user, c.user(l)), cmp.Or(s.team, c.team(l, person))
	s.last = l.Created
	return s
}
