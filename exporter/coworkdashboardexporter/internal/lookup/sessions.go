package lookup

import (
	"time"

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
	read: readSession,
	id:   func(s report.Session) string { return s.ID },
	orders: map[string]order{
		"start":      {"first_seen", false, false},
		"id":         {"sessions.id", true, false},
		"user":       {"coalesce(u.name, '')", true, true},
		"team":       {"coalesce(t.name, '')", true, true},
		"prompts":    {"prompts", false, false},
		"cost":       {"cost_micros", false, false},
		"requests":   {"requests", false, false},
		"tools":      {"tools", false, false},
		"errors":     {"errors + tool_failures", false, false},
		"rejections": {"tool_rejections", false, false},
		"duration":   {"last_seen - first_seen", false, false},
	},
}

// readSession reads a session from a row.
func readSession(zone *time.Location, row scanner) (s report.Session, err error) {
	var first, last, micros int64
	err = row.Scan(&s.ID, &s.User, &s.Team, &s.Organization, &first, &last, &s.Events, &s.Prompts,
		&micros, &s.Requests, &s.Unpriced, &s.Errors, &s.Refusals, &s.Tools, &s.ToolFailures, &s.ToolRejects)
	s.Start, s.Duration = time.Unix(first, 0).In(zone), time.Duration(last-first)*time.Second
	s.CostUSD = float64(micros) / 1e6
	return s, err
}
