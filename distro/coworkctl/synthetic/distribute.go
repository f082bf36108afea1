package synthetic

import "time"

// orgPlugin is what an admin distributes to everybody in the course of a
// demonstration; orgSkills come with it.
var (
	orgPlugin = plugin{"team-workflows", "acme-marketplace", "1.0.0", "org", "org-policy", false, false, 3}
	orgSkills = []share[*skill]{
		{40, &skill{"client-briefing", "plugin", "skill", "team-workflows"}},
		{30, &skill{"ticket-triage", "plugin", "skill", "team-workflows"}},
	}
)

// reached is how many seats have the plugin at the end: some never start a session
// after the day on which it was assigned to them.
const reached = 0.88

// has reports whether the admin's plugin has reached a seat.
func (p *plot) has(s *seat, at time.Time) bool {
	return p != nil && s.lateness < reached*p.rise(at, 0.1, 0.95)
}

// plugins are those that a seat's process loads besides every day's.
func (p *plot) plugins(s *seat, at time.Time) []plugin {
	if !p.has(s, at) {
		return nil
	}
	return []plugin{orgPlugin}
}

// skills are those that a seat's prompts may use.
func (p *plot) skills(s *seat, at time.Time) []share[*skill] {
	if !p.has(s, at) {
		return skills
	}
	return append(append([]share[*skill]{}, skills...), orgSkills...)
}
