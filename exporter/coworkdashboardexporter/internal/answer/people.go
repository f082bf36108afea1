package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// peopleKeys are the keys that users have in the table people.
var peopleKeys = []string{byTeam, byCostCenter}

// isByPeople reports whether a query adds up users by what they have in the table people.
func isByPeople(q *report.Query) bool {
	return !slices.Contains(q.By, byUser) && slices.ContainsFunc(q.By, func(key string) bool { return slices.Contains(peopleKeys, key) })
}

// places returns the places of the first columns of a query.
func places(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = strconv.Itoa(i + 1)
	}
	return list
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
