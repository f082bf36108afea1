package details

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// maxDeleted bounds the rows that one statement deletes, and so its duration.
const maxDeleted = 5000

// A Retention is until when details are stored.
type Retention struct {
	Hours time.Time // the oldest time of sessions
	Days  time.Time // the oldest time of all others, in the zone of days
	Setup time.Time // the oldest day of the setup check, apart from the kinds of events
}

// Sweep deletes details beyond the retention and the limits, at most a bounded number of
// rows, and reports whether there may be more.
func (w *Writer) Sweep(ctx context.Context, oldest Retention) (more bool, err error) {
	for _, x := range [...]struct {
		count     *int64
		statement string
		args      []any
	}{
		{&w.Dropped.Old, "delete from plugin_users where last_day < $1", []any{dateNumber(oldest.Days)}},
		{&w.Dropped.Old, "delete from setup_counts where day < $1", []any{dateNumber(oldest.Days)}},
		{&w.Dropped.Old, "delete from setup_counts where what <> $1 and day < $2", []any{CountedKinds, dateNumber(oldest.Setup)}},
		{&w.Dropped.Old, "delete from alerts where last_seen < $1", []any{oldest.Days.Unix()}},
		{&w.Dropped.Alerts, surplusAlerts, []any{w.Limits.Alerts}},
		{&w.Dropped.Old, "delete from sessions where id in (select id from sessions where last_seen < $1 limit $2)", []any{oldest.Hours.Unix(), maxDeleted}},
		{&w.Dropped.Sessions, surplusSessions, []any{maxDeleted, w.Limits.Sessions}},
	} {
		deleted, err := changeRows(ctx, w.Tx, x.statement, x.args...)
		if err != nil {
			return false, err
		}
		*x.count += deleted
		more = more || deleted >= maxDeleted
	}
	old, err := deletePrompts(ctx, w.Tx, "select id from prompts where start_ns < $1 limit $2", oldest.Days.UnixNano(), maxDeleted)
	if err != nil {
		return false, err
	}
	surplus, err := deleteSurplusPrompts(ctx, w.Tx, w.Limits.Prompts)
	w.Dropped.Old += int64(old + surplus)
	return more || old >= maxDeleted || surplus >= maxDeleted, err
}

func dateNumber(t time.Time) int64 {
	year, month, day := t.Date()
	return int64(year)*10000 + int64(month)*100 + int64(day)
}

// deleteSurplusPrompts deletes the oldest prompts beyond a limit. The id breaks ties,
// since prompts can start at the same time.
func deleteSurplusPrompts(ctx context.Context, tx *database.Tx, most int) (int, error) {
	return deletePrompts(ctx, tx, "select id from prompts order by start_ns desc, id desc limit $2 offset $1", most, maxDeleted)
}

// deletePrompts deletes the prompts of a query with their steps. It deletes the prompts
// first, which locks them, so that no other collector adds steps in between.
func deletePrompts(ctx context.Context, tx *database.Tx, query string, args ...any) (int, error) {
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
func changeRows(ctx context.Context, tx *database.Tx, statement string, args ...any) (int64, error) {
	result, err := tx.Exec(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// eachRow calls a function for each row of a query.
func eachRow(ctx context.Context, tx *database.Tx, query string, args []any, read func(*sql.Rows) error) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	for err == nil && rows.Next() {
		err = read(rows)
	}
	return errors.Join(err, rows.Err(), rows.Close())
}
