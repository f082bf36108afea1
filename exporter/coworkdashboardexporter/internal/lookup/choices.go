package lookup

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// maxChoices bounds the names of a choice.
const maxChoices = 50

// Choices returns the names that a filter can be set to, the most active first: those of
// the latest stored days of the time range, and the present teams, the largest first. Each
// page requests them, and more days would take longer than the panels.
func (r *Reader) Choices(ctx context.Context, f report.Filter) (c report.Choices, err error) {
	from, to := f.From.In(r.zone), f.To.Add(-1).In(r.zone)
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		c = report.Choices{}
		for _, x := range [...]struct {
			to                           *[]string
			table, column, id, sum, kind string
			days                         int
		}{
			{&c.Organizations, "activity_day", "day", "organization_id", "events", "organization", 31},
			{&c.Models, "usage_day", "day", "model_id", "cost_micros", "model", 31},
			{&c.Tools, "tool_calls_day", "day", "tool_id", "calls", "tool", 31},
			{&c.Connectors, "tool_calls_day", "day", "connector_id", "calls", "connector", 31},
			{&c.Users, "activity_by_user_week", "week", "user_id", "cost_micros", "user", 7},
		} {
			earliest, last := dateNumber(from), dateNumber(to)
			if x.column == "week" {
				earliest = dateNumber(from.AddDate(0, 0, -6)) // the week of the first day
			}
			latest, err := latestDate(ctx, tx, x.table, x.column, last)
			if err != nil {
				return err
			}
			if latest.IsZero() {
				continue
			}
			earliest = max(earliest, dateNumber(latest.AddDate(0, 0, -x.days)))
			query := fmt.Sprintf(`select names.name from (
				select %[1]s as id, sum(%[2]s) as most from %[3]s where %[4]s between $1 and $2 group by %[1]s
				) as ranked join names on names.id = ranked.id where names.kind = $3 order by most desc, names.name limit $4`,
				x.id, x.sum, x.table, x.column)
			if err = tx.EachRow(ctx, query, []any{earliest, last, x.kind, maxChoices}, appendName(x.to)); err != nil {
				return err
			}
		}
		return tx.EachRow(ctx, `select names.name from (select team_id as id, count(*) as most from people where team_id > 0 group by team_id) as ranked
			join names on names.id = ranked.id where names.kind = 'team' order by most desc, names.name limit $1`, []any{maxChoices}, appendName(&c.Teams))
	})
	return c, err
}

// appendName returns a function that appends the name of a row to a list.
func appendName(to *[]string) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		*to = append(*to, name)
		return err
	}
}

// latestDate returns the latest date of a table until a date, zero if there is none.
func latestDate(ctx context.Context, tx *database.Tx, table, column string, until int64) (time.Time, error) {
	var date int64
	err := tx.QueryRow(ctx, fmt.Sprintf("select coalesce(max(%[1]s), 0) from %[2]s where %[1]s <= $1", column, table), until).Scan(&date)
	if err != nil || date == 0 {
		return time.Time{}, err
	}
	return dateOf(date), nil
}

// dateNumber returns the date of a time as a number such as 20261129.
func dateNumber(t time.Time) int64 {
	year, month, day := t.Date()
	return int64(year)*10000 + int64(month)*100 + int64(day)
}

// dateOf returns noon of a date that is stored as a number.
func dateOf(n int64) time.Time {
	return time.Date(int(n/10000), time.Month(n/100%100), int(n%100), 12, 0, 0, 0, time.UTC)
}
