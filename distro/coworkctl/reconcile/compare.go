package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Settings select what is compared.
type Settings struct {
	// From and To bound the creation of sessions; zero is unlimited.
	From, To time.Time
	// Tolerance is the largest difference of times at which sessions are the same.
	Tolerance time.Duration
	// ShowUsers permits addresses in the report.
	ShowUsers bool
	// Usage is compared with the cost of the telemetry if it is not nil.
	Usage []Usage
	// CostTolerance is the permitted difference of costs in percent.
	CostTolerance float64
}

// A Silent is a listed session without telemetry.
type Silent struct {
	ID       string    `json:"id"`
	User     string    `json:"user"`
	Created  time.Time `json:"created_at"`
	Reason   string    `json:"reason"`
	Evidence string    `json:"evidence"`
}

// An Unlisted is a session of the telemetry that is not listed.
type Unlisted struct {
	ID     string    `json:"session_id"`
	User   string    `json:"user"`
	Start  time.Time `json:"started_at"`
	Reason string    `json:"reason"`
}

// A Report is the result of a comparison.
type Report struct {
	Listed   int        `json:"listed"`
	Found    int        `json:"found"`
	Skipped  int        `json:"skipped"` // other products, and sessions that have not begun
	Seats    int        `json:"seats"`
	NoSeats  int        `json:"silent_seats"` // seats of which no session was found
	Excess   int        `json:"events_beyond_limit"`
	Silent   []Silent   `json:"silent"`
	Unlisted []Unlisted `json:"unlisted"`
	// Costs has the days of users on which costs differ.
	Costs []CostDifference `json:"cost_differences,omitempty"`
}

// Percent returns the share of listed sessions that were found.
func (r *Report) Percent() float64 {
	if r.Listed == 0 {
		return 100
	}
	return 100 * float64(r.Found) / float64(r.Listed)
}

// Compare compares listed sessions with the telemetry.
func Compare(sessions []Listed, t *Telemetry, set Settings) *Report {
	c := &comparison{Settings: set, telemetry: t, report: &Report{Excess: t.Excess}, taken: map[*arrived]*Listed{}, found: map[*Listed]bool{}}
	for i := range sessions {
		l := &sessions[i]
		switch {
		case l.Created.Before(set.From) || !set.To.IsZero() && !l.Created.Before(set.To):
		case !l.isCowork():
			c.report.Skipped++
		default:
			t.people.join(l.UserID, l.Email)
			c.listed = append(c.listed, l)
		}
	}
	c.report.Listed = len(c.listed)
	c.matchCloud()
	c.matchLocal()
	c.addSilent()
	c.addUnlisted()
	if c.Usage != nil {
		c.compareCosts()
	}
	return c.report
}

type comparison struct {
	Settings
	telemetry *Telemetry
	report    *Report
	listed    []*Listed
	taken     map[*arrived]*Listed
	found     map[*Listed]bool
}

func (c *comparison) personOf(l *Listed) int { return c.telemetry.people.join(l.UserID, l.Email) }

// matchCloud finds the sessions in the cloud by their id.
func (c *comparison) matchCloud() {
	cloud := map[string][]*arrived{}
	for _, a := range c.telemetry.order {
		if a.cloudID != "" {
			cloud[a.cloudID] = append(cloud[a.cloudID], a)
		}
	}
	for _, l := range c.listed {
		for _, a := range cloud[l.ID] {
			c.taken[a], c.found[l] = l, true
		}
	}
}

// matchLocal assigns the sessions on computers by person and time.
func (c *comparison) matchLocal() {
	matchers := map[int]*matcher{}
	for _, l := range c.listed {
		if person := c.personOf(l); !l.Remote && person != noPerson {
			if matchers[person] == nil {
				lost := func(at time.Time) bool { _, silent := c.telemetry.silentBetween(at, at); return silent }
				matchers[person] = &matcher{tolerance: c.Tolerance, lost: lost}
			}
			matchers[person].listed = append(matchers[person].listed, l)
		}
	}
	for _, a := range c.telemetry.order {
		if m := matchers[c.telemetry.people.root(a.person)]; m != nil && a.cloudID == "" && a.other == "" {
			m.arrived = append(m.arrived, a)
		}
	}
	for _, m := range matchers {
		for i, j := range m.match() {
			if j >= 0 {
				c.taken[m.arrived[j]], c.found[m.listed[i]] = m.listed[i], true
			}
		}
	}
}

// user returns how the report names a person.
func (c *comparison) user(l *Listed) string {
	if c.ShowUsers && l.Email != "" {
		return l.Email
	}
	return c.shown(c.telemetry.people.label[c.personOf(l)], l.UserID, l.Email)
}

// hiddenAddress takes the place of an address that the report must not have.
const hiddenAddress = "(address)"

// shown returns the first of the names of a person that the report may have.
func (c *comparison) shown(names ...string) string {
	name := "(unknown)"
	for _, n := range names {
		switch {
		case n == "":
		case c.ShowUsers || !strings.Contains(n, "@"):
			return n
		default:
			name = hiddenAddress
		}
	}
	return name
}

func (c *comparison) addSilent() {
	seats := map[int]bool{}
	for _, l := range c.listed {
		person := c.personOf(l)
		seats[person] = seats[person] || c.found[l]
		if c.found[l] {
			c.report.Found++
			continue
		}
		reason, evidence := c.reason(l, person)
		c.report.Silent = append(c.report.Silent, Silent{l.ID, c.user(l), l.Created, reason, evidence})
	}
	delete(seats, noPerson)
	c.report.Seats = len(seats)
	for _, found := range seats {
		if !found {
			c.report.NoSeats++
		}
	}
	slices.SortFunc(c.report.Silent, func(a, b Silent) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
}

// reason returns the likely reason why a listed session has no telemetry.
func (c *comparison) reason(l *Listed, person int) (reason, evidence string) {
	t := c.telemetry
	if t.events == 0 || l.end().Before(t.first.Add(-c.Tolerance)) || l.Created.After(t.last.Add(c.Tolerance)) {
		return "outside_telemetry", "the session is before the first or after the last event of the telemetry"
	}
	if gap, silent := t.silentBetween(l.Created, l.end()); silent && gap >= time.Hour {
		return "gap", fmt.Sprintf("no event of anyone arrived for %v around the session: collector or network", gap)
	}
	var first, last time.Time
	for _, a := range t.order {
		if a.person == noPerson || t.people.root(a.person) != person {
			continue
		}
		if a.other != "" && (a.start().Sub(l.Created)).Abs() <= c.Tolerance {
			return "other_service", "a session of the user with the service.name of another product began then"
		}
		if first.IsZero() || a.first.Before(first) {
			first = a.first
		}
		if a.last.After(last) {
			last = a.last
		}
	}
	switch {
	case l.Remote:
		return "cloud", "no event has this ccr.session.id: blocked egress of sessions in the cloud, or settings"
	case first.IsZero():
		return "user_never_seen", "no event of the user arrived: settings, network or version"
	case l.end().Before(first):
		return "user_began_later", "the first event of the user is after the session"
	case l.Created.Before(first):
		return "older_than_settings", "the session began before the first event of the user"
	case l.Created.After(last):
		return "user_stopped", "the last event of the user is before the session"
	}
	return "only_this_session", "other sessions of the user arrive: an older session keeps old settings, or its network is blocked"
}

func (c *comparison) addUnlisted() {
	if len(c.listed) == 0 {
		return
	}
	from, to := c.From, c.To
	organizations, persons := map[string]bool{}, map[int]bool{}
	oldest, newest := c.listed[0].Created, c.listed[0].Created
	for _, l := range c.listed {
		organizations[l.Organization], persons[c.personOf(l)] = true, true
		if l.Created.Before(oldest) {
			oldest = l.Created
		}
		if l.Created.After(newest) {
			newest = l.Created
		}
	}
	if from.IsZero() {
		from = oldest
	}
	if to.IsZero() {
		to = newest.Add(time.Hour)
	}
	for _, a := range c.telemetry.order {
		if c.taken[a] != nil || a.other != "" || a.start().Before(from) || !a.start().Before(to) {
			continue
		}
		reason := "not_listed"
		switch {
		case a.thirdParty:
			reason = "other_provider"
		case a.calls == 0 && !a.coarse:
			reason = "no_request"
		case a.organization != "" && !organizations[a.organization]:
			reason = "other_organization"
		case a.start().After(newest.Add(-time.Hour)):
			reason = "not_listed_yet"
		case a.person == noPerson:
			reason = "no_user"
		case !persons[c.telemetry.people.root(a.person)]:
			reason = "user_not_listed"
		}
		user := "(unknown)"
		if a.person != noPerson {
			user = c.shown(c.telemetry.people.label[c.telemetry.people.root(a.person)])
		}
		c.report.Unlisted = append(c.report.Unlisted, Unlisted{a.id, user, a.start(), reason})
	}
}
