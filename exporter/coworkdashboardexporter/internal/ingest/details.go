package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
)

// writeDetails writes the details of the new events and the setup counts.
func (c *commit) writeDetails(ctx context.Context, tx transaction) error {
	for _, write := range []func(context.Context, transaction) error{
		c.writePrompts, c.writeAlerts, c.writePluginUsers, c.writeSetup,
	} {
		if err := write(ctx, tx); err != nil {
			return err
		}
	}
	if !c.trims() {
		return nil
	}
	_, err := deleteSurplusPrompts(ctx, tx, c.set.MaxPrompts)
	return err
}

const addSetupCounts = `on conflict (day, what, a, b) do update set count = setup_counts.count + excluded.count,
	first_ns = case when excluded.first_ns < setup_counts.first_ns then excluded.first_ns else setup_counts.first_ns end,
	last_ns = case when excluded.last_ns > setup_counts.last_ns then excluded.last_ns else setup_counts.last_ns end`

// writeSetup adds the counts of the batch to those that are stored.
func (c *commit) writeSetup(ctx context.Context, tx transaction) error {
	return tx.Insert(ctx, "setup_counts", details.CountColumns, addSetupCounts, c.batch.setup.Rows())
}

// trimEvery is how many commits pass between those that delete prompts and sessions beyond
// the limits. So a table has at most the new rows of these commits in excess.
const trimEvery = 10

// trims reports whether the commit deletes rows beyond the limits.
func (c *commit) trims() bool { return c.batch.number%trimEvery == 0 }

// maxDeleted bounds the rows that one statement deletes, and so its duration.
const maxDeleted = 5000

// sweepDetails deletes details beyond the retention and the limits, at most a bounded
// number of rows, and reports whether there may be more.
func (in *Ingest) sweepDetails(ctx context.Context, tx transaction, now time.Time) (more bool, dropped Stats, err error) {
	hours, days := now.Add(-in.set.Hours), now.Add(-in.set.Days-24*time.Hour) // keeps a day that is partly within the retention
	day := func(t time.Time) int64 { return dateNumber(t.In(in.set.Zone)) }
	for _, x := range [...]struct {
		count     *int64
		statement string
		args      []any
	}{
		{&dropped.Deleted, "delete from plugin_users where last_day < $1", []any{day(days)}},
		{&dropped.Deleted, "delete from setup_counts where day < $1", []any{day(days)}},
		{&dropped.Deleted, "delete from setup_counts where what <> $1 and day < $2", []any{details.CountedKinds, day(now.AddDate(0, 0, -details.SetupDays-1))}},
		{&dropped.Deleted, "delete from alerts where last_seen < $1", []any{days.Unix()}},
		{&dropped.AlertsDropped, surplusAlerts, []any{in.set.MaxAlerts}},
		{&dropped.Deleted, "delete from sessions where id in (select id from sessions where last_seen < $1 limit $2)", []any{hours.Unix(), maxDeleted}},
		{&dropped.SessionsDropped, surplusSessions, []any{maxDeleted, in.set.MaxSessions}},
	} {
		deleted, err := changeRows(ctx, tx, x.statement, x.args...)
		if err != nil {
			return false, dropped, err
		}
		*x.count += deleted
		more = more || deleted >= maxDeleted
	}
	old, err := deletePrompts(ctx, tx, "select id from prompts where start_ns < $1 limit $2", days.UnixNano(), maxDeleted)
	if err != nil {
		return false, dropped, err
	}
	surplus, err := deleteSurplusPrompts(ctx, tx, in.set.MaxPrompts)
	dropped.Deleted += int64(old + surplus)
	return more || old >= maxDeleted || surplus >= maxDeleted, dropped, err
}

// deleteSurplusPrompts deletes the oldest prompts beyond a limit. The id breaks ties,
// since prompts can start at the same time.
func deleteSurplusPrompts(ctx context.Context, tx transaction, most int) (int, error) {
	return deletePrompts(ctx, tx, "select id from prompts order by start_ns desc, id desc limit $2 offset $1", most, maxDeleted)
}

// deletePrompts deletes the prompts of a query with their steps. It deletes the prompts
// first, which locks them, so that no other collector adds steps in between.
func deletePrompts(ctx context.Context, tx transaction, query string, args ...any) (int, error) {
	var ids []any
	err := eachRow(ctx, tx, "delete from prompts where id in ("+query+") returning id", args, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	for start := 0; start < len(ids) && err == nil; start += maxParameters {
		part := ids[start:min(start+maxParameters, len(ids))]
		_, err = tx.Exec(ctx, fmt.Sprintf("delete from steps where prompt_id in (%s)", parameters(len(part))), part...)
	}
	return len(ids), err
}

// lock is how a query ends that locks the rows until the end of the transaction. SQLite has
// one writer.
func (c *commit) lock() string {
	if c.in.db.Engine() == "PostgreSQL" {
		return " for update"
	}
	return ""
}

// maxParameters bounds the parameters of a statement.
const maxParameters = 500

// parameters returns the parameters of a list: $1, $2, $3.
func parameters(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", i+1)
	}
	return b.String()
}

// changeRows runs a statement and returns how many rows it changed.
func changeRows(ctx context.Context, tx transaction, statement string, args ...any) (int64, error) {
	result, err := tx.Exec(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// eachRow calls a function for each row of a query.
func eachRow(ctx context.Context, tx transaction, query string, args []any, read func(*sql.Rows) error) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	for err == nil && rows.Next() {
		err = read(rows)
	}
	return errors.Join(err, rows.Err(), rows.Close())
}
