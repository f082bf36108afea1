package reconcile

import (
	"cmp"
	"slices"
	"time"
)

// An UnlistedSession is a session of the telemetry that is not listed.
type UnlistedSession struct {
	ID     string    `json:"session_id"`
	User   string    `json:"user"`
	Start  time.Time `json:"started_at"`
	Reason string    `json:"reason"`
}

// addUnlisted adds the sessions of the telemetry that are not listed, with their reasons.
func addUnlisted(c *comparison) {
	if len(c.listed) == 0 {
		return
	}
	newest := c.report.To
	from, to := c.From, c.To
	if from.IsZero() {
		from = c.report.From
	}
	if to.IsZero() {
		to = newest.Add(time.Hour)
	}
	organizations, persons := map[string]bool{}, map[int]bool{}
	for _, l := range c.listed {
		organizations[l.Organization], persons[c.personOf(l)] = true, true
	}
	for _, a := range c.telemetry.order {
		if c.taken[a] != nil || a.other != "" || a.start().Before(from) || !a.start().Before(to) {
			continue
		}
		reason := "not_listed"
		switch {
		case a.thirdParty:
			reason = "other_provider"
		case a.calls == 0:
			reason = "no_request"
		case isOther(organizations, a.organization):
			reason = "other_organization"
		case a.start().After(newest.Add(-time.Hour)):
			reason = "not_listed_yet"
		case a.person == noPerson:
			reason = "no_user"
		case !persons[c.telemetry.people.root(a.person)]:
			reason = "user_not_listed"
		}
		user := c.shown(c.telemetry.people.label[c.telemetry.people.root(a.person)])
		c.report.Unlisted = append(c.report.Unlisted, UnlistedSession{a.id, user, a.start(), reason})
	}
	slices.SortFunc(c.report.Unlisted, func(a, b UnlistedSession) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID)) })
}

// isOther reports whether an organization is not one of the list. Those of another form, such
// as a tagged id and a UUID, cannot be compared.
func isOther(organizations map[string]bool, id string) bool {
	sameForm := false
	for listed := range organizations {
		sameForm = sameForm || listed != "" && isUUID(listed) == isUUID(id)
	}
	return id != "" && sameForm && !organizations[id]
}
