package coworkdashboardexporter

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

// A history copies the sums of a day to the days before it. A database with months of
// data is filled in a minute, with the rows that the ingest wrote for that day.
type history struct {
	day         time.Time // that the ingest wrote, in UTC
	days, hours int       // how many days have sums by day, and by hour
}

func (h history) copy(tb testing.TB, s *testStore) {
	tb.Helper()
	for i := range fact.Tables {
		table := &fact.Tables[i]
		for n := h.days - 1; n > 0; n-- {
			from := h.day.AddDate(0, 0, -n)
			h.copyRows(tb, s, table, fact.Day, fmt.Sprint(dateNumber(from)), fmt.Sprintf("day = %d", dateNumber(h.day)))
			if n < h.hours {
				h.copyRows(tb, s, table, fact.Hour, fmt.Sprintf("hour - %d", n*86400), fmt.Sprintf("hour >= %d", h.day.Unix()))
			}
		}
		if slices.Contains(table.Grains, fact.Week) {
			h.addWeeks(tb, s, table)
		}
	}
	h.addIdentities(tb, s)
}

// copyRows inserts rows with another time.
func (h history) copyRows(tb testing.TB, s *testStore, table *fact.Table, g fact.Grain, at, where string) {
	tb.Helper()
	others := slices.Concat(table.Key(g)[1:], sumsOf(table, "%s"))
	s.exec(tb, fmt.Sprintf("insert into %[1]s (%[2]s, %[3]s) select %[4]s, %[3]s from %[1]s where %[5]s",
		table.Of(g), g, strings.Join(others, ", "), at, where))
}

// addWeeks computes the sums of each week from those of its days.
func (h history) addWeeks(tb testing.TB, s *testStore, table *fact.Table) {
	tb.Helper()
	keys := strings.Join(table.Key(fact.Week)[1:], ", ")
	s.exec(tb, "delete from "+table.Of(fact.Week))
	first := h.day.AddDate(0, 0, 1-h.days)
	for monday := first.AddDate(0, 0, -(int(first.Weekday())+6)%7); !monday.After(h.day); monday = monday.AddDate(0, 0, 7) {
		s.exec(tb, fmt.Sprintf("insert into %s (week, %s, %s) select %d, %s, %s from %s where day >= %d and day < %d group by %s order by %s",
			table.Of(fact.Week), keys, strings.Join(sumsOf(table, "%s"), ", "), dateNumber(monday), keys, strings.Join(sumsOf(table, "sum(%s)"), ", "),
			table.Of(fact.Day), dateNumber(monday), dateNumber(monday.AddDate(0, 0, 7)), keys, keys))
	}
}

// addIdentities adds as many identities for each of six days as there are.
func (h history) addIdentities(tb testing.TB, s *testStore) {
	tb.Helper()
	require.NoError(tb, s.db.Write(tb.Context(), func(ctx context.Context, tx *database.Tx) error {
		n, rnd := 0, rand.New(rand.NewPCG(3, 4))
		if err := tx.QueryRow(ctx, "select count(*) from identities").Scan(&n); err != nil {
			return err
		}
		for day := range 6 {
			rows := make([][]any, n)
			for i := range rows {
				rows[i] = []any{int64(rnd.Uint64()), noon.AddDate(0, 0, -day-1).Unix()}
			}
			slices.SortFunc(rows, func(a, b []any) int { return cmp.Compare(a[0].(int64), b[0].(int64)) })
			if err := tx.Insert(ctx, "identities", []string{"id", "hour"}, "on conflict do nothing", rows); err != nil {
				return err
			}
		}
		return nil
	}))
}

// exec runs a statement in a transaction.
func (s *testStore) exec(tb testing.TB, statement string) {
	tb.Helper()
	require.NoError(tb, s.db.Write(tb.Context(), func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.Exec(ctx, statement)
		return err
	}), statement)
}

// sumsOf returns the columns of sums in a form.
func sumsOf(table *fact.Table, form string) (columns []string) {
	for _, sum := range table.Sums {
		columns = append(columns, fmt.Sprintf(form, sum.Name))
	}
	return columns
}

func dateNumber(t time.Time) int {
	year, month, day := t.Date()
	return year*10000 + int(month)*100 + day
}
