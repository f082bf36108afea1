package database

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkInsert measures rows a second: new rows and repeated ones of a table like
// usage_by_user_day, and identities of which half are new.
func BenchmarkInsert(b *testing.B) {
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		name := filepath.Join(b.TempDir(), "page.db")
		b.Run(engine, func(b *testing.B) {
			if engine == "PostgreSQL" {
				name = postgresDatabase(b)
			}
			d := open(b, Settings{Name: name})
			columns := []string{"day", "user_id", "organization_id", "model_id", "requests", "errors", "cost_micros", "input", "output", "cache_read", "cache_creation"}
			sums := columns[4:]
			set := []string{}
			for _, c := range sums {
				set = append(set, c+" = case when t."+c+" > 1000000000000000 - excluded."+c+" then 1000000000000000 else t."+c+" + excluded."+c+" end")
			}
			suffix := "on conflict (day, user_id, organization_id, model_id) do update set " + strings.Join(set, ", ")
			require.NoError(b, d.Write(b.Context(), func(ctx context.Context, tx *Tx) error {
				rowid := " without rowid"
				if engine == "PostgreSQL" {
					rowid = ""
				}
				_, err := tx.Exec(ctx, "create table t ("+strings.Join(columns, " bigint not null, ")+" bigint not null, primary key (day, user_id, organization_id, model_id))"+rowid)
				require.NoError(b, err)
				_, err = tx.Exec(ctx, "create table id (id bigint primary key, hour bigint not null)")
				return err
			}))
			const n = 20_000
			rows, ids := make([][]any, n), make([][]any, n)
			for i := range rows {
				rows[i] = []any{int64(20261129), int64(i / 2), int64(1), int64(i % 2), int64(1), int64(0), int64(12345678), int64(1234), int64(2345), int64(123456), int64(10000)}
			}
			write := func(name string, f func(context.Context, *Tx) error) {
				b.Run(name, func(b *testing.B) {
					for range b.N {
						require.NoError(b, d.Write(b.Context(), f))
					}
					b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
				})
			}
			day := int64(20260000)
			write("new", func(ctx context.Context, tx *Tx) error {
				day++
				for _, row := range rows {
					row[0] = day
				}
				return tx.Insert(ctx, "t", columns, suffix, rows)
			})
			write("again", func(ctx context.Context, tx *Tx) error { return tx.Insert(ctx, "t", columns, suffix, rows) })
			seed := uint64(1)
			write("identities", func(ctx context.Context, tx *Tx) error {
				for i := range ids {
					if i%2 == 0 || ids[i] == nil {
						seed = seed*6364136223846793005 + 1442695040888963407
						ids[i] = []any{int64(seed), int64(5)}
					}
				}
				slices.SortFunc(ids, func(a, b []any) int {
					if a[0].(int64) < b[0].(int64) {
						return -1
					}
					return 1
				})
				_, err := tx.InsertNew(ctx, "id", []string{"id", "hour"}, ids)
				return err
			})
		})
	}
}
