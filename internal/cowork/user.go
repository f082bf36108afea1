package cowork

import "go.opentelemetry.io/collector/pdata/pcommon"

// CloudSessions is the user of all sessions in the cloud that have no account, address or
// owner. Each of them has a new user.id, so that user.id would be a user for each session.
const CloudSessions = "(cloud sessions)"

// The attributes of people. Only cowork_roster and cowork_redaction write them.
const (
	// UserNameAttribute is the name that a user is shown by.
	UserNameAttribute = "cowork.user.name"
	// TeamAttribute is the team of the user.
	TeamAttribute = "cowork.team"
	// CostCenterAttribute is the cost center of the user.
	CostCenterAttribute = "cowork.cost_center"
)

// RemovePeople removes the attributes of people from a map, and returns how many it
// removed.
func RemovePeople(m pcommon.Map) (removed int) { return Remove(m, isPeople) }

// RemoveEventPeople removes the attributes of people from an event's record, also those in
// its body.
func RemoveEventPeople(e Event) (removed int) { return RemoveFromEvent(e, isPeople) }

// Remove removes the attributes of a map whose keys match, and returns how many it
// removed.
func Remove(m pcommon.Map, matches func(key string) bool) (removed int) {
	for key := range m.All() {
		if matches(key) {
			before := m.Len()
			m.RemoveIf(func(key string, _ pcommon.Value) bool { return matches(key) })
			return before - m.Len()
		}
	}
	return 0
}

// RemoveFromEvent is [Remove] for an event's record, with the attributes in its body.
func RemoveFromEvent(e Event, matches func(key string) bool) (removed int) {
	removed = Remove(e.rec.Attributes(), matches)
	if attributes, ok := bodyAttributes(e.rec); ok {
		removed += Remove(attributes, matches)
	}
	return removed
}

func isPeople(key string) bool {
	return key == UserNameAttribute || key == TeamAttribute || key == CostCenterAttribute
}

// nameAttributes identify a person: the name that was chosen, then the most stable
// attribute first.
var nameAttributes = [...]string{UserNameAttribute, "user.account_uuid", "enduser.id", "user.email", "process.owner"}

// localAttributes are only on events whose user.id is that of an installation or of an
// account: of the desktop app, of a gateway, of an account of the Admin API.
var localAttributes = [...]string{"claude.deployment_mode", "identity.source", "user.account_id"}

func userOf(e Event) string {
	redacted := false
	for _, key := range nameAttributes {
		switch user := e.text(key); {
		case user == "":
		case IsMarker(user):
			redacted = true
		default:
			return user
		}
	}
	id := e.text("user.id")
	switch {
	case isRemote(e):
		return CloudSessions
	case id == "" || IsMarker(id):
		return ""
	case redacted || !isInstallationID(id) || isLocal(e):
		return id
	default:
		return CloudSessions
	}
}

// isRemote reports whether an event has the mark of a session in the cloud.
func isRemote(e Event) bool {
	return e.text("cowork.surface") == "remote" || e.text("ccr.session.id") != ""
}

// isInstallationID reports whether a user.id has the form that clients generate. Other
// forms are the subject of an identity provider.
func isInstallationID(id string) bool {
	if len(id) != 64 {
		return false
	}
	for i := range len(id) {
		if c := id[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// isLocal reports whether an event without a name is of a client on a user's computer,
// which keeps its user.id. Local sessions of Cowork have a name, and those in the cloud
// run on Linux.
func isLocal(e Event) bool {
	for _, key := range localAttributes {
		if e.text(key) != "" {
			return true
		}
	}
	switch e.text("os.type") {
	case "darwin", "windows":
		return true
	}
	switch e.text("service.name") {
	case "", "cowork", "claude-cowork":
		return false
	}
	return true
}
