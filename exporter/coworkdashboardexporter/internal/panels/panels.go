package panels

import "slices"

// The sections of the page, in the order of their panels.
const (
	overview = "At a glance"
	costs    = "Cost"
	use      = "Use"
	tooling  = "Tools and connectors"
	api      = "API"
	alerting = "Alerts"
)

// All are the panels of the page in its order.
var All = slices.Concat(overviewPanels, costPanels, usePanels, toolPanels, apiPanels, alertPanels)
