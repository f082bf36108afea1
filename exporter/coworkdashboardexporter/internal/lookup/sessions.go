package lookup

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// sessionColumns are the columns of a session.
const sessionColumns = `sessions.id, coalesce(u.name, ''), coalesce(t.name, ''), coalesce(o.name, ''), first_seen, last_seen, events, prompts,
	cost_micros, requests, unpriced, errors, refusals, tools, tool_failures, tool_rejections`

// sessionOfPrompts is a session that is not stored any more, but prompts of it are.
const sessionOfPrompts = `(select session_id as id, max(user_id) as user_id, max(organization_id) as organization_id,
	min(start_ns) / 1000000000 as first_seen, max(end_ns) / 1000000000 as last_seen, 0 as events, count(*) as prompts,
	cast(sum(cost_micros) as bigint) as cost_micros, sum(requests) as requests, sum(unpriced) as unpriced, sum(errors) as errors,
	sum(refusals) as refusals, sum(tools) as tools, sum(tool_failures) as tool_failures, sum(tool_rejections) as tool_rejections
	from prompts where session_id = $1 group by session_id) as sessions`

// sessionList is the table of sessions.
var sessionList = list[report.Session]{
	table: "sessions", columns: sessionColumns, names: nameColumns("sessions"),
	read: (*Reader).session,
	id:   func(s report.Session) string { return s.ID },
	orders: map[string]order{
		"start":      {"first_seen", false},
		"id":         {"sessions.id", true},
		"user":       {"coalesce(u.name, '')", true},
		"team":       {"coalesce(t.name, '')", true},
		"prompts":    {"prompts", false},
		"cost":       {"cost_micros", false},
		"requests":   {"requests", false},
		"tools":      {"tools", false},
		"errors":     {"errors + tool_failures", false},
		"rejections": {"tool_rejections", false},
		"duration":   {"last_seen - first_seen", false},
	},
}

// Sessions returns a page of the sessions that had events in the time range of a filter.
func (r *Reader) Sessions(ctx context.Context, f report.Filter, s report.Search) (report.Found[report.Session], error) {
	var where condition
	where.and("last_seen >= %s", f.From.Unix())
	where.and("first_seen < %s", f.To.Add(time.Second-1).Unix())
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

// session reads a session from a row.
func (r *Reader) session(row scanner) (s report.Session, err error) {
	var first, last, micros int64
	err = row.Scan(&s.ID, &s.User, &s.Team, &s.Organization, &first, &last, &s.Events, &s.Prompts,
		&micros, &s.Requests, &s.Unpriced, &s.Errors, &s.Refusals, &s.Tools, &s.ToolFailures, &s.ToolRejects)
	s.Start, s.Duration = time.Unix(first, 0).In(r.zone), time.Duration(last-first)*time.Second
	s.CostUSD = float64(micros) / 1e6
	return s, err
}

// maxTimeline bounds the prompts of a timeline.
const maxTimeline = 500

// Session returns one session with its prompts in the order of their starts.
func (r *Reader) Session(ctx context.Context, id string) (t report.Timeline, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		t = report.Timeline{}
		t.Session, err = r.session(tx.QueryRow(ctx, "select "+sessionColumns+" from sessions"+nameColumns("sessions")+" where sessions.id = $1", id))
		if errors.Is(err, sql.ErrNoRows) {
			t.Session, err = r.session(tx.QueryRow(ctx, "select "+sessionColumns+" from "+sessionOfPrompts+nameColumns("sessions"), id))
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
		err = eachRow(ctx, tx, query, []any{id, maxTimeline}, func(rows *sql.Rows) error {
			p, err := r.prompt(rows)
			t.Prompts = append(t.Prompts, p)
			return err
		})
		t.Cut -= int64(len(t.Prompts))
		return err
	})
	return t, err
}
