package lookup

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// Prompts returns a page of the prompts that started in the time range of a filter.
func (r *Reader) Prompts(ctx context.Context, f report.Filter, s report.Search) (report.Found[report.Prompt], error) {
	var where condition
	where.and("start_ns >= %s", f.From.UnixNano())
	where.and("start_ns < %s", f.To.UnixNano())
	where.addPeople("prompts", &f)
	where.addPrefix("prompts.id", s.ID)
	if s.Session != "" {
		where.and("session_id = %s", s.Session)
	}
	where.addRange(&s, "cost_micros", "end_ns - start_ns")
	where.addOfPrompts(&f, &s)
	return promptList.find(ctx, r, where, s)
}

// Sessions returns a page of the sessions that had events in the time range of a filter.
func (r *Reader) Sessions(ctx context.Context, f report.Filter, s report.Search) (report.Found[report.Session], error) {
	var where condition
	// The plus keeps SQLite from reading nearly all rows in the order of an index.
	where.and("+last_seen >= %s", f.From.Unix())
	where.and("+first_seen < %s", f.To.Add(time.Second-1).Unix())
	where.addPeople("sessions", &f)
	where.addPrefix("sessions.id", s.ID)
	where.addRange(&s, "cost_micros", "(last_seen - first_seen) * 1000000000")
	if f.Model+f.Tool+f.Connector+string(s.Outcome) != "" {
		where.text += " and sessions.id in (select session_id from prompts where true"
		where.addOfPrompts(&f, &s)
		where.text += ")"
	}
	return sessionList.find(ctx, r, where, s)
}

// Prompt returns one prompt with its steps in the order of their starts.
func (r *Reader) Prompt(ctx context.Context, id string) (p report.Prompt, steps []report.Step, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		p, err = readPrompt(r.zone, tx.QueryRow(ctx, selectPrompts+" where prompts.id = $1", id))
		if errors.Is(err, sql.ErrNoRows) {
			return report.ErrNotFound
		}
		if err != nil {
			return err
		}
		steps, err = stepsOf(ctx, tx, r.zone, id)
		return err
	})
	return p, steps, err
}

// maxTimeline bounds the prompts of a timeline.
const maxTimeline = 500

// Session returns one session with its prompts in the order of their starts.
func (r *Reader) Session(ctx context.Context, id string) (t report.Timeline, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		t = report.Timeline{}
		t.Session, err = readSession(r.zone, tx.QueryRow(ctx, "select "+sessionColumns+" from sessions"+nameColumns("sessions")+" where sessions.id = $1", id))
		if errors.Is(err, sql.ErrNoRows) {
			t.Session, err = readSession(r.zone, tx.QueryRow(ctx, "select "+sessionColumns+" from "+sessionOfPrompts+nameColumns("sessions"), id))
		}
		if errors.Is(err, sql.ErrNoRows) {
			return report.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, "select count(*) from prompts where session_id = $1", id).Scan(&t.Cut); err != nil {
			return err
		}
		query := selectPrompts + " where session_id = $1 order by start_ns, prompts.id limit $2"
		err = tx.EachRow(ctx, query, []any{id, maxTimeline}, func(rows *sql.Rows) error {
			p, err := readPrompt(r.zone, rows)
			t.Prompts = append(t.Prompts, p)
			for _, mode := range p.Modes {
				if !slices.Contains(t.Modes, mode) {
					t.Modes = append(t.Modes, mode)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		t.Cut -= int64(len(t.Prompts))
		end := t.Start.Add(t.Duration)
		return tx.EachRow(ctx, selectSessionAlerts, []any{id, t.User, t.Start.Unix(), end.Unix() + 1, maxSessionAlerts}, func(rows *sql.Rows) error {
			a, err := r.alert(rows)
			t.Alerts = append(t.Alerts, a)
			return err
		})
	})
	return t, err
}

// maxSessionAlerts bounds the alerts of a session.
const maxSessionAlerts = 20

// selectSessionAlerts selects the alerts of a session, and those of its user that fired
// meanwhile.
const selectSessionAlerts = "select " + alertColumns + alertTables + ` where alerts.session_id = $1 or prompts.session_id = $1
	or (alerts.user_id > 1 and u.name = $2 and starts_at <= $4 and (status = 'firing' or last_seen >= $3))` + alertOrder + " limit $5"
