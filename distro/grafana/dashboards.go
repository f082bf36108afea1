package grafana

import "strings"

// Dashboards returns all of them, in the order of Grafana's menu.
func Dashboards() []Dashboard {
	return []Dashboard{overview, cost, tools, api, adoption, operations}
}

// filters are what $who and $what stand for. A variable that is set to all matches
// series without the label too.
var filters = strings.NewReplacer(
	"$who", `organization=~"$organization",user=~"$user"`,
	"$what", `organization=~"$organization",user=~"$user",model=~"$model"`,
)

// Expression returns the query as Grafana has it, with Grafana's own variables.
func (q Query) Expression() string { return filters.Replace(q.Expr) }

// Range reports whether a kind shows how values change.
func (k Kind) Range() bool { return k == Lines || k == Bars }
