package reconcile

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"time"
)

// A Finding is a group of silent sessions that have one likely cause, with what to do.
type Finding struct {
	Reason   string    `json:"reason"`
	Sessions int       `json:"sessions"`
	Seats    int       `json:"seats"`
	First    time.Time `json:"first_created_at"`
	Last     time.Time `json:"last_created_at"`
	Text     string    `json:"text"`
	Action   string    `json:"action"`
}

// A groupKey is a reason and its detail, such as the day on which users stopped.
type groupKey struct{ reason, detail string }

// A group collects the silent sessions of a key.
type group struct {
	groupKey
	sessions    int
	persons     map[int]bool
	first, last time.Time
}

// addToGroup adds a silent session. Sessions come by their creation.
func (c *comparison) addToGroup(l *ListedSession, person int, r silentReason) {
	s := c.seats[person]
	s.reasons[r.name]++
	if s.reason == "" || s.reasons[r.name] > s.reasons[s.reason] {
		s.reason = r.name
	}
	key := groupKey{r.name, r.detail}
	g := c.groups[key]
	if g == nil {
		g = &group{groupKey: key, persons: map[int]bool{}, first: l.Created}
		c.groups[key] = g
	}
	g.sessions++
	g.last = l.Created
	if person != noPerson {
		g.persons[person] = true
	}
}

// A remedy describes the groups of a reason, and states what to do. Its text has the
// sessions, the seats and the detail.
type remedy struct{ text, action string }

var remedies = map[string]remedy{
	"outside_telemetry":   {"%[1]s before the first or after the last event of the telemetry", "Compare with more telemetry (all files, or --database), or with fewer days (--from, --to)."},
	"gap":                 {"%[1]s of %[2]s while no event of anyone arrived: %[3]s", "The collector, or the network in front of it, was down: see its log of that time. Clients do not send these events again."},
	"other_service":       {"%[1]s of %[2]s arrive as another product", "These users' telemetry has another service.name: they work in Claude Code, or their Cowork is not the Desktop application."},
	"cloud":               {"%[1]s in the cloud, of %[2]s", "Allow the collector's host in the network egress of Cowork's admin settings, and check that it is reachable from the Internet."},
	"no_user":             {"%[1]s without a user in the list", "They cannot be compared: sessions on computers are joined by user. Check who may list users with the key of the API."},
	"user_never_seen":     {"%[2]s never sent an event: %[1]s", "Their OTLP endpoint is not set, or their network blocks it: check that Cowork's admin settings reach these users, and that they have restarted Cowork since."},
	"user_began_later":    {"%[1]s of %[2]s, from before their first event", "Nothing to do if the telemetry was rolled out then. These users send events now."},
	"older_than_settings": {"%[1]s of %[2]s began before the user's first event, and went on", "Nothing to do: a session keeps the settings that it began with."},
	"user_stopped":        {"%[2]s sent nothing after %[3]s: %[1]s", "Find what changed on that day: the admin settings, the network, an update of the client, another account."},
	"only_this_session":   {"%[1]s of %[2]s whose other sessions arrive", "Check these computers: a session from before the last change of settings, a network that is blocked at times, a user who prevents it."},
}

// maxFindings bounds the findings. The smallest groups beyond it are one finding.
const maxFindings = 20

var pseudonymForm = regexp.MustCompile(`^u_[0-9a-f]{32}$`)

// addFindings adds what to do, the largest groups first.
func addFindings(c *comparison) {
	mergeSmall(c.groups)
	groups := make([]*group, 0, len(c.groups))
	for _, g := range c.groups {
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(b.sessions, a.sessions), cmp.Compare(a.reason, b.reason), cmp.Compare(a.detail, b.detail))
	})
	addPseudonymFinding(c)
	for _, g := range groups[:min(len(groups), maxFindings)] {
		r := remedies[g.reason]
		addFinding(c.report, g, fmt.Sprintf(r.text, count(g.sessions, "session"), count(len(g.persons), "seat"), g.detail), r.action)
	}
	if len(groups) > maxFindings {
		rest := &group{groupKey: groupKey{"others", ""}, persons: map[int]bool{}}
		for _, g := range groups[maxFindings:] {
			rest.merge(g)
		}
		addFinding(c.report, rest, fmt.Sprintf("%s of %s in %d smaller groups", count(rest.sessions, "session"), count(len(rest.persons), "seat"), len(groups)-maxFindings), "See the list of silent sessions.")
	}
	addVersionFinding(c.report)
}

// differentDays is the detail of users who stopped apart from others.
const differentDays = "different days"

// mergeSmall merges the groups of users who stopped on a day on which at most two did: they
// have no common cause.
func mergeSmall(groups map[groupKey]*group) {
	rest := &group{groupKey: groupKey{"user_stopped", differentDays}, persons: map[int]bool{}}
	var small []groupKey
	for key, g := range groups {
		if key.reason == rest.reason && len(g.persons) < 3 {
			small = append(small, key)
			rest.merge(g)
		}
	}
	if len(small) < 2 {
		return
	}
	for _, key := range small {
		delete(groups, key)
	}
	groups[rest.groupKey] = rest
}

// merge adds the sessions of another group.
func (g *group) merge(other *group) {
	if g.sessions == 0 {
		g.first, g.last = other.first, other.last
	}
	g.sessions += other.sessions
	g.first, g.last = earlier(g.first, other.first), later(g.last, other.last)
	for person := range other.persons {
		g.persons[person] = true
	}
}

func addFinding(report *Report, g *group, text, action string) {
	report.Findings = append(report.Findings, Finding{g.reason, g.sessions, len(g.persons), g.first, g.last, text, action})
}

// addPseudonymFinding adds that users cannot be compared, if those of the telemetry are
// pseudonyms and those of the list are not.
func addPseudonymFinding(c *comparison) {
	g := c.groups[groupKey{"user_never_seen", ""}]
	if g == nil || c.Alias != nil || 2*len(g.persons) < len(c.seats) {
		return
	}
	for root := range c.persons {
		if pseudonymForm.MatchString(c.telemetry.people.label[root]) {
			addFinding(c.report, &group{groupKey: groupKey{"pseudonyms", ""}, sessions: g.sessions, persons: g.persons, first: g.first, last: g.last},
				fmt.Sprintf("The users of the telemetry are pseudonyms, and %s of the list match none", count(len(g.persons), "seat")),
				"Pass the collector's configuration with --config, so that pseudonyms of the list's users are compared.")
			return
		}
	}
}

// addVersionFinding adds the client version that most of the silent sessions have, if the
// sessions of other versions arrive.
func addVersionFinding(report *Report) {
	listed, found := 0, 0
	for _, v := range report.Versions {
		listed, found = listed+v.Listed, found+v.Found
	}
	for _, v := range report.Versions {
		missing, others := v.Listed-v.Found, percent(found-v.Found, listed-v.Listed)
		if missing >= 5 && v.Percent < 50 && listed > v.Listed && others >= 80 {
			report.Findings = append(report.Findings, Finding{
				Reason: "version", Sessions: missing, Seats: v.Seats, First: report.From, Last: report.To,
				Text:   fmt.Sprintf("%s of these are of users with client %s, of which %.0f %% arrive; of other versions %.0f %%", count(missing, "session"), v.Name, v.Percent, others),
				Action: "Update these clients.",
			})
		}
	}
}

// count returns a number with its unit.
func count(n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprint(n, " ", unit)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
