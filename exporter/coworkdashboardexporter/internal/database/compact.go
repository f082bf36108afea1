package database

import (
	"context"
	"fmt"
)

// freedPages is how many pages are returned at a time, so that commits do not wait for all
// of them.
const freedPages = 1000

// Compact returns the space of deleted rows to the file system, and removes their content
// from the log of SQLite. PostgreSQL does both itself (autovacuum).
func (d *DB) Compact(ctx context.Context) error {
	if _, isFile := d.engine.(*sqliteEngine); !isFile {
		return nil
	}
	var free int
	if err := d.write.QueryRowContext(ctx, "pragma freelist_count").Scan(&free); err != nil {
		return describe(d.engine, err)
	}
	for ; free > 0; free -= freedPages {
		if err := d.execAlone(ctx, fmt.Sprintf("pragma incremental_vacuum(%d)", freedPages)); err != nil {
			return err
		}
	}
	// While a reader needs the log, it stays as it is until the next time.
	return d.execAlone(ctx, "pragma wal_checkpoint(truncate)")
}

// execAlone runs a statement outside of a transaction, while no transaction writes.
func (d *DB) execAlone(ctx context.Context, statement string) error {
	if err := enter(ctx, d.writing); err != nil {
		return describe(d.engine, err)
	}
	defer leave(d.writing)
	_, err := d.write.ExecContext(ctx, statement)
	return describe(d.engine, err)
}
