package answer

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A statement is an SQL statement that is being built, with its parameters.
type statement struct {
	span   span
	filter report.Filter
	ids    ids // of the filter's names
	extent extent
	users  []int64 // to which a heat map is limited, nil for all
	having string  // a condition on rows of a table, "" for none
	coarse []slot  // of a line with fewer slots than the span, nil for others
	args   []any
}

// ids are the ids of the names of a filter, noID for a name that is not stored.
type ids struct{ organization, team, user, model, tool, connector int64 }

const noID = -1

// An extent is the row of the data span.
type extent struct {
	days float64
	seat float64 // 0 if unknown
}

// arg adds a parameter and returns its placeholder.
func (s *statement) arg(value any) string {
	s.args = append(s.args, value)
	return "$" + strconv.Itoa(len(s.args))
}

// relation returns the query for the rows of a panel's query: its keys by name, and its
// sums. With byTime set, rows are by hour or day as well, in the column t.
func (s *statement) relation(q *report.Query, byTime bool) string {
	if o := otherData[q.Fact]; o != nil {
		return s.other(o, q)
	}
	rows := s.sums(q, byTime)
	if q.Quantiles {
		rows = quantiles(rows, s.columns(q, byTime), q.Sums)
	}
	return named(rows, q.By, fact.TableOf(q.Fact))
}

// named adds the names of keys to rows with their ids.
func named(rows string, keys []string, t *fact.Table) string {
	var columns, joins strings.Builder
	for i, key := range keys {
		if isNumber(key, t) {
			continue
		}
		fmt.Fprintf(&columns, ", coalesce(n%d.name, '(unknown)') as %q", i, key)
		fmt.Fprintf(&joins, " left join names as n%d on n%d.id = %s", i, i, idColumn(key))
	}
	return "select g.*" + columns.String() + " from (" + rows + ") as g" + joins.String()
}

func isNumber(key string, t *fact.Table) bool {
	return t != nil && slices.ContainsFunc(t.Labels, func(l fact.Label) bool { return l.Number && l.Name == key })
}

func idColumn(key string) string { return key + "_id" }

// columns returns the columns by which a query groups rows.
func (s *statement) columns(q *report.Query, byTime bool) (columns []string) {
	if byTime {
		columns = append(columns, "t")
	}
	for _, key := range q.By {
		switch key {
		case byDay, byWeekday:
		case fact.HourOfDay:
			columns = append(columns, key)
		default:
			columns = append(columns, idColumn(key))
		}
	}
	return columns
}

// where returns the conditions on the rows d of a table, besides the time.
func (s *statement) where(t *fact.Table, q *report.Query) string {
	var b strings.Builder
	equal := func(column, value string) { b.WriteString(" and " + column + " = " + value) }
	if s.having != "" {
		b.WriteString(" and " + s.having)
	}
	if s.users != nil {
		b.WriteString(" and d.user_id in (" + joinInts(s.users) + ")")
	}
	if s.filter.User != "" {
		equal("d.user_id", s.arg(s.ids.user))
	}
	if s.filter.Team != "" {
		b.WriteString(" and " + s.inTeam("d.user_id"))
	}
	if s.filter.Organization != "" {
		equal("organization_id", s.arg(s.ids.organization))
	}
	if s.filter.Model != "" {
		equal("model_id", s.arg(s.ids.model))
	}
	if s.filter.Tool != "" {
		equal("tool_id", s.arg(s.ids.tool))
	}
	if s.filter.Connector != "" {
		equal("connector_id", s.arg(s.ids.connector))
	}
	for _, label := range slices.Sorted(maps.Keys(q.Only)) {
		b.WriteString(" and " + s.isNamed(label, q.Only[label]))
	}
	if len(t.Facts) > 1 && q.Fact != t.Facts[0] { // each row has the first fact
		b.WriteString(" and (" + present(t, q.Fact) + ")")
	}
	return b.String()
}

// inTeam returns the condition that a user is in the team of the filter. The team (unknown)
// has the users without one.
func (s *statement) inTeam(user string) string {
	if s.ids.team == 0 {
		return user + " not in (select user_id from people where team_id > 0)"
	}
	return user + " in (select user_id from people where team_id = " + s.arg(s.ids.team) + ")"
}

// isNamed returns the condition that a label has a name.
func (s *statement) isNamed(label, name string) string {
	return idColumn(label) + " = (select id from names where kind = " + s.arg(fact.Kind(label)) + " and name = " + s.arg(name) + ")"
}

// present returns the condition that a row of a table of several facts has the fact.
func present(t *fact.Table, name string) string {
	var sums []string
	for _, sum := range fact.TableOf(name).Sums {
		if hasSum(t, sum.Name) {
			sums = append(sums, sum.Name+" > 0")
		}
	}
	return strings.Join(sums, " or ")
}
