package ingest

import (
	"context"
	"database/sql"
	"math"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

// Sweep deletes data beyond the retention, at most once an hour, and returns its space.
// Each transaction deletes a part, so that commits do not wait for all of it.
func (in *Ingest) Sweep(ctx context.Context, now time.Time) error {
	hour := now.Truncate(time.Hour).Unix()
	if in.swept.Load() == hour {
		return nil
	}
	for _, x := range in.expiries(now) {
		if err := in.expire(ctx, x); err != nil {
			return err
		}
	}
	if err := in.expireIdentities(ctx, now); err != nil {
		return err
	}
	if err := in.sweepInParts(ctx, now); err != nil {
		return err
	}
	if err := in.forgetNames(ctx); err != nil {
		return err
	}
	if err := in.db.Compact(ctx); err != nil {
		return err
	}
	in.swept.Store(hour)
	return nil
}

// sweepPart runs a transaction of a sweep. It commits events first if many wait: a long
// sweep would otherwise fill the memory.
func (in *Ingest) sweepPart(ctx context.Context, part func(context.Context, *database.Tx) error) error {
	if in.isCrowded() {
		if err := in.Flush(ctx); err != nil {
			return err
		}
	}
	return in.write(ctx, part)
}

func (in *Ingest) isCrowded() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.in.crowded()
}

// An expiry is a table whose rows are deleted before a value of a column.
type expiry struct {
	table, column string
	before        int64
	step          int64 // the range that one transaction deletes
}

// The ranges that one transaction deletes.
const (
	anHour   = 3600
	aDay     = 24 * anHour
	oneDate  = 1 // of dates as numbers
	allDates = 100_000_000
)

// expiries returns what is deleted at a time. Days are kept a day longer, since the oldest
// day is partly within the retention, and weeks six days more.
func (in *Ingest) expiries(now time.Time) (list []expiry) {
	date := func(t time.Time) int64 { return dateNumber(t.In(in.set.Zone)) }
	days := now.Add(-in.set.Days).AddDate(0, 0, -1)
	before := [...]int64{fact.Hour: now.Add(-in.set.Hours).Unix() - anHour, fact.Day: date(days), fact.Week: date(days.AddDate(0, 0, -6))}
	step := [...]int64{fact.Hour: anHour, fact.Day: oneDate, fact.Week: oneDate}
	for i := range fact.Tables {
		for _, g := range fact.Tables[i].Grains {
			list = append(list, expiry{fact.Tables[i].Of(g), g.String(), before[g], step[g]})
		}
	}
	return append(list,
		expiry{"writers", "seen", now.Add(-in.set.Identities).Unix(), aDay},
		expiry{"people", "seen", days.Unix(), 400 * aDay},
		// No row refers to names of that day: they were counted in later rows too.
		expiry{"names", "last_day", date(days.AddDate(0, 0, -8)), allDates},
	)
}

// expire deletes the old rows of a table, the oldest first.
func (in *Ingest) expire(ctx context.Context, x expiry) error {
	for more := true; more; {
		var deleted int64
		err := in.sweepPart(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
			deleted, more, err = x.deletePart(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
		in.recordDeleted(deleted)
	}
	return nil
}

// deletePart deletes the oldest rows, and reports whether there may be more.
func (x *expiry) deletePart(ctx context.Context, tx transaction) (deleted int64, more bool, err error) {
	var oldest sql.NullInt64
	// The reserved names have the day 0.
	err = tx.QueryRow(ctx, "select min("+x.column+") from "+x.table+" where "+x.column+" > 0").Scan(&oldest)
	if err != nil || !oldest.Valid || oldest.Int64 >= x.before {
		return 0, false, err
	}
	result, err := tx.Exec(ctx, "delete from "+x.table+" where "+x.column+" > 0 and "+x.column+" < $1", min(x.before, oldest.Int64+x.step))
	if err != nil {
		return 0, false, err
	}
	deleted, err = result.RowsAffected()
	return deleted, true, err
}

// identityParts is how many transactions delete old identities. Each reads a range of ids:
// the table has no index of hours, which would make commits slower.
const identityParts = 64

// expireIdentities deletes old identities.
func (in *Ingest) expireIdentities(ctx context.Context, now time.Time) error {
	const width = 1 << 58 // of a part of the 64-bit ids
	before := now.Add(-in.set.Identities).Unix() - anHour
	for part := range int64(identityParts) {
		first := math.MinInt64 + part*width
		var deleted int64
		err := in.sweepPart(ctx, func(ctx context.Context, tx *database.Tx) error {
			result, err := tx.Exec(ctx, "delete from identities where id between $1 and $2 and hour < $3", first, first+width-1, before)
			if err != nil {
				return err
			}
			deleted, err = result.RowsAffected()
			return err
		})
		if err != nil {
			return err
		}
		in.recordDeleted(deleted)
	}
	return nil
}

func (in *Ingest) recordDeleted(n int64) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.stats.Deleted += n
}

// sweepInParts deletes details beyond their limits.
func (in *Ingest) sweepInParts(ctx context.Context, now time.Time) error {
	for more := true; more; {
		var dropped Stats
		err := in.sweepPart(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
			more, dropped, err = sweepDetails(ctx, in, tx, now)
			return err
		})
		if err != nil {
			return err
		}
		in.mu.Lock()
		in.stats.addStats(&dropped)
		in.mu.Unlock()
	}
	return nil
}

// forgetNames drops the names in memory that the database does not have any more, so that
// they do not count against the limits, and adds those of other collectors. It does
// nothing while events refer to names.
func (in *Ingest) forgetNames(ctx context.Context) error {
	if err := in.lockFlush(ctx); err != nil {
		return err
	}
	defer in.unlockFlush()
	stored, err := in.readNames(ctx)
	if err != nil {
		return err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.in.pending == 0 {
		in.in.names.reset()
		in.in.labels.reset()
		in.ids, in.days = in.in.names.load(stored)
	}
	return nil
}
