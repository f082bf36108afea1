package store

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations upgrade the database from each version to the next. A released migration
// does not change: a new version is a new row. Version 1 was never released.
var migrations = []string{
	oldest: `
create table meta (key text primary key, value text) without rowid;

-- Names. id 0 is none, 1 is the others.
create table word (category integer, id integer, text text, day integer,
	primary key (category, id)) without rowid;

-- Sums by organization, user and model, n in a row (block.go). What m0 to m8 are depends
-- on the family. An answer reads no farther than the last column that it needs.
create table cells (family integer, grain integer, at integer, shard integer, n integer,
	runs blob, users blob,
	m0 blob, m1 blob, m2 blob, m3 blob, m4 blob, m5 blob, m6 blob, m7 blob, m8 blob,
	primary key (family, grain, at, shard)); -- with rowids: without, each key that is looked at takes all of its row

-- Sums of an organization's tools, connectors and the like. What a, b, c and n to q
-- mean depends on the kind.
create table fact (kind integer, grain integer, at integer, organization integer,
	a integer, b integer, c integer, n integer, m integer, p integer, q integer,
	primary key (kind, grain, at, organization, a, b, c)) without rowid;

create table latency (kind integer, grain integer, at integer, organization integer, name integer,
	n integer, micros integer, sketch blob, primary key (kind, grain, at, organization, name)) without rowid;

-- Who has a plugin or uses a skill, and since when.
create table adoption (kind integer, name integer, via integer, user integer, organization integer,
	first integer, last integer, primary key (kind, name, via, user)) without rowid;

-- Sessions that were seen, by hash, so that each counts once.
create table session (hash integer primary key, day integer);

-- What events are known by when they come again, as many as each commit had.
create table recent (id integer primary key, total integer, hashes blob);
create index recent_total on recent (total);

create table prompt (id text primary key, session text, user integer, organization integer,
	start integer, finish integer, sums blob, summary blob, models text, closed integer, cut integer) without rowid;
create index prompt_start on prompt (start);
create table step (prompt text, n integer, steps integer, data blob, primary key (prompt, n)) without rowid;

create table alert (fingerprint text primary key, name text, severity text, status text, detail text,
	starts integer, ends integer, seen integer, times integer) without rowid;
create index alert_seen on alert (seen);

-- What came, for checking the set-up.
create table tally (day integer, what integer, a text, b text, n integer, first integer, last integer,
	primary key (day, what, a, b)) without rowid;
`,
}

// oldest is the oldest supported version.
const oldest = 2

// migrate upgrades the database. It fails without a change if a newer version wrote it.
func migrate(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, "pragma user_version").Scan(&version); err != nil {
		return err
	}
	newest := len(migrations) - 1
	if version > newest {
		return fmt.Errorf("has version %d: was written by a newer version of this program; this one supports up to version %d (upgrade, or set another file)", version, newest)
	}
	if version > 0 && version < oldest {
		return fmt.Errorf("has version %d: was written before the first release and is not supported (move it away to start a new one)", version)
	}
	for v := max(version+1, oldest); v <= newest; v++ {
		if err := migrateTo(ctx, db, v); err != nil {
			return err
		}
	}
	return nil
}

func migrateTo(ctx context.Context, db *sql.DB, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // no effect after a commit
	for _, statement := range []string{migrations[version], fmt.Sprintf("pragma user_version = %d", version)} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return tx.Commit()
}
