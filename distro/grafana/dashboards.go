package grafana

import "strings"

// Dashboards returns all dashboards, in the order of Grafana's menu.
func Dashboards() []Dashboard {
	return []Dashboard{overview, cost, tools, api, adoption, egress, operations}
}

// filters replaces $who, $what, $typed and $started by label matchers. A variable set to
// all also matches series without the label. $typed also matches the series of collectors
// that did not write the origin of prompts.
var filters = strings.NewReplacer(
	"$who", `organization=~"$organization",team=~"$team",user=~"$user"`,
	"$what", `organization=~"$organization",team=~"$team",user=~"$user",model=~"$model"`,
	"$typed", `organization=~"$organization",team=~"$team",user=~"$user",cowork_prompt_origin!~"task|schedule|agent"`,
	"$started", `organization=~"$organization",team=~"$team",user=~"$user",cowork_prompt_origin=~"task|schedule|agent"`,
)

// Expression returns the query with its filters replaced. Grafana's variables stay.
func (q Query) Expression() string { return filters.Replace(q.Expr) }

// Range reports whether a kind shows values over time.
func (k Kind) Range() bool { return k == Lines || k == Bars }
