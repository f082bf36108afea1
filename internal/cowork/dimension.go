package cowork

// A Dimension returns the value by which an event is grouped, "" if the event has no
// such value. It is safe for concurrent use.
type Dimension func(Event) string

// dimensions are the names that are derived from several attributes.
var dimensions = map[string]Dimension{
	"user":           Event.User,
	"team":           attributeDimension(TeamAttribute),
	"cost_center":    costCenterOf,
	"organization":   attributeDimension("organization.id"),
	"model":          attributeDimension("model"),
	"tool":           toolOf,
	"connector":      connectorOf,
	"skill":          skillOf,
	"plugin":         attributeDimension("plugin.name"),
	"agent":          agentOf,
	"client_version": Event.ClientVersion,
}

func attributeDimension(key string) Dimension {
	return func(e Event) string { return e.text(key) }
}

// DimensionOf returns the resolver of a dimension: user, team, cost_center, organization,
// model, tool, connector, skill, plugin, agent, client_version, or else an attribute.
func DimensionOf(name string) Dimension {
	if d, ok := dimensions[name]; ok {
		return d
	}
	return attributeDimension(name)
}

// IsDimension reports whether a name is a dimension of its own, not an attribute.
func IsDimension(name string) bool { return dimensions[name] != nil }

// Dimension returns the event's value of a dimension. Callers that read one dimension
// of many events use [DimensionOf] once.
func (e Event) Dimension(name string) string {
	if d, ok := dimensions[name]; ok {
		return d(e)
	}
	return e.text(name)
}

// User returns the event's user, for grouping: cowork.user.name, else the first of
// user.account_uuid, enduser.id, user.email and process.owner that is present and was not
// redacted, else user.id, [CloudSessions] for a session in the cloud, "" if there is none.
func (e Event) User() string { return userOf(e) }

// Team returns the team of the event's user, "" if it has none.
func (e Event) Team() string { return e.text(TeamAttribute) }

// costCenterOf returns the cost center of the user, else the one that the client sends.
func costCenterOf(e Event) string {
	if v := e.text(CostCenterAttribute); v != "" {
		return v
	}
	return e.text("cost_center")
}
