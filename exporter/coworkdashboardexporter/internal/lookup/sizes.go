package lookup

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// timeColumns are the columns whose least value is the age of a table. All have an index,
// or few rows.
var timeColumns = func() map[string]string {
	columns := map[string]string{
		"sessions": "last_seen", "prompts": "start_ns", "alerts": "last_seen",
		"plugin_users": "last_day", "setup_counts": "day",
	}
	for i := range fact.Tables {
		for _, g := range fact.Tables[i].Grains {
			columns[fact.Tables[i].Of(g)] = g.String()
		}
	}
	return columns
}()

// storageOf returns the sizes of the database and of its tables, with the date of the oldest
// entry of each. After an error it returns what it has.
func storageOf(ctx context.Context, db *database.DB, zone *time.Location) (report.Storage, error) {
	storage, err := db.Sizes(ctx)
	if err != nil {
		return storage, err
	}
	return storage, db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		for i := range storage.Tables {
			t := &storage.Tables[i]
			column, ok := timeColumns[t.Name]
			if !ok {
				continue
			}
			var oldest int64
			if err := tx.QueryRow(ctx, fmt.Sprintf("select coalesce(min(%s), 0) from %s", column, t.Name)).Scan(&oldest); err != nil {
				return err
			}
			if oldest > 0 {
				t.Oldest = dateIn(zone, column, oldest).Format(time.DateOnly)
			}
		}
		return nil
	})
}

// dateIn returns the time of a value of a column.
func dateIn(zone *time.Location, column string, n int64) time.Time {
	switch {
	case strings.HasSuffix(column, "day") || column == "week":
		return dateOf(n)
	case strings.HasSuffix(column, "_ns"):
		return time.Unix(0, n).In(zone)
	default:
		return time.Unix(n, 0).In(zone)
	}
}
