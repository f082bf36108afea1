package grafana

import "strings"

// Dashboards returns all dashboards, in the order of Grafana's menu.
func Dashboards() []Dashboard {
	return []Dashboard{overview, cost, tools, api, adoption, operations}
}

// filters replaces $who and $what by label matchers. A variable set to all also matches
// series without the label.
var filters = strings.NewReplacer(
	"$who", `organization=~"$organization",user=~"$user"`,
	"$what", `organization=~"$organization",user=~"$user",model=~"$model"`,
)

// Expression returns the query with $who and $what replaced. Grafana's variables stay.
func (q Query) Expression() string { return filters.Replace(q.Expr) }

// Range reports whether a kind shows values over time.
func (k Kind) Range() bool { return k == Lines || k == Bars }
