package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// timeColumns are the columns with the start of an hour or a day, and the rows in which
// they have it.
var timeColumns = [...]struct {
	table, column, where string
	grain                grain
}{
	{"cells", "at", "grain = 0", hourly},
	{"cells", "at", "grain = 1", daily},
	{"fact", "at", "grain = 0", hourly},
	{"fact", "at", "grain = 1", daily},
	{"latency", "at", "grain = 0", hourly},
	{"latency", "at", "grain = 1", daily},
	{"adoption", "first", "true", daily},
	{"adoption", "last", "true", daily},
	{"tally", "day", "true", daily},
}

// rezone moves hours and days to the present zone after a change of the zone: their sums
// would otherwise be missing from charts. A day becomes the day that contains its noon.
// Two days never become one, since all move in the same direction by less than half a
// day.
func (s *Store) rezone(ctx context.Context) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // no effect after a commit
	if _, err := tx.ExecContext(ctx, "create temp table moved (was integer primary key, is_now integer)"); err != nil {
		return err
	}
	for _, p := range timeColumns {
		moves, err := s.moves(ctx, tx, fmt.Sprintf("select distinct %s from %s where %s", p.column, p.table, p.where), p.grain)
		if err != nil {
			return err
		}
		if len(moves) == 0 {
			continue
		}
		for was, now := range moves {
			if _, err := tx.ExecContext(ctx, "insert or replace into moved values (?, ?)", was, now); err != nil {
				return err
			}
		}
		for _, statement := range []string{
			fmt.Sprintf("update %[1]s set %[2]s = (select is_now from moved where was = %[2]s) where %[3]s and %[2]s in (select was from moved)", p.table, p.column, p.where),
			"delete from moved",
		} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
	}
	if _, err := tx.ExecContext(ctx, "drop table moved"); err != nil {
		return err
	}
	return tx.Commit()
}

// moves returns the new times of the times of a query that change.
func (s *Store) moves(ctx context.Context, tx *sql.Tx, query string, g grain) (map[int64]int64, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	moves := map[int64]int64{}
	for rows.Next() {
		var was int64
		if err := rows.Scan(&was); err != nil {
			return nil, err
		}
		if now := startOf(time.Unix(was, 0).In(s.set.Zone), g); now != was {
			moves[was] = now
		}
	}
	return moves, rows.Err()
}

// startOf returns the start of the hour or day that contains the middle of the one that
// starts at a time.
func startOf(t time.Time, g grain) int64 {
	if g == hourly {
		return hourOf(t.Add(30 * time.Minute)).Unix()
	}
	return dayOf(t.Add(12 * time.Hour)).Unix()
}
