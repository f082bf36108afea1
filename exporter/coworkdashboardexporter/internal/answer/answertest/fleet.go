// Package answertest fills databases for tests and benchmarks: with the figures of an
// organization of many users, in seconds, or with single observations.
package answertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A Fleet is an organization with many users, all of them active on each day.
type Fleet struct {
	Users, Organizations int
	// Teams is the number of teams, which have as many users each, 0 for none.
	Teams int
	// Days is the number of days up to To, Hourly that of the last days with hours.
	Days, Hourly int
	To           time.Time // in the time zone of the figures
	// Narrow leaves out the tables by user besides activity, usage and skills.
	Narrow bool
}

// Fill fills a database without figures. Each table is a transaction, since a transaction
// has a time limit.
func (f Fleet) Fill(ctx context.Context, db *database.DB) error {
	l := &filler{Fleet: f, db: db, names: map[string][]int64{}}
	if err := l.frame(ctx); err != nil {
		return err
	}
	for i := range fact.Tables {
		if err := l.table(ctx, &fact.Tables[i]); err != nil {
			return fmt.Errorf("%s: %w", fact.Tables[i].Name, err)
		}
	}
	if err := l.sources(ctx); err != nil {
		return fmt.Errorf("sources: %w", err)
	}
	for _, table := range []string{"fill_users", "fill_days", "fill_hours", "fill_labels"} {
		if err := l.exec(ctx, "drop table "+table); err != nil {
			return err
		}
	}
	return nil
}

type filler struct {
	Fleet
	db    *database.DB
	names map[string][]int64 // ids by kind
}

func (l *filler) exec(ctx context.Context, statement string) error {
	return l.db.Write(ctx, func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.Exec(ctx, statement)
		return err
	})
}

func (l *filler) insertRows(ctx context.Context, table string, columns []string, rows [][]any) error {
	return l.db.Write(ctx, func(ctx context.Context, tx *database.Tx) error {
		return tx.Insert(ctx, table, columns, "", rows)
	})
}

// frame creates the names and the tables from which rows are combined.
func (l *filler) frame(ctx context.Context) error {
	for _, statement := range []string{
		"create table fill_users (n integer, user_id integer, organization_id integer)",
		"create table fill_days (n integer, day integer, week integer)",
		"create table fill_hours (n integer, day integer, hour bigint)",
		"create table fill_labels (c integer, o integer, a bigint, b bigint, d bigint)",
	} {
		if err := l.exec(ctx, statement); err != nil {
			return err
		}
	}
	for kind, n := range map[string]int{
		"user": l.Users, "organization": l.Organizations, "team": l.Teams, "cost_center": l.Teams, "model": 6, "tool": 60, "connector": 20,
		"skill": 40, "plugin": 20, "agent": 10, "client_version": 20, "host": 300, "label": 12,
	} {
		if err := l.name(ctx, kind, n); err != nil {
			return err
		}
	}
	var users, days, hours [][]any
	for i, id := range l.names["user"] {
		users = append(users, []any{i, id, l.names["organization"][i*l.Organizations/l.Users]})
	}
	var people [][]any
	for i := 0; i < l.Users && l.Teams > 0; i++ {
		people = append(people, []any{l.names["user"][i], l.names["team"][i%l.Teams], l.names["cost_center"][i%l.Teams], l.To.Unix()})
	}
	if err := l.insertRows(ctx, "people", []string{"user_id", "team_id", "cost_center_id", "seen"}, people); err != nil {
		return err
	}
	for i := range l.Days {
		day := report.StartOfDay(l.To, -i)
		date := dateNumber(day)
		days = append(days, []any{i, date, dateNumber(report.StartOfDay(day, -(int(day.Weekday())+6)%7))})
		if i >= l.Hourly {
			continue
		}
		for hour := 9; hour < 17; hour++ {
			hours = append(hours, []any{i*24 + hour, date, day.Add(time.Duration(hour) * time.Hour).Unix()})
		}
	}
	if err := l.insertRows(ctx, "fill_users", []string{"n", "user_id", "organization_id"}, users); err != nil {
		return err
	}
	if err := l.insertRows(ctx, "fill_days", []string{"n", "day", "week"}, days); err != nil {
		return err
	}
	return l.insertRows(ctx, "fill_hours", []string{"n", "day", "hour"}, hours)
}

// name stores names of a kind: labels are the outcomes of requests and others.
func (l *filler) name(ctx context.Context, kind string, n int) error {
	rows := make([][]any, n)
	for i := range rows {
		name := fmt.Sprintf("%s-%05d", kind, i)
		if kind == "label" && i < 2 {
			name = []string{"ok", "error"}[i]
		}
		rows[i] = []any{kind, name, dateNumber(l.To)}
	}
	if err := l.insertRows(ctx, "names", []string{"kind", "name", "last_day"}, rows); err != nil {
		return err
	}
	return l.db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		found, err := tx.Query(ctx, "select id from names where kind = $1 order by id", kind)
		if err != nil {
			return err
		}
		defer func() { _ = found.Close() }()
		l.names[kind] = nil
		for found.Next() {
			var id int64
			if err := found.Scan(&id); err != nil {
				return err
			}
			l.names[kind] = append(l.names[kind], id)
		}
		return found.Err()
	})
}

// table fills the tables of all grains.
func (l *filler) table(ctx context.Context, t *fact.Table) error {
	if t.User && l.left(t) {
		return nil
	}
	sibling := fact.TableOf(t.Name + "_by_user")
	if sibling != nil && len(sibling.Labels) == len(t.Labels) && !l.left(sibling) {
		return l.addUp(ctx, t, sibling)
	}
	perUser, of := 1, max(1, combinations[t.Name], perDay[t.Name+"_by_user"].of)
	if t.User {
		perUser, of = max(1, perDay[t.Name].rows), max(1, perDay[t.Name].of)
	}
	if err := l.labels(ctx, t, of); err != nil {
		return err
	}
	for _, g := range []fact.Grain{fact.Day, fact.Hour} {
		if err := l.exec(ctx, l.combine(t, g, perUser, of)); err != nil {
			return err
		}
	}
	if slices.Contains(t.Grains, fact.Week) {
		return l.weeks(ctx, t)
	}
	return nil
}

// left reports whether a table by user is left out.
func (l *filler) left(t *fact.Table) bool {
	return l.Narrow && !slices.Contains([]string{"activity_by_user", "usage_by_user", "skills_by_user"}, t.Name)
}

// labels stores the combinations of labels of a table, per organization unless it is by
// user.
func (l *filler) labels(ctx context.Context, t *fact.Table, of int) error {
	if err := l.exec(ctx, "delete from fill_labels"); err != nil {
		return err
	}
	var rows [][]any
	for i := range of {
		left, row := i, []any{i, 0, int64(0), int64(0), int64(0)}
		for j, label := range t.Labels {
			ids := l.names[fact.Kind(label.Name)]
			n := len(ids)
			switch label.Name {
			case fact.HourOfDay:
				n = 24
				row[2+j] = int64(left % n) //nolint:gosec // a row has a value for each label
			case fact.Bucket:
				n = 100
				row[2+j] = int64(10_000 * (1 + left%n*(left%n))) //nolint:gosec // as above
			case "outcome":
				n = 2
				row[2+j] = ids[left%n] //nolint:gosec // as above
			default:
				row[2+j] = ids[left%n] //nolint:gosec // as above
			}
			left /= n
		}
		rows = append(rows, row)
	}
	return l.insertRows(ctx, "fill_labels", []string{"c", "o", "a", "b", "d"}, rows)
}

// combine returns the statement that fills the table of a grain.
func (l *filler) combine(t *fact.Table, g fact.Grain, perUser, of int) string {
	columns, read := []string{g.String()}, []string{"time." + g.String()}
	owner := "organizations"
	if t.User {
		columns, read, owner = append(columns, "user_id"), append(read, "fill_users.user_id"), "fill_users"
	}
	columns, read = append(columns, "organization_id"), append(read, owner+".organization_id")
	for i, label := range t.Labels {
		columns, read = append(columns, label.Column()), append(read, "fill_labels."+string("abd"[i]))
	}
	inner := slices.Clone(read)
	inner = append(inner, "(time.n * 31 + "+owner+".n * 1009 + fill_labels.c * 7919) % 65521 * 31 % 10007 as h")
	from := fmt.Sprintf("fill_%ss as time", g)
	if t.User {
		from += fmt.Sprintf(" cross join fill_users join fill_labels on (fill_labels.c + fill_users.n * 13 + time.n %% %d) %% %d < %d", usual[t.Name]+1, of, perUser)
		if n := rare[t.Name]; n > 0 {
			from += fmt.Sprintf(" where (time.n + fill_users.n) %% %d = 0", n)
		}
	} else {
		from += " cross join (select organization_id, min(n) as n from fill_users group by organization_id) as organizations cross join fill_labels"
	}
	sums := make([]string, len(t.Sums))
	for i, sum := range t.Sums {
		sums[i] = values[sum.Name]
		if sums[i] == "" {
			sums[i] = "1 + h % 20"
		}
		columns = append(columns, sum.Name)
	}
	keys := columns[:len(columns)-len(sums)]
	for i := range keys {
		inner[i] += " as " + keys[i]
	}
	by := strings.Join(keys, ", ")
	return fmt.Sprintf("insert into %s (%s) select %s, %s from (select %s from %s) as combined order by %s",
		t.Of(g), strings.Join(columns, ", "), by, strings.Join(sums, ", "), strings.Join(inner, ", "), from, by)
}

// addUp fills a table without users from that by user.
func (l *filler) addUp(ctx context.Context, t, from *fact.Table) error {
	for _, g := range []fact.Grain{fact.Day, fact.Hour} {
		if err := l.exec(ctx, grouped(t.Of(g), from.Of(g), t.Key(g), t.Key(g), t.Sums)); err != nil {
			return err
		}
	}
	return nil
}

// weeks fills a table by week from that by day.
func (l *filler) weeks(ctx context.Context, t *fact.Table) error {
	return l.exec(ctx, grouped(t.Of(fact.Week), t.Of(fact.Day)+" join fill_days using (day)", t.Key(fact.Week), t.Key(fact.Week), t.Sums))
}
