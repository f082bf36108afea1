package lookup

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A list is a table whose rows can be searched.
type list[T any] struct {
	table   string
	columns string
	names   string // the joined names
	orders  map[string]order
	read    func(*time.Location, scanner) (T, error)
	id      func(T) string
}

// A scanner is a row of a query.
type scanner interface{ Scan(...any) error }

// An order is the SQL expression by which rows are sorted. It is never null.
type order struct {
	expression string
	isText     bool
	isName     bool // the expression needs the joined names
}

// maxRows bounds the rows of an answer.
const maxRows = 100_000

// find returns a page of the rows that meet some conditions.
func (l *list[T]) find(ctx context.Context, r *Reader, where condition, s report.Search) (found report.Found[T], err error) {
	by, ok := l.orders[s.Sort]
	if !ok {
		by = l.orders["start"]
	}
	count := fmt.Sprintf("select count(*) from %s where true%s", l.table, where.text)
	countArgs := where.args
	key, id, direction, collate := by.expression, l.table+".id", " desc", ""
	if r.db.Engine() == "PostgreSQL" { // sorts texts as SQLite does
		id += ` collate "C"`
		if by.isText {
			collate = ` collate "C"`
		}
	}
	key += collate
	compare := "<"
	if s.Ascending {
		compare, direction = ">", ""
	}
	if s.After != "" {
		value, last, err := by.parse(s.After)
		if err != nil {
			return found, err
		}
		n := len(where.args)
		where.args = slices.Concat(where.args, []any{value, last})
		where.text += fmt.Sprintf(" and (%s, %s) %s (cast(%s as %s), cast(%s as text))", key, id, compare, place(n+1), by.kind(), place(n+2))
	}
	limit := min(max(s.Limit, 1), maxRows)
	n := len(where.args)
	args := append(slices.Clone(where.args), limit+1)
	// The rows of the page are found first, so that names are joined to them only.
	names := ""
	if by.isName {
		names = l.names
	}
	rows := fmt.Sprintf("select %s.id as found_id, %s as sort_key from %s%s where true%s order by %s%s, %s%s limit %s",
		l.table, by.expression, l.table, names, where.text, key, direction, id, direction, place(n+1))
	query := fmt.Sprintf("select %s, sort_key from (%s) as found join %s on %s.id = found_id%s order by sort_key%s%s, %s%s",
		l.columns, rows, l.table, l.table, l.names, collate, direction, id, direction)
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		found = report.Found[T]{}
		if err := tx.QueryRow(ctx, count, countArgs...).Scan(&found.Total); err != nil {
			return err
		}
		var last string
		return tx.EachRow(ctx, query, args, func(rows *sql.Rows) error {
			if len(found.Rows) == limit { // one more, so there is another page
				found.After = formatAfter(last, l.id(found.Rows[limit-1]))
				return nil
			}
			row, err := l.read(r.zone, keyed{rows, &last})
			found.Rows = append(found.Rows, row)
			return err
		})
	})
	return found, err
}

// keyed is a row with the value that it is sorted by in its last column.
type keyed struct {
	rows *sql.Rows
	key  *string
}

func (k keyed) Scan(to ...any) error { return k.rows.Scan(append(to, k.key)...) }

// addRange adds the bounds of a cost in millionths of US dollars and of a duration in
// nanoseconds.
func (c *condition) addRange(s *report.Search, cost, duration string) {
	for _, x := range [...]struct {
		is    bool
		text  string
		bound int64
	}{
		{s.MinCost > 0, cost + " >= %s", micros(s.MinCost)},
		{s.MaxCost > 0, cost + " <= %s", micros(s.MaxCost)},
		{s.MinDuration > 0, duration + " >= %s", int64(s.MinDuration)},
		{s.MaxDuration > 0, duration + " <= %s", int64(s.MaxDuration)},
	} {
		if x.is {
			c.and(x.text, x.bound)
		}
	}
}

func micros(usd float64) int64 { return int64(math.Round(min(usd, 1e9) * 1e6)) }

// addPrefix adds that a column begins with a text.
func (c *condition) addPrefix(column, text string) {
	if text != "" {
		c.and(fmt.Sprintf("substr(%s, 1, %d) = ", column, utf8.RuneCountInString(text))+"%s", text)
	}
}

// addPeople adds the names of a filter that prompts and sessions have.
func (c *condition) addPeople(table string, f *report.Filter) {
	if f.Organization != "" {
		c.and(named("organization_id", "organization"), f.Organization)
	}
	if f.User != "" {
		c.and(named(table+".user_id", "user"), f.User)
	}
	if f.Team != "" {
		c.addTeam(table, f.Team)
	}
}

// unknown is the name of the id 0.
const unknown = "(unknown)"

// addTeam adds that users are in a team, or in none.
func (c *condition) addTeam(table, team string) {
	if team == unknown {
		c.text += " and " + table + ".user_id not in (select user_id from people where team_id > 0)"
		return
	}
	c.text += " and " + table + ".user_id in (select user_id from people where true"
	c.and(named("team_id", "team"), team)
	c.text += ")"
}
