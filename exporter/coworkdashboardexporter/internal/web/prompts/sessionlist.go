package prompts

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

type session = report.Session

// sessionKind is the list of sessions.
var sessionKind = kind[session]{
	title: "Sessions", path: "/sessions", file: "/api/sessions", unit: "{session}", head: "id",
	stored: "Sessions are stored as long as hourly sums.",
	columns: []column[session]{
		{title: "Start", key: "start", cells: func(q *query, s session) []chart.Cell { return one(chart.Time(q, s.Start)) }, value: func(s session) any { return s.Start }},
		{title: "Session", key: "id", cells: func(q *query, s session) []chart.Cell { return one(SessionCell(q, s.ID)) }, value: func(s session) any { return s.ID }},
		{title: "User", key: "user", cells: func(q *query, s session) []chart.Cell { return name("user")(q, s.User) }, value: func(s session) any { return s.User }},
		{title: "Team", key: "team", cells: func(q *query, s session) []chart.Cell { return name("team")(q, s.Team) }, value: func(s session) any { return s.Team }},
		{title: "Organization", value: func(s session) any { return s.Organization }},
		{title: "Duration", key: "duration", unit: "s", right: true, cells: func(_ *query, s session) []chart.Cell { return one(chart.Number(s.Duration.Seconds(), "s")) }, value: func(s session) any { return s.Duration.Seconds() }},
		{title: "Prompts", key: "prompts", right: true, cells: func(q *query, s session) []chart.Cell {
			return one(ofSession(q, count(s.Prompts, "{prompt}"), s, ""))
		}, value: func(s session) any { return s.Prompts }},
		{title: "Cost", key: "cost", unit: "USD", right: true, cells: func(_ *query, s session) []chart.Cell { return one(costOf(s.CostUSD, s.Unpriced)) }, value: func(s session) any { return knownUSD(s.CostUSD, s.Unpriced) }},
		{title: "Requests", key: "requests", right: true, cells: func(_ *query, s session) []chart.Cell { return one(count(s.Requests, "{request}")) }, value: func(s session) any { return s.Requests }},
		{title: "Tools", key: "tools", right: true, cells: func(_ *query, s session) []chart.Cell { return one(count(s.Tools, "{call}")) }, value: func(s session) any { return s.Tools }},
		{title: "Failures", key: "errors", right: true, cells: func(q *query, s session) []chart.Cell {
			return one(ofSession(q, count(s.Errors+s.ToolFailures, "{failure}"), s, report.OutcomeFailed))
		}, value: func(s session) any { return s.Errors + s.ToolFailures }},
		{title: "Rejections", key: "rejections", right: true, cells: func(q *query, s session) []chart.Cell {
			return one(ofSession(q, count(s.ToolRejects, "{rejection}"), s, report.OutcomeRejected))
		}, value: func(s session) any { return s.ToolRejects }},
		{title: "Refusals", value: func(s session) any { return s.Refusals }},
		{title: "Events", value: func(s session) any { return s.Events }},
	},
}

// ofSession links a number above zero to the prompts of a session with an outcome.
func ofSession(q *query, c chart.Cell, s session, outcome report.Outcome) chart.Cell {
	if c.Amount > 0 && urlquery.Valid(s.ID) {
		c.Href = linkToPrompts(q, s, outcome)
	}
	return c
}

// early is how long the first request of a session can take.
const early = time.Hour

// linkToPrompts returns a link to the prompts of a session with an outcome, in its own time
// range. The session starts with its first event, its first prompt with the start of a
// request.
func linkToPrompts(q *query, s session, outcome report.Outcome) string {
	text := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	return q.Link("/prompts", append([]string{
		"session", s.ID, "outcome", string(outcome), "range", "", "from", text(s.Start.Add(-early)), "to", text(s.Start.Add(s.Duration + 2*time.Second)),
	}, clearNames...)...)
}

// NewSessionList returns the view of a page of sessions, or of the error in its place.
func NewSessionList(q *query, s report.Search, found report.Found[session], err error) List {
	return sessionKind.newList(q, s, found, err)
}

// SessionTable returns a page of sessions as CSV has it.
func SessionTable(found report.Found[session]) report.Table { return sessionKind.table(found) }

// A sessionJSON is a session in JSON.
type sessionJSON struct {
	session
	Seconds float64 `json:"duration_s"`
	CostUSD any     `json:"cost_usd"` // null if it is not known
}

// SessionsJSON returns a list of sessions for JSON.
func SessionsJSON(list []session) any {
	out := make([]sessionJSON, len(list))
	for i, s := range list {
		s.Start = s.Start.UTC()
		out[i] = sessionJSON{session: s, Seconds: s.Duration.Seconds(), CostUSD: knownUSD(s.CostUSD, s.Unpriced)}
	}
	return out
}
