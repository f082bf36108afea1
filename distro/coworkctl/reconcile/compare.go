package reconcile

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Settings select what is compared.
type Settings struct {
	// From and To bound the creation of sessions; zero is unlimited. To is exclusive.
	From, To time.Time
	// Tolerance is the largest difference of times at which sessions are the same.
	Tolerance time.Duration
	// Zone is the time zone of days, nil for UTC.
	Zone *time.Location
	// ShowUsers permits addresses in the report.
	ShowUsers bool
	// Alias returns the pseudonym of an attribute's value, "" for none. Nil returns none.
	Alias func(attribute, value string) string
	// Team returns the team of a person of the list, "" if it is unknown. Nil returns none.
	Team func(userID, email string) string
	// Usage is compared with the usage of the telemetry if it is not nil.
	Usage []Usage
	// CostTolerance is the permitted difference of costs in percent.
	CostTolerance float64
}

// A SilentSession is a listed session without telemetry.
type SilentSession struct {
	ID       string    `json:"id"`
	User     string    `json:"user"`
	Team     string    `json:"team,omitempty"`
	Created  time.Time `json:"created_at"`
	Reason   string    `json:"reason"`
	Evidence string    `json:"evidence"`
}

// A Report is the result of a comparison.
type Report struct {
	From    time.Time `json:"from"` // the first listed session
	To      time.Time `json:"to"`   // the last one
	Zone    string    `json:"time_zone"`
	Listed  int       `json:"listed"`
	Found   int       `json:"found"`
	Percent float64   `json:"percent"`
	Skipped int       `json:"skipped"` // other products, and sessions that have not begun
	Seats   int       `json:"seats"`
	NoSeats int       `json:"silent_seats"` // seats of which no session was found
	// Excess counts the events beyond the bound of sessions, Crowded the listed sessions
	// with more possible partners than are compared.
	Excess   int               `json:"events_beyond_limit"`
	Crowded  int               `json:"crowded_sessions"`
	Findings []Finding         `json:"findings"`
	Days     []Coverage        `json:"by_day"`
	Teams    []Coverage        `json:"by_team"`
	Versions []Coverage        `json:"by_client_version"`
	Unseen   []Seat            `json:"unseen_seats"`
	Silent   []SilentSession   `json:"silent"`
	Unlisted []UnlistedSession `json:"unlisted"`
	// Costs compares the usage, nil if there is none.
	Costs *CostReport `json:"costs,omitempty"`
}

// Compare compares listed sessions with the telemetry.
func Compare(sessions []ListedSession, t *Telemetry, set Settings) *Report {
	if set.Zone == nil {
		set.Zone = time.UTC
	}
	c := &comparison{
		Settings: set, telemetry: t, taken: map[*telemetrySession]*ListedSession{}, found: map[*ListedSession]bool{}, aliases: map[[2]string]string{}, seats: map[int]*seat{},
		report: &Report{Excess: t.Excess, Zone: set.Zone.String(), Silent: []SilentSession{}, Unlisted: []UnlistedSession{}, Findings: []Finding{}, Unseen: []Seat{}},
	}
	for i := range sessions {
		l := &sessions[i]
		switch {
		case l.Created.Before(set.From) || !set.To.IsZero() && !l.Created.Before(set.To):
		case !l.isCowork():
			c.report.Skipped++
		default:
			c.join(l)
			c.listed = append(c.listed, l)
		}
	}
	slices.SortStableFunc(c.listed, func(a, b *ListedSession) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) })
	c.report.Listed = len(c.listed)
	if n := len(c.listed); n > 0 {
		c.report.From, c.report.To = c.listed[0].Created, c.listed[n-1].Created
	}
	c.indexPersons()
	c.matchCloud()
	c.matchLocal()
	c.addSilent()
	addUnlisted(c)
	addCoverage(c)
	addFindings(c)
	if c.Usage != nil {
		compareUsage(c)
	}
	return c.report
}

type comparison struct {
	Settings
	telemetry *Telemetry
	report    *Report
	listed    []*ListedSession // by their creation
	taken     map[*telemetrySession]*ListedSession
	found     map[*ListedSession]bool
	aliases   map[[2]string]string
	persons   map[int]*person // of the telemetry
	seats     map[int]*seat   // of the list
	groups    map[groupKey]*group
	outages   map[gap]bool
	within    map[int]bool // persons without events
}

// A person has the sessions of one person of the telemetry.
type person struct {
	sessions    []*telemetrySession // by their start
	first, last time.Time
	// before and after are the silent sessions before the first and after the last event.
	before, after int
}

// join joins the identities of the person of a session with those that the telemetry has of
// it, such as a pseudonym of the address.
func (c *comparison) join(l *ListedSession) {
	c.telemetry.people.join(l.UserID, l.Email, c.alias("user.account_id", l.UserID), c.alias("user.email", l.Email))
}

func (c *comparison) alias(attribute, value string) string {
	if c.Alias == nil || value == "" {
		return ""
	}
	key := [2]string{attribute, value}
	pseudonym, known := c.aliases[key]
	if !known {
		pseudonym = c.Alias(attribute, value)
		c.aliases[key] = pseudonym
	}
	return pseudonym
}

func (c *comparison) personOf(l *ListedSession) int {
	return c.telemetry.people.join(l.UserID, l.Email)
}

// indexPersons collects the sessions of the telemetry by person.
func (c *comparison) indexPersons() {
	c.persons = map[int]*person{}
	for _, a := range c.telemetry.order {
		if a.person == noPerson {
			continue
		}
		root := c.telemetry.people.root(a.person)
		p := c.persons[root]
		if p == nil {
			p = &person{first: a.first}
			c.persons[root] = p
		}
		p.sessions = append(p.sessions, a)
		if a.first.Before(p.first) {
			p.first = a.first
		}
		if a.last.After(p.last) {
			p.last = a.last
		}
	}
	for _, p := range c.persons {
		slices.SortFunc(p.sessions, func(a, b *telemetrySession) int { return cmp.Or(a.start().Compare(b.start()), cmp.Compare(a.id, b.id)) })
	}
}

// matchCloud finds the sessions in the cloud by their id.
func (c *comparison) matchCloud() {
	cloud := map[string][]*telemetrySession{}
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
		if person := c.personOf(l); !l.Remote && c.persons[person] != nil {
			if matchers[person] == nil {
				lost := func(at time.Time) bool { _, silent := c.telemetry.gapAt(at, at); return silent }
				matchers[person] = &matcher{tolerance: c.Tolerance, lost: lost}
			}
			matchers[person].listed = append(matchers[person].listed, l)
		}
	}
	for person, m := range matchers {
		for _, a := range c.persons[person].sessions {
			if a.cloudID == "" && a.other == "" {
				m.arrived = append(m.arrived, a)
			}
		}
		for i, j := range m.match() {
			if j >= 0 {
				c.taken[m.arrived[j]], c.found[m.listed[i]] = m.listed[i], true
			}
		}
		c.report.Crowded += m.crowded
	}
}

// user returns how the report names a person.
func (c *comparison) user(l *ListedSession) string {
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

// team returns the team of a person of the list.
func (c *comparison) team(l *ListedSession, person int) string {
	if c.Team != nil {
		if team := c.Team(l.UserID, l.Email); team != "" {
			return team
		}
	}
	return c.telemetry.people.team[person]
}
