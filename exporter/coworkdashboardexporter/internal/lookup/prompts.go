package lookup

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// promptColumns are the columns of a prompt.
const promptColumns = `prompts.id, session_id, coalesce(u.name, ''), coalesce(t.name, ''), coalesce(o.name, ''), start_ns, end_ns,
	cost_micros, input, output, cache_read, cache_creation, requests, unpriced, errors, refusals, tools, tool_failures, tool_rejections,
	models, modes, closed, cut, contents_cut, contents_refused`

// nameColumns joins the names of prompts or sessions, which are unknown for the id 0.
func nameColumns(table string) string {
	return " left join names u on u.id = " + table + ".user_id and u.id <> 0 left join names o on o.id = " + table + ".organization_id and o.id <> 0" +
		" left join people on people.user_id = " + table + ".user_id left join names t on t.id = people.team_id and t.id <> 0"
}

// selectPrompts selects prompts.
var selectPrompts = "select " + promptColumns + " from prompts" + nameColumns("prompts")

// prompt reads a prompt from a row.
func (r *Reader) prompt(row scanner) (p report.Prompt, err error) {
	var start, end, micros int64
	var models, modes string
	err = row.Scan(&p.ID, &p.Session, &p.User, &p.Team, &p.Organization, &start, &end,
		&micros, &p.InputTokens, &p.OutputTokens, &p.CacheRead, &p.CacheCreated, &p.Requests, &p.Unpriced,
		&p.Errors, &p.Refusals, &p.Tools, &p.ToolFailures, &p.ToolRejects, &models, &modes, &p.Closed, &p.Cut, &p.ContentsCut, &p.ContentsRefused)
	p.Start, p.Duration = time.Unix(0, start).In(r.zone), time.Duration(end-start)
	p.CostUSD = float64(micros) / 1e6
	p.Models, p.Modes = details.Lines(models), details.Lines(modes)
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
		steps, err = r.steps(ctx, tx, id)
		return err
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
