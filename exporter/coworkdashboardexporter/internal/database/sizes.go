package database

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"sync"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// sizesAge is how long sizes are returned again, since SQLite reads all pages for them: 300
// MB a second.
const sizesAge = time.Minute

// measuredSizes are the sizes of the latest measurement.
type measuredSizes struct {
	mu      sync.Mutex
	at      time.Time
	storage report.Storage
}

// Sizes returns the size of the database and of its tables, at most a minute old. The
// numbers of rows are estimates of the engine. If the tables take too long, it returns
// the total only.
func (d *DB) Sizes(ctx context.Context) (report.Storage, error) {
	d.sizes.mu.Lock()
	defer d.sizes.mu.Unlock()
	if now := time.Now(); d.sizes.storage.Engine == "" || now.Sub(d.sizes.at) > sizesAge {
		storage, err := d.measure(ctx)
		if err != nil {
			return report.Storage{}, err
		}
		d.sizes.at, d.sizes.storage = now, storage
	}
	storage := d.sizes.storage
	storage.Tables = slices.Clone(storage.Tables)
	return storage, nil
}

func (d *DB) measure(ctx context.Context) (report.Storage, error) {
	storage := report.Storage{Engine: d.Engine()}
	total, tables := d.engine.sizes()
	if err := d.Read(ctx, func(ctx context.Context, tx *Tx) error {
		return tx.QueryRow(ctx, total).Scan(&storage.Bytes)
	}); err != nil {
		return report.Storage{}, err
	}
	_ = d.Read(ctx, func(ctx context.Context, tx *Tx) error {
		return tx.EachRow(ctx, tables, nil, func(rows *sql.Rows) error {
			var t report.StoredTable
			if err := rows.Scan(&t.Name, &t.Rows, &t.Bytes); err != nil {
				return err
			}
			storage.Tables = append(storage.Tables, t)
			return nil
		})
	})
	slices.SortFunc(storage.Tables, func(a, b report.StoredTable) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Name, b.Name))
	})
	return storage, nil
}

// sizes counts the cells of pages. In a tree by rowid, the cells of inner pages are no
// rows.
func (*sqliteEngine) sizes() (total, tables string) {
	return "select page_count * page_size from pragma_page_count, pragma_page_size", `
with pages as (select name, pagetype, sum(ncell) as cells, sum(pgsize) as bytes from dbstat group by name, pagetype)
select stored.tbl_name, sum(case when stored.type = 'table' and (pages.pagetype = 'leaf' or list.wr = 1) then pages.cells else 0 end), sum(pages.bytes)
from pages join sqlite_schema stored on stored.name = pages.name
join pragma_table_list list on list.schema = 'main' and list.name = stored.tbl_name
where stored.tbl_name not like 'sqlite_%' group by stored.tbl_name`
}

func (*postgresEngine) sizes() (total, tables string) {
	return "select pg_database_size(current_database())", `
select relname, case when reltuples > 0 then reltuples::bigint else pg_stat_get_live_tuples(oid) end, pg_total_relation_size(oid) from pg_class
where relkind = 'r' and relnamespace = current_schema()::regnamespace`
}
