package e2e

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A column is a numeric column of a panel with its expected values.
type column struct {
	panel string
	by    []string // columns that name a row; none for a single row
	shows string
	want  func(*truth) map[string]float64
}

// columns lists the expected numbers of the page. Every panel is in it.
var columns = []column{
	{"cost", nil, "Cost", sum("cost")},
	{"cost_per_request", nil, "Cost per request", ratio("cost", "requests")},
	{"tokens", nil, "Tokens", sum("tokens")},
	{"prompts", nil, "Prompts", sum("prompts")},
	{"tasks", nil, "Tasks", sum("tasks")}, // people type all synthetic prompts
	{"sessions", nil, "Sessions", size("sessions")},
	{"active_users", nil, "Active users", size("users")},
	{"error_rate", nil, "Error rate", ratio("errors", "errors", "requests")},
	{"cache_hit_ratio", nil, "Cache hits", ratio("cache_read_tokens", "cache_read_tokens", "cache_creation_tokens", "input_tokens")},
	{"firing_alerts", nil, "Alerts", sum("firing")},

	{"cost_over_time", []string{"Time"}, "Cost", sum("cost by day")},
	{"cost_by_user", []string{"User"}, "Cost", sum("cost by user")},
	{"cost_by_user", []string{"User"}, "Requests", sum("requests by user")},
	{"cost_by_user", []string{"User"}, "Tokens", sum("tokens by user")},
	{"cost_by_user", []string{"User"}, "Cost per request", ratio("cost by user", "requests by user")},
	{"cost_by_organization", []string{"Organization"}, "Cost", sum("cost by organization")},
	{"cost_by_organization", []string{"Organization"}, "Requests", sum("requests by organization")},
	{"cost_by_model", []string{"Model"}, "Cost", sum("cost by model")},
	{"cost_by_model", []string{"Model"}, "Users", size("users by model")},
	{"cost_by_model", []string{"Model"}, "Requests", sum("requests by model")},
	{"cost_by_source", []string{"Query source"}, "Cost", sum("cost by source")},
	{"employee_cost", []string{"Organization"}, "Cost", all("cost", sum("cost by organization"))},
	{"employee_cost", []string{"Organization"}, "Active users", all("users", size("users by organization"))},

	{"people", []string{"User"}, "Cost", sum("cost by user")},
	{"people", []string{"User"}, "Requests", sum("requests by user")},
	{"people", []string{"User"}, "Prompts", sum("prompts by user")},
	{"people", []string{"User"}, "Sessions", size("sessions by user")},

	{"tokens_by_user_day", []string{"User", "Day"}, "Tokens", first(10, "tokens by user and day", "tokens by user", strings.HasPrefix)},
	{"tokens_over_time", []string{"Time", "Type"}, "Tokens", typed("input", "output", "cache read", "cache creation")},
	{"prompts_over_time", []string{"Time", "Started by"}, "Prompts", sum("prompts by day and starter")},
	{"prompts_by_origin", []string{"Origin"}, "Prompts", sum("prompts by origin")},
	{"prompts_by_hour", []string{"Day", "Hour"}, "Prompts", sum("prompts by hour")},
	{"active_users_over_time", []string{"Time"}, "Users", size("users by day")},
	{"busiest_users", []string{"User"}, "Prompts", sum("prompts by user")},
	{"busiest_users", []string{"User"}, "Tasks of clients", sum("tasks by user")},
	{"busiest_users", []string{"User"}, "Sessions", size("sessions by user")},
	{"skills", []string{"Skill"}, "Activations", sum("skills")},
	{"skills", []string{"Skill"}, "Users", size("users by skill")},
	{"plugins", []string{"Plugin", "Scope", "Enabled by"}, "Loads", sum("plugins")},
	{"plugins", []string{"Plugin", "Scope", "Enabled by"}, "Users", size("users by plugin")},
	{"plugin_spread", []string{"Plugin"}, "Users", size("users by organization's plugin")},
	{"plugin_spread", []string{"Plugin"}, "Share of active users", spread},
	{"agents", []string{"Subagent"}, "Runs", sum("agents")},
	{"agents", []string{"Subagent"}, "Mean duration", ratio("seconds of agents", "agents")},
	{"versions", []string{"Version"}, "Requests", sum("requests by version")},
	{"versions", []string{"Version"}, "Events", sum("events by version")},

	{"tools", []string{"Tool"}, "Calls", sum("calls")},
	{"tools", []string{"Tool"}, "Success", success},
	{"tools", []string{"Tool"}, "Mean duration", ratio("seconds of calls", "calls")},
	{"connector_error_rate", []string{"Connector"}, "Error rate", ratio("failed connector calls", "connector calls")},
	{"connector_error_rate", []string{"Connector"}, "Calls", sum("connector calls")},
	{"connector_errors", []string{"Connector", "Error"}, "Errors", sum("connector errors")},
	{"connector_errors_over_time", []string{"Time", "Connector"}, "Errors", first(6, "connector errors by day", "errors by connector", strings.HasSuffix)},
	{"connections", []string{"Connector"}, "Connected", sum("connected")},
	{"connections", []string{"Connector"}, "Failed", sum("failed")},
	{"connections", []string{"Connector"}, "Ended", sum("disconnected")},
	{"decisions", []string{"Tool", "Decision", "Decided by"}, "Decisions", sum("decisions")},
	{"rejections", []string{"Tool"}, "Rejections", sum("rejections")},
	{"modes", []string{"Mode"}, "Decisions", sum("decisions by mode")},
	{"bypassed_permissions", []string{"User"}, "Decisions", sum("bypassed")},
	{"failures", []string{"Failure"}, "Number", failures},

	{"calls", nil, "Calls", sum("all calls")},
	{"failed_calls", nil, "Failed", sum("all failed calls")},
	{"rejected_calls", nil, "Rejected", sum("all rejections")},
	{"calls_over_time", []string{"Time"}, "Calls", sum("calls by day")},
	{"failures_over_time", []string{"Time", "Outcome"}, "Calls", sum("calls by day and outcome")},
	{"failures_by_user", []string{"User"}, "Failures", sum("failed calls by user")},

	{"requests_over_time", []string{"Time"}, "Requests", sum("requests by day")},
	{"failed_requests_over_time", []string{"Time", "Outcome"}, "Requests", outcomes},
	{"api_performance", []string{"Model"}, "Requests", sum("requests by model")},
	{"api_performance", []string{"Model"}, "Errors", sum("errors by model")},
	{"api_performance", []string{"Model"}, "Error rate", ratio("errors by model", "errors by model", "requests by model")},
	{"api_performance", []string{"Model"}, "Refusals", sum("refusals by model")},
	{"api_performance", []string{"Model"}, "Mean", ratio("seconds by model", "requests by model")},
	{"api_performance", []string{"Model"}, "Mean of all", ratio("seconds of all by model", "requests by model", "errors by model")},
	{"status_codes", []string{"Status", "Model"}, "Errors", sum("errors by status")},
	{"cache", []string{"Model"}, "Cache hits", hits("by model")},
	{"cache", []string{"Model"}, "Read", sum("cache_read_tokens by model")},
	{"cache", []string{"Model"}, "Created", sum("cache_creation_tokens by model")},
	{"cache_over_time", []string{"Time"}, "Cache hits", hits("by day")},
}

// elsewhere lists the panels that pagerest_test.go and pageteams_test.go check.
var elsewhere = map[string]bool{
	"latency_over_time": true, "alerts_firing": true, "alerts_recent": true,
	"cost_by_team": true, "cost_by_cost_center": true, "adoption_by_team": true, "prompts_by_team_over_time": true,
}

// figured are the sections whose panels TestFigures of package panels checks.
var figured = map[string]bool{
	"People": true, "Summary": true, "Permissions": true, "Hosts and connectors": true,
	"Plugins, skills and scheduled tasks": true, "Redaction": true,
}

// failures are the numbers of what failed, by kind.
func failures(f *truth) map[string]float64 {
	all := map[string]float64{}
	for kind, what := range map[string]string{
		"failed API requests": "errors", "refused API requests": "refusals", "failed tool calls": "failed calls", "rejected tool calls": "rejections",
	} {
		for _, n := range f.sums[what] {
			all[kind] += n
		}
	}
	return all
}

func sum(what string) func(*truth) map[string]float64 {
	return func(f *truth) map[string]float64 { return f.sums[what] }
}

func ratio(over string, under ...string) func(*truth) map[string]float64 {
	return func(f *truth) map[string]float64 { return f.ratio(over, under...) }
}

func size(of string) func(*truth) map[string]float64 {
	return func(f *truth) map[string]float64 {
		sizes := map[string]float64{}
		for by, members := range f.sets[of] {
			sizes[by] = float64(len(members))
		}
		return sizes
	}
}

// all adds a total row to those of organizations.
func all(of string, by func(*truth) map[string]float64) func(*truth) map[string]float64 {
	return func(f *truth) map[string]float64 {
		rows := map[string]float64{"All": f.sums[of][""] + size(of)(f)[""]}
		maps.Copy(rows, by(f))
		return rows
	}
}

func hits(by string) func(*truth) map[string]float64 {
	return ratio("cache_read_tokens "+by, "cache_read_tokens "+by, "cache_creation_tokens "+by, "input_tokens "+by)
}

func typed(types ...string) func(*truth) map[string]float64 {
	return func(f *truth) map[string]float64 {
		rows := map[string]float64{}
		for _, name := range types {
			for day, n := range f.sums[strings.ReplaceAll(name, " ", "_")+"_tokens by day"] {
				rows[key(day, name)] = n
			}
		}
		return rows
	}
}

func outcomes(f *truth) map[string]float64 {
	rows := map[string]float64{}
	for outcome, what := range map[string]string{"failed": "errors", "refused": "refusals"} {
		for day, n := range f.sums[what+" by day"] {
			rows[key(day, outcome)] = n
		}
	}
	return rows
}

// first keeps the sums of the n largest groups.
func first(n int, what, of string, theirs func(by, name string) bool) func(*truth) map[string]float64 {
	return func(f *truth) map[string]float64 {
		names := slices.SortedFunc(maps.Keys(f.sums[of]), func(a, b string) int {
			return cmp.Or(cmp.Compare(f.sums[of][b], f.sums[of][a]), cmp.Compare(a, b))
		})
		names = names[:min(n, len(names))]
		rows := maps.Clone(f.sums[what])
		maps.DeleteFunc(rows, func(by string, _ float64) bool {
			return !slices.ContainsFunc(names, func(name string) bool { return theirs(by, name) })
		})
		return rows
	}
}

func success(f *truth) map[string]float64 {
	rows := map[string]float64{}
	for tool, failed := range f.ratio("failed calls", "calls") {
		rows[tool] = 1 - failed
	}
	return rows
}

func spread(f *truth) map[string]float64 {
	rows := map[string]float64{}
	for plugin, n := range size("users by organization's plugin")(f) {
		rows[plugin] = n / float64(len(f.sets["users"][""]))
	}
	return rows
}

// requireFigures compares every number of the page with the sent events.
func (p *dashboard) requireFigures(t *testing.T, query string) {
	t.Helper()
	answers := p.answers(t, query)
	checked := map[string]bool{}
	for _, c := range columns {
		answered, known := answers[c.panel]
		require.True(t, known, "there is no panel %s", c.panel)
		checked[c.panel] = true
		c.check(t, &answered, &p.sum)
	}
	for id := range answers {
		require.True(t, checked[id] || elsewhere[id] || figured[answers[id].Section], "panel %s is not tested", id)
	}
	require.False(t, t.Failed(), "figures are not the events'")
	p.requirePercentiles(t, query)
	p.requireAlerts(t, query)
}

// check compares a column with its expected values. Zeros and rows beyond the panel's
// limit may be missing.
func (c column) check(t *testing.T, answered *panel, sum *truth) {
	t.Helper()
	want := c.want(sum)
	got := map[string]float64{}
	for _, row := range answered.Rows {
		n, _ := row[answered.at(t, c.shows)].(float64)
		name := answered.name(t, c.by, row)
		got[name] += n
		assert.InDelta(t, want[name], n, 1e-9+math.Abs(want[name])*1e-9, "%s: %s of %q", c.panel, c.shows, name)
	}
	missing := 0
	for name, n := range want {
		if _, there := got[name]; !there && n != 0 {
			missing++
		}
	}
	assert.LessOrEqual(t, missing, answered.Cut, "%s: %s: rows that are missing; want %v, got %v", c.panel, c.shows, want, got)
}

// at returns the index of a column.
func (a *panel) at(t *testing.T, name string) int {
	t.Helper()
	for i, c := range a.Columns {
		if c.Name == name {
			return i
		}
	}
	require.Fail(t, "no such column", "%s has no column %q but %v", a.ID, name, a.Columns)
	return -1
}

// name joins the cells that name a row in the form of the test's sums.
func (a *panel) name(t *testing.T, by []string, row []any) string {
	t.Helper()
	var parts []string
	for _, column := range by {
		text, _ := row[a.at(t, column)].(string)
		if column == "Time" {
			text = text[:len("2006-01-02")]
		}
		if text != "(unknown)" && text != "none" {
			parts = append(parts, text)
		}
	}
	return key(parts...)
}
