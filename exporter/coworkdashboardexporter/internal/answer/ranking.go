package answer

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// byRank is the default order: names decide between equal numbers.
const byRank = "2 desc nulls last, 1"

// rankingRows returns the rows of a panel in their order, and how many the limit leaves out.
func rankingRows(ctx context.Context, a *answer) ([][]any, int, error) {
	q := &a.panel.Query
	if q.Split != nil {
		rows, err := a.parts(ctx, q)
		return rows, 0, err
	}
	limit := cmp.Or(a.limit, q.Limit)
	var rows [][]any
	if q.Total != "" {
		total, _, err := a.rows(ctx, totalOf(q), a.totalValues(), 0)
		if err != nil {
			return nil, 0, err
		}
		rows = total
	}
	values := make([]string, len(a.panel.Columns))
	for i, c := range a.panel.Columns {
		values[i] = c.Value
	}
	if q.Rank != nil && limit > 0 && limit <= maxLargest {
		return a.largestRows(ctx, q, values, limit)
	}
	ranked, of, err := a.rows(ctx, q, values, limit)
	return append(rows, ranked...), max(0, of-len(ranked)), err
}

// maxLargest is the most users that are read one by one.
const maxLargest = 200

// largestRows returns the rows of the largest users. To rank 100,000 users by one sum
// takes a third of the time that it takes to add up all sums and to look up all names.
func (a *answer) largestRows(ctx context.Context, q *report.Query, values []string, limit int) ([][]any, int, error) {
	users, of, err := a.largest(ctx, q, values[1], limit)
	if err != nil || len(users) == 0 {
		return nil, 0, err
	}
	s := a.newStatement(a.span)
	s.users = users
	rows, _, err := a.query(ctx, s, s.selection(q, false, values, " order by "+byRank))
	for _, row := range rows {
		a.convert(row, a.panel.Columns)
	}
	return rows, max(0, of-len(users)), err
}

// largest returns the ids of the users with the largest values of an expression, in their
// order, and the number of all users.
func (a *answer) largest(ctx context.Context, q *report.Query, value string, limit int) ([]int64, int, error) {
	rank := &report.Query{Fact: q.Fact, By: []string{byUser}, Sums: q.Rank}
	s := a.newStatement(a.span)
	s.having = q.Having // few users fail, and SQLite sorts all rows that it adds up
	found, of, err := a.query(ctx, s, "select user_id, "+value+", count(*) over () from ("+s.sums(rank, false)+
		") as main order by 2 desc nulls last, 1 limit "+strconv.Itoa(limit))
	users := make([]int64, len(found))
	for i, row := range found {
		users[i], _ = row[0].(int64)
	}
	return users, of, err
}

// rows returns the converted rows of a query, and their number without the limit.
func (a *answer) rows(ctx context.Context, q *report.Query, values []string, limit int) ([][]any, int, error) {
	s := a.newStatement(a.span)
	if err := a.setExtent(ctx, s, q); err != nil {
		return nil, 0, err
	}
	end := " order by " + cmp.Or(q.Order, byRank)
	if limit > 0 {
		end += " limit " + strconv.Itoa(limit)
	}
	rows, of, err := a.query(ctx, s, s.selection(q, false, values, end))
	for _, row := range rows {
		a.convert(row, a.panel.Columns)
	}
	return rows, of, err
}

// totalOf returns a query over all keys.
func totalOf(q *report.Query) *report.Query {
	total := *q
	total.By, total.Having, total.Order, total.Join = nil, "", "1", slices.Clone(q.Join)
	for i := range total.Join {
		total.Join[i].By = nil
	}
	return &total
}

// totalValues returns the values of the total: its name in place of each key.
func (a *answer) totalValues() []string {
	values := make([]string, len(a.panel.Columns))
	for i, c := range a.panel.Columns {
		if values[i] = c.Value; slices.Contains(a.panel.Query.By, c.Value) {
			values[i] = "'" + a.panel.Query.Total + "'"
		}
	}
	return values
}

// parts returns a row for each part of a query without keys that is not 0.
func (a *answer) parts(ctx context.Context, q *report.Query) ([][]any, error) {
	var values []string
	for _, part := range q.Split {
		values = append(values, part.Value)
	}
	s := a.newStatement(a.span)
	found, _, err := a.query(ctx, s, s.selection(q, false, values, ""))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var rows [][]any
	for i, part := range q.Split {
		if n, ok := numberOf(found[0][i]).(int64); ok && n > 0 {
			rows = append(rows, []any{part.Name, n})
		}
	}
	slices.SortStableFunc(rows, func(a, b []any) int { return cmp.Compare(b[1].(int64), a[1].(int64)) })
	return rows, nil
}

// setExtent sets the extent of a statement if a query reads it: the days of the range
// for which there are figures. Days in the future or before the first event have none.
// An extent has at least one day, since less is too short to extrapolate.
func (a *answer) setExtent(ctx context.Context, s *statement, q *report.Query) error {
	if !slices.ContainsFunc(q.Join, func(j report.Join) bool { return j.Fact == "span" }) {
		return nil
	}
	oldest, err := a.oldest(ctx, fact.Day)
	from, to := a.span.from, a.span.to
	if a.filter.To.Before(to) {
		to = a.filter.To
	}
	if oldest.After(from) {
		from = oldest
	}
	const day = 24 * time.Hour
	s.extent = extent{days: max(1, float64(to.Sub(from))/float64(day)), seat: a.set.SeatValueUSD}
	return err
}

// oldest returns the time of the oldest figures of a grain, zero if there are none.
func (a *answer) oldest(ctx context.Context, g fact.Grain) (time.Time, error) {
	n, err := a.activity(ctx, "min", g)
	if err != nil || !n.Valid {
		return time.Time{}, err
	}
	return timeOf(n.Int64, a.set.Zone), nil
}

// isNewest reports whether figures are stored, but none after a span.
func (a *answer) isNewest(ctx context.Context, in span) (bool, error) {
	n, err := a.activity(ctx, "max", in.grain)
	return n.Valid && n.Int64 < keyOf(in.to, in.grain), err
}

// activity returns the first or the last value of the time column of a grain. Each event
// has a row in these tables.
func (a *answer) activity(ctx context.Context, minOrMax string, g fact.Grain) (n sql.NullInt64, err error) {
	err = a.tx.QueryRow(ctx, "select "+minOrMax+"("+g.String()+") from "+fact.TableOf("activity").Of(g)).Scan(&n)
	return n, err
}
