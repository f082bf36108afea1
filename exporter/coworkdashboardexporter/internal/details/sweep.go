package details

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// maxDeleted bounds the rows that one statement deletes, and so its duration.
const maxDeleted = 5000

// A Retention is until when details are stored.
type Retention struct {
	Sessions time.Time // the oldest time of sessions
	Days     time.Time // the oldest time of all others, in the zone of days
	Setup    time.Time // the oldest day of the setup check, apart from the kinds of events
}

// Sweep deletes details beyond the retention and the limits, at most a bounded number of
// rows, and reports whether there may be more.
func (w *Writer) Sweep(ctx context.Context, oldest Retention) (more bool, err error) {
	for _, x := range [...]struct {
		statement string
		args      []any
	}{
		{"delete from plugin_users where last_day < $1", []any{dateNumber(oldest.Days)}},
		{"delete from sources where last_day < $1", []any{dateNumber(oldest.Days)}},
		{"delete from setup_counts where day < $1", []any{dateNumber(oldest.Days)}},
		{"delete from setup_counts where what <> $1 and day < $2", []any{CountedKinds, dateNumber(oldest.Setup)}},
		{"delete from alerts where last_seen < $1", []any{oldest.Days.Unix()}},
		{"delete from alert_changes where at_ns < $1", []any{oldest.Days.UnixNano()}},
		{"delete from sessions where id in (select id from sessions where last_seen < $1 limit $2)", []any{oldest.Sessions.Unix(), maxDeleted}},
	} {
		deleted, err := changeRows(ctx, w.Tx, x.statement, x.args...)
		if err != nil {
			return false, err
		}
		w.Dropped.Old += deleted
		more = more || deleted >= maxDeleted
	}
	old, err := deletePrompts(ctx, w.Tx, "select id from prompts where start_ns < $1 limit $2", oldest.Days.UnixNano(), maxDeleted)
	w.Dropped.Old += old
	if err != nil {
		return false, err
	}
	surplus, err := w.deleteSurplus(ctx)
	return more || old >= maxDeleted || surplus, err
}

// deleteSurplus deletes the oldest prompts, sessions and alerts beyond the limits, at most
// as many as commits add, and reports whether there are more.
func (w *Writer) deleteSurplus(ctx context.Context) (more bool, err error) {
	for _, x := range [...]struct {
		count          *int64
		table, id, age string
		limit          int
		atOnce         int64
	}{
		{&w.Dropped.Sessions, "sessions", "id", "last_seen", w.Limits.Sessions, 50_000},
		{&w.Dropped.Alerts, "alerts", "fingerprint", "last_seen", w.Limits.Alerts, maxDeleted},
		{&w.Dropped.Alerts, "alert_changes", "at_ns", "at_ns", maxChanges * w.Limits.Alerts, maxDeleted},
		{&w.Dropped.Old, "prompts", "id", "start_ns", w.Limits.Prompts, maxDeleted},
	} {
		var stored int64
		if err := w.Tx.QueryRow(ctx, "select count(*) from "+x.table).Scan(&stored); err != nil {
			return false, err
		}
		surplus := min(stored-int64(x.limit), x.atOnce)
		if surplus <= 0 {
			continue
		}
		more = more || surplus == x.atOnce
		oldest := fmt.Sprintf("select %s from %s order by %s limit $1", x.id, x.table, x.age)
		if x.table == "prompts" {
			surplus, err = deletePrompts(ctx, w.Tx, oldest, surplus)
		} else {
			surplus, err = changeRows(ctx, w.Tx, fmt.Sprintf("delete from %s where %s in (%s)", x.table, x.id, oldest), surplus)
		}
		if err != nil {
			return false, err
		}
		*x.count += surplus
	}
	return more, nil
}

func dateNumber(t time.Time) int64 {
	year, month, day := t.Date()
	return int64(year)*10000 + int64(month)*100 + int64(day)
}

// deletePrompts deletes the prompts of a query with their steps and calls. It deletes the prompts
// first, which locks them, so that no other collector adds steps in between.
func deletePrompts(ctx context.Context, tx *database.Tx, query string, args ...any) (int64, error) {
	var ids []any
	err := tx.EachRow(ctx, "delete from prompts where id in ("+query+") returning id", args, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	for start := 0; start < len(ids) && err == nil; start += maxParameters {
		part := ids[start:min(start+maxParameters, len(ids))]
		for _, table := range [...]string{"steps", "step_contents", "prompt_tools"} {
			if err == nil {
				_, err = tx.Exec(ctx, fmt.Sprintf("delete from %s where prompt_id in (%s)", table, parameters(len(part))), part...)
			}
		}
	}
	return int64(len(ids)), err
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
