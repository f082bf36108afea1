package synthetic

import (
	"slices"
	"time"
)

// What a demonstration shows as dangerous, each from a share of its time on: one user lets
// the client act without confirmation, and a connector gets secrets in its input.
const (
	bypassFrom     = 0.85
	leakFrom       = 0.85
	leakyConnector = "warehouse"
)

// bypassMode is the permission mode without confirmation.
const bypassMode = "bypassPermissions"

// bypassSeat returns the index of the user who works without confirmation: the first one
// who works every day with a client that reports the mode, -1 if there is none.
func bypassSeat(seats []*seat) int {
	return slices.IndexFunc(seats, func(s *seat) bool {
		return !s.thirdParty && s.version.has(toolRequestIDs) && s.usage.name != "light"
	})
}

// permissionMode returns the mode that a seat uses in place of another one. In a
// demonstration, one user works without confirmation, in its last days.
func (sc *scenario) permissionMode(s *seat, mode string, at time.Time) string {
	switch {
	case sc == nil:
		return mode
	case s.index == sc.bypassSeat && sc.progress(at) >= bypassFrom:
		return bypassMode
	case mode == bypassMode || mode == "auto":
		return "acceptEdits"
	}
	return mode
}

// pasteHost is a host that the demonstration disables. The user who works without
// confirmation fetches pages of it.
const pasteHost = "paste.example.com"

// webHost returns the host of the pages that a seat fetches.
func (sc *scenario) webHost(s *seat, at time.Time) string {
	if sc != nil && s.index == sc.bypassSeat && sc.progress(at) >= bypassFrom {
		return pasteHost
	}
	return "www.example.org"
}

// leaks reports whether the input of a connector has secrets.
func (sc *scenario) leaks(c *connector, at time.Time) bool {
	return sc != nil && c.name == leakyConnector && sc.progress(at) >= leakFrom
}

// personalKinds is how many of the kinds of sensitive values are personal data. The others
// are secrets.
const personalKinds = 8

// sensitiveText returns a sensitive value for the input of a tool. In a demonstration only
// the leaky connector gets secrets.
func (s *session) sensitiveText() string {
	if s.scenario == nil {
		return sensitiveText(s.rng)
	}
	kind := pickWeighted(s.rng, sensitiveKinds[:personalKinds])
	return kind.noun + " " + kind.generate(s.rng)
}

// leakedNouns are the kinds of sensitive values that the connector gets.
var leakedNouns = []string{"the database", "the access key", "the token"}

// leakedSecret returns a secret with its noun.
func leakedSecret(r random) string {
	noun := pick(r, leakedNouns)
	i := slices.IndexFunc(sensitiveKinds, func(k weighted[sensitiveKind]) bool { return k.value.noun == noun })
	return noun + " " + sensitiveKinds[i].value.generate(r)
}

// A Person is a user of a fleet, with the attributes that identify the user.
type Person struct {
	Email, AccountUUID, Login string
	Name, Team, CostCenter    string
}

// teams are the names and the cost centers of departments.
var teams = map[string][2]string{
	"sales": {"Sales", "4100"}, "finance": {"Finance", "4200"}, "marketing": {"Marketing", "4300"}, "operations": {"Operations", "4400"},
	"support": {"Support", "4500"}, "legal": {"Legal", "4600"}, "people": {"People", "4700"},
}

// People returns the users.
func (f *Fleet) People() (list []Person) {
	for _, s := range f.schedule.seats {
		team := teams[s.department]
		list = append(list, Person{
			Email: s.email(s.domain), AccountUUID: s.accountUUID, Login: s.login(),
			Name: s.first + " " + s.last, Team: team[0], CostCenter: team[1],
		})
	}
	return list
}
