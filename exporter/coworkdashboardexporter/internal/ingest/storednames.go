package ingest

import (
	"context"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// A storedName is a row of the table names.
type storedName struct {
	nameKey
	id, day int64
}

// readNames reads the names of the database, those that were used last first, so that
// they are known if there are more than the limits. Rows beyond all limits are not read.
func (in *Ingest) readNames(ctx context.Context) (list []storedName, err error) {
	most := in.set.MaxUsers + int(nameKinds)*in.set.MaxNames
	err = in.db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		list = list[:0]
		rows, err := tx.Query(ctx, "select id, kind, name, last_day from names where id >= $1 order by last_day desc, id limit $2", int64(reserved), most)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var n storedName
			var kind string
			if err := rows.Scan(&n.id, &kind, &n.text, &n.day); err != nil {
				return err
			}
			if n.kind = kindOfLabel(kind); n.kind.String() == kind {
				list = append(list, n)
			}
		}
		return rows.Err()
	})
	return list, err
}

// load adds stored names up to the limits, and returns the ids and the last days of their
// rows by reference.
func (n *names) load(stored []storedName) (ids, days []int64) {
	ids, days = make([]int64, reserved), make([]int64, reserved)
	for _, name := range stored {
		if n.count[name.kind] < n.limits[name.kind] {
			n.addName(name.nameKey)
			ids, days = append(ids, name.id), append(days, name.day)
		}
	}
	return ids, days
}
