package lookup

import (
	"encoding/json"
	"strings"
	"time"

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

// readPrompt reads a prompt from a row.
func readPrompt(zone *time.Location, row scanner) (p report.Prompt, err error) {
	var start, end, micros int64
	var models, modes string
	err = row.Scan(&p.ID, &p.Session, &p.User, &p.Team, &p.Organization, &start, &end,
		&micros, &p.InputTokens, &p.OutputTokens, &p.CacheRead, &p.CacheCreated, &p.Requests, &p.Unpriced,
		&p.Errors, &p.Refusals, &p.Tools, &p.ToolFailures, &p.ToolRejects, &models, &modes, &p.Closed, &p.Cut, &p.ContentsCut, &p.ContentsRefused)
	p.Start, p.Duration = time.Unix(0, start).In(zone), time.Duration(end-start)
	p.CostUSD = float64(micros) / 1e6
	p.Models, p.Modes = details.Lines(models), details.Lines(modes)
	return p, err
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
