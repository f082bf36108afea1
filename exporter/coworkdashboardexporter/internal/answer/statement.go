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
	args   []any
}

// ids are the ids of the names of a filter, noID for a name that is not stored.
type ids struct{ organization, user, model int64 }

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
	t := tableOf(q, s.filter)
	rows := s.sums(t, q, byTime)
	if q.Quantiles {
		rows = quantiles(rows, s.columns(q, byTime), q.Sums)
	}
	return named(rows, q.By, t)
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
		switch {
		case key == byDay || key == byWeekday:
		case key == fact.HourOfDay:
			columns = append(columns, key)
		default:
			columns = append(columns, idColumn(key))
		}
	}
	return columns
}

// sums returns the query that adds up the rows of a table.
func (s *statement) sums(t *fact.Table, q *report.Query, byTime bool) string {
	group := s.columns(q, byTime)
	if q.Quantiles {
		group = append(group, fact.Bucket)
	}
	read := slices.Clone(group) // the columns of a piece
	values := slices.Clone(group)
	for _, sum := range s.sumsOf(q) {
		if sum == report.Users {
			values = append(values, "count(distinct nullif(user_id, 0)) as users")
			if !slices.Contains(group, "user_id") {
				read = append(read, "user_id")
			}
			continue
		}
		read = append(read, sum)
		values = append(values, fmt.Sprintf("cast(coalesce(sum(%s), 0) as bigint) as %s", sum, sum))
	}
	pieces := piecesOf(s.span, t.Grains)
	if byTime {
		pieces = []piece{pieceOf(s.span)}
	}
	single := s.filter.User != "" || s.users != nil
	where := s.where(t, q)
	parts := make([]string, len(pieces))
	for i := range pieces {
		p := &pieces[i]
		columns, end := strings.Join(read, ", "), ""
		if byTime {
			columns = p.grain.String() + " as " + columns
		}
		if byTime && q.Quantiles && len(q.By) == 0 {
			columns, end = inOrder(t, p.grain)
		}
		parts[i] = "select " + columns + " from " + t.Of(p.grain) + " where " + p.during(single) + where + end
	}
	query := "select " + strings.Join(values, ", ") + " from (" + strings.Join(parts, " union all ") + ") as pieces"
	if len(group) > 0 {
		query += " group by " + strings.Join(group, ", ")
	}
	return query
}

// inOrder returns the columns and the end of a query that adds up the models of each
// bucket. It groups by the first columns of the key, so that SQLite reads the groups in
// the order in which they are stored: sorting all rows of 90 days takes four times as
// long as reading them.
func inOrder(t *fact.Table, g fact.Grain) (columns, end string) {
	key := t.Key(g)
	key = key[:slices.Index(key, fact.Bucket)+1]
	return g.String() + " as t, " + fact.Bucket + ", sum(timed) as timed", " group by " + strings.Join(key, ", ")
}

// sumsOf returns the sums of a query, with those that quantiles need.
func (s *statement) sumsOf(q *report.Query) []string {
	if !q.Quantiles || slices.Contains(q.Sums, "timed") {
		return q.Sums
	}
	return append(slices.Clone(q.Sums), "timed")
}

// where returns the conditions on the rows of a table, besides the time.
func (s *statement) where(t *fact.Table, q *report.Query) string {
	var b strings.Builder
	equal := func(column, value string) { b.WriteString(" and " + column + " = " + value) }
	if s.users != nil {
		b.WriteString(" and user_id in (" + joinInts(s.users) + ")")
	}
	if s.filter.User != "" {
		equal("user_id", s.arg(s.ids.user))
	}
	if s.filter.Organization != "" {
		equal("organization_id", s.arg(s.ids.organization))
	}
	if s.filter.Model != "" {
		equal("model_id", s.arg(s.ids.model))
	}
	for _, label := range slices.Sorted(maps.Keys(q.Only)) {
		b.WriteString(" and " + s.isNamed(label, q.Only[label]))
	}
	if len(t.Facts) > 1 {
		b.WriteString(" and (" + present(q.Fact) + ")")
	}
	return b.String()
}

// isNamed returns the condition that a label has a name.
func (s *statement) isNamed(label, name string) string {
	return idColumn(label) + " = (select id from names where kind = " + s.arg(fact.Kind(label)) + " and name = " + s.arg(name) + ")"
}

// present returns the condition that a row of a table of several facts has the fact.
func present(name string) string {
	var sums []string
	for _, sum := range fact.TableOf(name).Sums {
		sums = append(sums, sum.Name+" > 0")
	}
	return strings.Join(sums, " or ")
}

// The quantiles of a query, in seconds.
var quantileColumns = []struct {
	name    string
	percent int
}{{"p50", 50}, {"p95", 95}, {"p99", 99}}

// quantiles returns the query for the sums and quantiles of rows by buckets. A quantile
// is the duration of the first bucket up to which there are enough events.
func quantiles(rows string, group, sums []string) string {
	over := ""
	if len(group) > 0 {
		over = "partition by " + strings.Join(group, ", ")
	}
	values := slices.Clone(group)
	for _, sum := range sums {
		values = append(values, fmt.Sprintf("cast(sum(%s) as bigint) as %s", sum, sum))
	}
	for _, q := range quantileColumns {
		values = append(values, fmt.Sprintf("min(case when up_to * 100 >= %d * total then %s end) / 1e6 as %s", q.percent, fact.Bucket, q.name))
	}
	query := fmt.Sprintf("select %s from (select b.*, sum(timed) over (%s order by %s) as up_to, sum(timed) over (%s) as total from (%s) as b) as c",
		strings.Join(values, ", "), over, fact.Bucket, over, rows)
	if len(group) > 0 {
		query += " group by " + strings.Join(group, ", ")
	}
	return query
}
