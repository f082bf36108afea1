package reconcile

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// A Coverage is how many sessions of a day, a team or a client version were found.
type Coverage struct {
	Name    string  `json:"name"`
	Listed  int     `json:"listed"`
	Found   int     `json:"found"`
	Percent float64 `json:"percent"`
	// Seats are the persons, Unseen those of which no session was found in the whole range.
	Seats  int `json:"seats"`
	Unseen int `json:"unseen_seats"`
}

// A Seat is a person of whom no session was found.
type Seat struct {
	User   string    `json:"user"`
	Team   string    `json:"team,omitempty"`
	Listed int       `json:"listed"`
	First  time.Time `json:"first_created_at"`
	Last   time.Time `json:"last_created_at"`
	Reason string    `json:"reason"`
}

// noTeam is the row of persons whose team is unknown.
const noTeam = "(no team)"

// A coverageCount has the sums of a Coverage.
type coverageCount struct {
	listed, found int
	persons       map[int]bool
}

func countSession(rows map[string]*coverageCount, name string, person int, found bool) {
	n := rows[name]
	if n == nil {
		n = &coverageCount{persons: map[int]bool{}}
		rows[name] = n
	}
	n.listed++
	n.persons[person] = true
	if found {
		n.found++
	}
}

// addCoverage adds the tables of coverage and the seats of which no session was found.
func addCoverage(c *comparison) {
	days, teams, versions := map[string]*coverageCount{}, map[string]*coverageCount{}, map[string]*coverageCount{}
	partner := map[*ListedSession]*telemetrySession{}
	for a, l := range c.taken {
		partner[l] = a
	}
	for _, l := range c.listed {
		person := c.personOf(l)
		found := c.found[l]
		countSession(days, l.Created.In(c.Zone).Format(time.DateOnly), person, found)
		countSession(teams, cmp.Or(c.seats[person].team, noTeam), person, found)
		if version := versionOf(l, partner[l], c.persons[person]); version != "" {
			countSession(versions, version, person, found)
		}
	}
	c.report.Days = coverageOf(c, days, func(a, b Coverage) int { return cmp.Compare(a.Name, b.Name) })
	byMissing := func(a, b Coverage) int {
		return cmp.Or(cmp.Compare(b.Listed-b.Found, a.Listed-a.Found), cmp.Compare(a.Name, b.Name))
	}
	c.report.Teams, c.report.Versions = coverageOf(c, teams, byMissing), coverageOf(c, versions, byMissing)
	for person, s := range c.seats {
		if s.found == 0 && person != noPerson {
			c.report.Unseen = append(c.report.Unseen, Seat{s.user, s.team, s.listed, s.first, s.last, s.reason})
		}
	}
	slices.SortFunc(c.report.Unseen, func(a, b Seat) int {
		return cmp.Or(cmp.Compare(b.Listed, a.Listed), cmp.Compare(a.User, b.User), a.First.Compare(b.First))
	})
}

func coverageOf(c *comparison, rows map[string]*coverageCount, order func(a, b Coverage) int) []Coverage {
	list := make([]Coverage, 0, len(rows))
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		n := rows[name]
		one := Coverage{Name: name, Listed: n.listed, Found: n.found, Percent: percent(n.found, n.listed)}
		for person := range n.persons {
			if person == noPerson {
				continue
			}
			one.Seats++
			if c.seats[person].found == 0 {
				one.Unseen++
			}
		}
		list = append(list, one)
	}
	slices.SortStableFunc(list, order)
	return list
}

// versionOf returns the client version of a listed session: that of its partner, or of the
// person's session before or after it. "" is unknown.
func versionOf(l *ListedSession, partner *telemetrySession, p *person) string {
	if partner != nil {
		return partner.version
	}
	if p == nil || l.Remote {
		return ""
	}
	next, _ := slices.BinarySearchFunc(p.sessions, l.Created, func(a *telemetrySession, at time.Time) int { return a.start().Compare(at) })
	for _, i := range []int{next - 1, next} {
		if i >= 0 && i < len(p.sessions) && p.sessions[i].other == "" {
			return p.sessions[i].version
		}
	}
	return ""
}
