package synthetic

import "time"

// orgPlugin is distributed to all seats during a demonstration; orgSkills are its
// skills.
var (
	orgPlugin = plugin{"team-workflows", "acme-marketplace", "1.0.0", "org", "org-policy", false, false, 3}
	orgSkills = []weighted[*skill]{
		{40, &skill{"client-briefing", "plugin", "skill", "team-workflows"}},
		{30, &skill{"ticket-triage", "plugin", "skill", "team-workflows"}},
	}
)

// newPluginVersion is the version of the organization's plugin that a part of the seats
// gets in the last days.
const (
	newPluginVersion = "1.1.0"
	newPluginFrom    = 0.7
	newPluginReach   = 0.6
)

// maxReach is the share of seats that have the plugin at the end. The others start
// no session after it was assigned to them.
const maxReach = 0.88

// hasOrgPlugin reports whether the organization's plugin has reached a seat.
func (sc *scenario) hasOrgPlugin(s *seat, at time.Time) bool {
	return sc != nil && s.lateness < maxReach*sc.adoption(at, 0.1, 0.95)
}

// unofficialPlugin is installed by the user who works without confirmation.
var unofficialPlugin = plugin{"quick-export", "bargain-plugins", "0.3.0", "user-local", "user-install", false, false, 1}

// plugins returns the plugins that a seat's process loads in addition.
func (sc *scenario) plugins(s *seat, at time.Time) (list []plugin) {
	if sc.hasOrgPlugin(s, at) {
		p := orgPlugin
		if sc.progress(at) >= newPluginFrom && s.lateness < newPluginReach {
			p.version = newPluginVersion
		}
		list = append(list, p)
	}
	if sc != nil && s.index == sc.bypassSeat && sc.progress(at) >= bypassFrom {
		list = append(list, unofficialPlugin)
	}
	return list
}

// skills returns the skills that a seat's prompts may use.
func (sc *scenario) skills(s *seat, at time.Time) []weighted[*skill] {
	if !sc.hasOrgPlugin(s, at) {
		return skills
	}
	return append(append([]weighted[*skill]{}, skills...), orgSkills...)
}

// clientVersion returns the client of a seat at a time. The newest release is
// rolled out in the middle of the demonstration.
func (sc *scenario) clientVersion(s *seat, at time.Time) version {
	newest, before := versions[0].value, versions[1].value
	if sc == nil || s.version != newest || s.lateness < sc.adoption(at, 0.3, 0.85) {
		return s.version
	}
	return before
}
