package answer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// sums returns the query that adds up rows. The sums come from the smallest table, and
// the numbers of users from a table by user.
func (s *statement) sums(q *report.Query, byTime bool) string {
	group := s.columns(q, byTime)
	if !byTime && isByPeople(q) {
		return s.byPeople(q, group)
	}
	i := slices.Index(q.Sums, report.Users)
	if i < 0 {
		return s.total(q, group, byTime)
	}
	users := s.userCounts(q, group, byTime)
	others := *q
	if others.Sums = slices.Delete(slices.Clone(q.Sums), i, i+1); len(others.Sums) == 0 {
		return users
	}
	on := " on true"
	if len(group) > 0 {
		on = " using (" + strings.Join(group, ", ") + ")"
	}
	return "select s.*, coalesce(u.users, 0) as users from (" + s.total(&others, group, byTime) + ") as s left join (" + users + ") as u" + on
}

// total returns the query that adds up the rows of a table.
func (s *statement) total(q *report.Query, group []string, byTime bool) string {
	t := tableOf(q, s.filter)
	if q.Quantiles {
		group = append(slices.Clone(group), fact.Bucket)
	}
	values := slices.Clone(group)
	sums := s.sumsOf(q)
	for _, sum := range sums {
		values = append(values, fmt.Sprintf("cast(coalesce(sum(%s), 0) as bigint) as %s", addend(t, sum), sum))
	}
	var rows string
	if byTime && q.Quantiles && len(q.By) == 0 {
		rows = s.inOrder(t, q)
	} else {
		rows = s.pieces(t, q, slices.Concat(group, sums), byTime)
	}
	return grouped("select "+strings.Join(values, ", ")+" from ("+rows+") as pieces", group)
}

// addend returns the expression that is added up for a sum. PostgreSQL adds up bigint as
// numeric, which takes twice as long as the rest of the query: amounts are added up as
// floating-point numbers, which are exact to 9 billion dollars.
func addend(t *fact.Table, sum string) string {
	if slices.ContainsFunc(t.Sums, func(s fact.Sum) bool { return s.Wide && s.Name == sum }) {
		return "cast(" + sum + " as double precision)"
	}
	return sum
}

func grouped(query string, group []string) string {
	if len(group) == 0 {
		return query
	}
	return query + " group by " + strings.Join(group, ", ")
}

// pieces returns the query for the rows of a table in the time range.
func (s *statement) pieces(t *fact.Table, q *report.Query, columns []string, byTime bool) string {
	pieces := piecesOf(s.span, t.Grains)
	if byTime && s.coarse == nil {
		pieces = []piece{pieceOf(s.span)}
	}
	where := s.where(t, q)
	list, people := withPeople(columns)
	parts := make([]string, len(pieces))
	for i := range pieces {
		p := &pieces[i]
		time := ""
		if byTime {
			time = p.grain.String() + " as " // the first column, t
		}
		parts[i] = "select " + time + list + " from " + t.Of(p.grain) + " as d" + people + " where " + p.during(s.fewUsers()) + where
	}
	return strings.Join(parts, " union all ")
}

// byPeople returns the query that adds up the rows of each user, then those of the users of
// a team: to look up the team of ten thousand users takes less time than to look it up for
// each row, and the users are counted on the way.
func (s *statement) byPeople(q *report.Query, group []string) string {
	users := *q
	users.By = append(slices.DeleteFunc(slices.Clone(q.By), func(key string) bool { return slices.Contains(peopleKeys, key) }), byUser)
	users.Sums = slices.DeleteFunc(slices.Clone(q.Sums), func(sum string) bool { return sum == report.Users })
	list, join := withPeople(group)
	for _, sum := range q.Sums {
		if sum == report.Users {
			list += ", count(nullif(d.user_id, 0)) as users"
		} else {
			list += fmt.Sprintf(", cast(sum(%[1]s) as bigint) as %[1]s", sum)
		}
	}
	rows := s.total(&users, s.columns(&users, false), false)
	return "select " + list + " from (" + rows + ") as d" + join + " group by " + strings.Join(places(len(group)), ", ")
}

// fewUsers reports whether a statement reads the rows of some users.
func (s *statement) fewUsers() bool {
	return s.users != nil || s.filter.User != "" || s.filter.Team != "" && s.ids.team != 0
}

// userCounts returns the query for the numbers of distinct users. A row without users is
// left out.
//
// SQLite compares whole rows when it looks for distinct ones, but integers in the first
// column fast: the user comes first, since it differs most. By time, it counts users in
// the order of the key, without looking for them, if nothing but the user is counted.
func (s *statement) userCounts(q *report.Query, group []string, byTime bool) string {
	byUser := report.Query{Fact: q.Fact, By: q.By, Only: q.Only, Sums: []string{report.Users}}
	t := tableOf(&byUser, s.filter)
	if byTime || len(group) == 0 {
		rows := s.pieces(t, &byUser, append(slices.Clone(group), "user_id"), byTime)
		values := append(slices.Clone(group), "count(distinct user_id) as users")
		return grouped("select "+strings.Join(values, ", ")+" from ("+rows+") as pieces where user_id > 0", group)
	}
	list := strings.Join(group, ", ")
	rows := s.pieces(t, &byUser, append([]string{"user_id"}, group...), false)
	return "select " + list + ", count(*) as users from (select distinct user_id, " + list + " from (" + rows + ") as pieces where user_id > 0) as users group by " + list
}

// inOrder returns the query for the rows by time and bucket of all models. It groups by
// the first columns of the key, so that SQLite reads the groups in the order in which
// they are stored: to sort the rows of 90 days takes several times as long as to read
// them. The sign before a column keeps SQLite from sorting by the other columns instead.
func (s *statement) inOrder(t *fact.Table, q *report.Query) string {
	p := pieceOf(s.span)
	key := t.Key(p.grain)
	key = key[:slices.Index(key, fact.Bucket)+1]
	where := s.where(t, q)
	for label := range q.Only {
		where = strings.Replace(where, " "+idColumn(label), " +"+idColumn(label), 1)
	}
	return grouped("select "+p.grain.String()+" as t, "+fact.Bucket+", sum(timed) as timed from "+t.Of(p.grain)+" as d where "+p.during(false)+where, key)
}

// sumsOf returns the sums of a query, with those that quantiles need.
func (s *statement) sumsOf(q *report.Query) []string {
	if !q.Quantiles || slices.Contains(q.Sums, "timed") {
		return q.Sums
	}
	return append(slices.Clone(q.Sums), "timed")
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
