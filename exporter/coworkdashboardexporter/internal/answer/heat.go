package answer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// heatRows returns the rows of a heat map: by weekday and hour, or by the largest users and
// day. Its numbers add up.
func heatRows(ctx context.Context, a *answer) ([][]any, int, error) {
	if slices.Contains(a.panel.Query.By, byWeekday) {
		rows, err := weekdays(ctx, a)
		return rows, 0, err
	}
	rows, err := userDays(ctx, a)
	return rows, 0, err
}

// lastValue returns the expression of the numbers of a heat map.
func lastValue(a *answer) string { return a.panel.Columns[len(a.panel.Columns)-1].Value }

// weekdays returns a row for each weekday, Monday first, and hour.
func weekdays(ctx context.Context, a *answer) ([][]any, error) {
	s := a.newStatement(a.span)
	text := s.selection(&report.Query{
		Fact: a.panel.Query.Fact, Sums: a.panel.Query.Sums, By: []string{fact.HourOfDay},
	}, true, []string{"t", fact.HourOfDay, lastValue(a)}, "")
	found, _, err := a.query(ctx, s, text)
	if err != nil {
		return nil, err
	}
	var counts [7][24]int64
	for _, row := range found {
		at, _ := row[0].(int64)
		hour, _ := row[1].(int64)
		n, _ := row[2].(int64)
		counts[timeOf(at, a.set.Zone).Weekday()][hour%24] += n
	}
	var rows [][]any
	for i := range counts {
		day := time.Weekday((i + 1) % 7)
		for hour, n := range counts[day] {
			rows = append(rows, []any{day.String(), fmt.Sprintf("%02d", hour), n})
		}
	}
	return rows, nil
}

// userDays returns a row for each of the largest users and each day on which it has
// figures.
func userDays(ctx context.Context, a *answer) ([][]any, error) {
	q := a.panel.Query
	q.By = []string{byUser}
	users, _, err := a.largest(ctx, &q, lastValue(a), q.Top)
	if err != nil || len(users) == 0 {
		return nil, err
	}
	s := a.newStatement(a.span)
	s.users = users
	found, _, err := a.query(ctx, s, s.selection(&q, true, []string{"user_id", lastValue(a), "t", byUser}, " order by t"))
	if err != nil {
		return nil, err
	}
	rows := make([][][]any, len(users))
	for _, row := range found {
		id, _ := row[0].(int64)
		at, _ := row[2].(int64)
		rank, date := slices.Index(users, id), timeOf(at, a.set.Zone).Format(time.DateOnly)
		if n := len(rows[rank]); n > 0 && rows[rank][n-1][1] == date {
			rows[rank][n-1][2] = plus(rows[rank][n-1][2], row[1])
			continue
		}
		rows[rank] = append(rows[rank], []any{row[3], date, row[1]})
	}
	return slices.Concat(rows...), nil
}
