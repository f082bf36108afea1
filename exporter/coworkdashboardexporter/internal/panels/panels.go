package panels

// The sections of the page, in the order of their panels.
const (
	overview = "At a glance"
	costs    = "Cost"
	people   = "People"
	use      = "Use"
	tooling  = "Tools and connectors"
	api      = "API"
	alerting = "Alerts"

	security    = "Summary"
	permissions = "Permissions"
	reach       = "Hosts and connectors"
	extensions  = "Plugins, skills and scheduled tasks"
	redacted    = "Redaction"
)
