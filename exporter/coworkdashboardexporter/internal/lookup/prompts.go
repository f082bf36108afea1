package lookup

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// selectPrompts selects prompts with their names, "" for unknown ones.
const selectPrompts = `select prompts.id, session_id, coalesce(u.name, ''), coalesce(o.name, ''), start_ns, end_ns,
	cost_micros, input, output, cache_read, cache_creation, requests, unpriced, errors, tools, tool_failures, tool_rejections,
	models, closed, cut
	from prompts left join names u on u.id = user_id and u.id <> 0 left join names o on o.id = organization_id and o.id <> 0`

// maxPrompts bounds the prompts of one answer.
const maxPrompts = 1000

// Prompts returns at most limit prompts that match a filter, the latest first. A nonzero
// before excludes those that started then or later.
func (r *Reader) Prompts(ctx context.Context, f report.Filter, before time.Time, limit int) (prompts []report.Prompt, err error) {
	to := f.To
	if !before.IsZero() && before.Before(to) {
		to = before
	}
	var where condition
	where.and("start_ns >= %s", f.From.UnixNano())
	where.and("start_ns < %s", to.UnixNano())
	if f.Organization != "" {
		where.and(named("organization_id", "organization"), f.Organization)
	}
	if f.User != "" {
		where.and(named("user_id", "user"), f.User)
	}
	if f.Model != "" { // a whole line of the list
		where.and("'\n' || models || '\n' <> replace('\n' || models || '\n', %s, '')", "\n"+f.Model+"\n")
	}
	where.args = append(where.args, min(limit, maxPrompts))
	query := selectPrompts + " where true" + where.text + " order by start_ns desc, prompts.id limit " + place(len(where.args))
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		return eachRow(ctx, tx, query, where.args, func(rows *sql.Rows) error {
			p, err := r.prompt(rows)
			prompts = append(prompts, p)
			return err
		})
	})
	return prompts, err
}

// prompt reads a prompt from a row.
func (r *Reader) prompt(row interface{ Scan(...any) error }) (p report.Prompt, err error) {
	var start, end, micros int64
	var models string
	err = row.Scan(&p.ID, &p.Session, &p.User, &p.Organization, &start, &end,
		&micros, &p.InputTokens, &p.OutputTokens, &p.CacheRead, &p.CacheCreated, &p.Requests, &p.Unpriced,
		&p.Errors, &p.Tools, &p.ToolFailures, &p.ToolRejects, &models, &p.Closed, &p.Cut)
	p.Start, p.Duration = time.Unix(0, start).In(r.zone), time.Duration(end-start)
	p.CostUSD = float64(micros) / 1e6
	if models != "" {
		p.Models = strings.Split(models, "\n")
	}
	return p, err
}

// Prompt returns one prompt with its steps in the order of their starts.
func (r *Reader) Prompt(ctx context.Context, id string) (p report.Prompt, steps []report.Step, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		p, err = r.prompt(tx.QueryRow(ctx, selectPrompts+" where prompts.id = $1", id))
		if errors.Is(err, sql.ErrNoRows) {
			return report.ErrNotFound
		}
		if err != nil {
			return err
		}
		const query = "select start_ns, duration_ns, kind, name, depth, failed, reason, details from steps where prompt_id = $1 order by start_ns, n"
		return eachRow(ctx, tx, query, []any{id}, func(rows *sql.Rows) error {
			var start, duration int64
			var details string
			var s report.Step
			err := rows.Scan(&start, &duration, &s.Kind, &s.Name, &s.Depth, &s.Failed, &s.Why, &details)
			s.Start, s.Duration, s.Details = time.Unix(0, start).In(r.zone), time.Duration(duration), detailsOf(details)
			steps = append(steps, s)
			return err
		})
	})
	return p, steps, err
}

// detailsOf returns the members of a JSON object in their order. Members that are not
// texts are skipped.
func detailsOf(object string) (list []report.Detail) {
	d := json.NewDecoder(strings.NewReader(object))
	if brace, err := d.Token(); err != nil || brace != json.Delim('{') {
		return nil
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return list
		}
		var value any
		if err := d.Decode(&value); err != nil {
			return list
		}
		if text, ok := value.(string); ok {
			list = append(list, report.Detail{Name: name.(string), Value: text})
		}
	}
	return list
}
