package panels

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// name returns a column of names.
func name(title, value string) report.Column { return report.Column{Name: title, Value: value} }

// number returns a column of numbers.
func number(title, unit, value string) report.Column {
	return report.Column{Name: title, Type: report.Number, Unit: unit, Value: value}
}

// listed returns a column of numbers that links to the list that explains them.
func listed(title, unit, value, href string) report.Column {
	return report.Column{Name: title, Type: report.Number, Unit: unit, Value: value, Href: href}
}

// The lists that numbers link to.
const (
	allPrompts      = "/prompts"
	failedPrompts   = "/prompts?outcome=failed"
	refusedPrompts  = "/prompts?outcome=refused"
	rejectedPrompts = "/prompts?outcome=rejected"
	allSessions     = "/sessions"
)

// at returns a column of times.
func at(title, value string) report.Column {
	return report.Column{Name: title, Type: report.Time, Value: value}
}

// figure returns the columns of a figure: a number, and that of the previous period.
func figure(title, unit, value string) []report.Column {
	before := number("Before", unit, value)
	before.Prior = true
	return []report.Column{number(title, unit, value), before}
}

// overTime returns the columns of a line with the number of a query.
func overTime(title, unit, value string) []report.Column {
	return []report.Column{at("Time", ""), number(title, unit, value)}
}

// linesOverTime returns the columns of several lines. Key is a key of the query, or ""
// if the query is split into parts.
func linesOverTime(names, key, title, unit, value string) []report.Column {
	return []report.Column{at("Time", ""), name(names, key), number(title, unit, value)}
}

// ratio returns the quotient of two expressions, null if there is nothing to divide by.
func ratio(a, b string) string { return "(" + a + ") * 1.0 / nullif(" + b + ", 0)" }

// The sums and expressions of several panels.
const (
	tokens = "input + output + cache_read + cache_creation" //nolint:gosec // of a model, not credentials
	// usd is the cost, null if no request has a known cost.
	usd = "case when cost_micros > 0 or unpriced = 0 then cost_micros / 1e6 end"
	// typed and started are prompts by people and by clients.
	typed   = "prompts"
	started = "tasks + schedules + agent_prompts"
)

var (
	costSums   = []string{"requests", "unpriced", "cost_micros"}
	tokenSums  = []string{"input", "output", "cache_read", "cache_creation"}
	promptSums = []string{"prompts", "tasks", "schedules", "agent_prompts"}

	// usdPerRequest is the cost of a request with a known cost.
	usdPerRequest = ratio("cost_micros / 1e6", "requests - unpriced")
	cacheHits     = ratio("cache_read", "input + cache_read + cache_creation")
	errorRate     = ratio("errors", "requests + errors")

	unpriced = report.Column{Name: "Without a known cost", Type: report.Number, Unit: "{request}", Value: "unpriced", Rare: true}
)
