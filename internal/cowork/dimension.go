package cowork

// A Dimension resolves what events are grouped and split by. "" means that the
// event has no such value. It is safe for concurrent use.
type Dimension func(Event) string

// dimensions are the names that mean more than an attribute.
var dimensions = map[string]Dimension{
	"user":           Event.User,
	"organization":   attributeDimension("organization.id"),
	"model":          attributeDimension("model"),
	"tool":           tool,
	"connector":      connector,
	"skill":          skill,
	"plugin":         attributeDimension("plugin.name"),
	"agent":          agent,
	"client_version": Event.ClientVersion,
}

func attributeDimension(key string) Dimension {
	return func(e Event) string { return e.text(key) }
}

// DimensionOf returns the resolver of a dimension: user, organization, model, tool,
// connector, skill, plugin, agent, client_version, or else an attribute.
func DimensionOf(name string) Dimension {
	if d, ok := dimensions[name]; ok {
		return d
	}
	return attributeDimension(name)
}

// IsDimension reports whether a name means more than an attribute.
func IsDimension(name string) bool { return dimensions[name] != nil }

// Dimension returns the event's value of a dimension. Who asks for the same one
// again and again holds on to what [DimensionOf] returns.
func (e Event) Dimension(name string) string {
	if d, ok := dimensions[name]; ok {
		return d(e)
	}
	return e.text(name)
}

// userAttributes say who a user is, the steadiest first.
var userAttributes = [...]string{"user.account_uuid", "enduser.id", "user.email", "process.owner", "user.id"}

// User returns who caused the event, for grouping: the first of user.account_uuid,
// enduser.id, user.email, process.owner and user.id that is there and was not
// redacted, "" if none is.
func (e Event) User() string {
	for _, key := range userAttributes {
		if user := e.text(key); user != "" && !IsMarker(user) {
			return user
		}
	}
	return ""
}
