package lookup

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// maxAlertChanges bounds the notifications of each alert that are read.
const maxAlertChanges = 10

// alertColumns are the columns of an alert. The session is that of its prompt if its rule
// is not evaluated by session.
const alertColumns = `fingerprint, alerts.name, severity, status, detail, message, why, advice, measured,
	coalesce(case when alerts.user_id > 1 then u.name end, ''), model, tool, connector, prompt_id,
	coalesce(nullif(alerts.session_id, ''), prompts.session_id, ''), starts_at, ends_at, last_seen, tags, event_id, notifications`

const alertTables = ` from alerts left join names u on u.id = alerts.user_id left join prompts on prompts.id = alerts.prompt_id`

// alertOrder sorts firing alerts before others, the most severe first, then the latest.
const alertOrder = ` order by case status when 'firing' then 0 else 1 end,
	case when status <> 'firing' then 0 when severity = 'critical' then 1 when severity = 'warning' then 2 else 3 end,
	case status when 'firing' then starts_at else last_seen end desc, fingerprint`

// An alertReader reads alerts.
type alertReader struct {
	db   *database.DB
	zone *time.Location
}

// Alerts returns alerts that are firing, or were notified in the time range of a filter, and
// how many further ones there are. Rules group by some names only, so that an alert without
// a name does not meet a filter of the name.
func (r *alertReader) Alerts(ctx context.Context, f report.Filter, limit int) (list []report.Alert, cut int, err error) {
	var where condition
	where.and("(status = 'firing' or last_seen >= %s)", f.From.Unix())
	where.and("(status = 'firing' or last_seen < %s)", f.To.Add(time.Second-1).Unix())
	where.addPeople("alerts", &report.Filter{User: f.User, Team: f.Team})
	for _, of := range [...]struct{ column, name string }{{"model", f.Model}, {"tool", f.Tool}, {"connector", f.Connector}} {
		if of.name != "" {
			where.and(of.column+" = %s", of.name)
		}
	}
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		list = nil
		var total int
		if err := tx.QueryRow(ctx, "select count(*) from alerts where true"+where.text, where.args...).Scan(&total); err != nil {
			return err
		}
		n := len(where.args)
		query := "select " + alertColumns + alertTables + " where true" + where.text + alertOrder + " limit " + place(n+1)
		if err := tx.EachRow(ctx, query, append(where.args[:n:n], limit), func(rows *sql.Rows) error {
			a, err := r.alert(rows)
			list = append(list, a)
			return err
		}); err != nil {
			return err
		}
		cut = total - len(list)
		return r.addChanges(ctx, tx, list)
	})
	return list, cut, err
}

// Alert returns one alert, or [report.ErrNotFound].
func (r *alertReader) Alert(ctx context.Context, fingerprint string) (a report.Alert, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		a, err = r.alert(tx.QueryRow(ctx, "select "+alertColumns+alertTables+" where fingerprint = $1", fingerprint))
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = report.ErrNotFound
	}
	return a, err
}

func (r *alertReader) alert(row scanner) (a report.Alert, err error) {
	var starts, ends, last int64
	var tags string
	err = row.Scan(&a.Fingerprint, &a.Name, &a.Severity, &a.Status, &a.Group, &a.Message, &a.Why, &a.Advice, &a.Measured,
		&a.User, &a.Model, &a.Tool, &a.Connector, &a.Prompt, &a.Session, &starts, &ends, &last, &tags, &a.Event, &a.Notifications)
	if tags != "" {
		a.Tags = strings.Fields(tags)
	}
	for _, t := range [...]struct {
		to *time.Time
		at int64
	}{{&a.Start, starts}, {&a.End, ends}, {&a.Last, last}} {
		if t.at > 0 {
			*t.to = time.Unix(t.at, 0).In(r.zone)
		}
	}
	return a, err
}

// addChanges adds the latest notifications of alerts.
func (r *alertReader) addChanges(ctx context.Context, tx *database.Tx, list []report.Alert) error {
	for i := range list {
		a := &list[i]
		err := tx.EachRow(ctx, "select at_ns, status, message, prompt_id, event_id from alert_changes where fingerprint = $1 order by at_ns desc limit $2",
			[]any{a.Fingerprint, maxAlertChanges}, func(rows *sql.Rows) error {
				var c report.AlertChange
				var at int64
				err := rows.Scan(&at, &c.Status, &c.Message, &c.Prompt, &c.Event)
				c.At = time.Unix(0, at).In(r.zone)
				a.Changes = append(a.Changes, c)
				return err
			})
		if err != nil {
			return err
		}
	}
	return nil
}
