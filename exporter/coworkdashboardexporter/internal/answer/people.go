package answer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// peopleKeys are the keys that users have in the table people.
var peopleKeys = []string{byTeam, byCostCenter}

// isByPeople reports whether a query adds up users by what they have in the table people.
func isByPeople(q *report.Query) bool {
	return !slices.Contains(q.By, byUser) && slices.ContainsFunc(q.By, func(key string) bool { return slices.Contains(peopleKeys, key) })
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

// places returns the places of the first columns of a query.
func places(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(i + 1)
	}
	return list
}

// fewUsers reports whether a statement reads the rows of some users.
func (s *statement) fewUsers() bool {
	return s.users != nil || s.filter.User != "" || s.filter.Team != "" && s.ids.team != 0
}

// withPeople returns a list of columns, and the join with the teams of users if the list has
// any of their columns.
func withPeople(columns []string) (list, join string) {
	read := slices.Clone(columns)
	for i, column := range columns {
		switch column {
		case "user_id":
			read[i] = "d.user_id"
		case idColumn(byTeam), idColumn(byCostCenter):
			read[i] = "coalesce(p." + column + ", 0) as " + column
			join = " left join people as p on p.user_id = d.user_id"
		}
	}
	return strings.Join(read, ", "), join
}
