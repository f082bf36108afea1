package panels_test

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer/answertest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// rowsBy returns a row for each group of a fact: its names, then its figures. A group
// without figures has no row.
func rowsBy(of string, figures func(ledger) []any, keys ...string) func(ledger, report.Filter) [][]any {
	return func(l ledger, _ report.Filter) (rows [][]any) {
		for at, group := range l.of(of).by(keys...) {
			row := figures(group)
			if row == nil {
				continue
			}
			var all []any
			for name := range strings.SplitSeq(at, "\n") {
				all = append(all, name)
			}
			rows = append(rows, append(all, row...))
		}
		return rows
	}
}

// figureOf returns the row of a figure.
func figureOf(of string, number func(ledger) any) func(ledger, report.Filter) [][]any {
	return func(l ledger, _ report.Filter) [][]any { return [][]any{{number(l.of(of))}} }
}

// lineOf returns the rows of a line.
func lineOf(of string, number func(ledger) any) func(ledger, report.Filter) [][]any {
	return func(l ledger, f report.Filter) [][]any { return l.of(of).overTime(f, number) }
}

// A part is a line of several.
type part struct {
	name   string
	number func(ledger) any
}

func linesOf(of string, parts ...part) func(ledger, report.Filter) [][]any {
	return func(l ledger, f report.Filter) (rows [][]any) {
		for _, p := range parts {
			rows = append(rows, l.of(of).overTime(f, p.number, p.name)...)
		}
		return rows
	}
}

func sumOf(sums ...string) func(ledger) any { return func(l ledger) any { return l.sum(sums...) } }

func shareOf(a string, of ...string) func(ledger) any {
	return func(l ledger) any { return l.share(a, of...) }
}

func quantileOf(percent int) func(ledger) any {
	return func(l ledger) any { return l.quantile(percent) }
}

var cacheHits = shareOf("cache_read", "input", "cache_read", "cache_creation")

// expected are the rows of panels. Columns that they lack are not compared.
var expected = map[string]func(ledger, report.Filter) [][]any{
	"cost":             figureOf("usage", ledger.usd),
	"cost_per_request": figureOf("usage", ledger.usdPerRequest),
	"tokens":           figureOf("usage", func(l ledger) any { return l.tokens() }),
	"prompts":          figureOf("activity", sumOf("prompts")),
	"tasks":            figureOf("activity", sumOf("tasks", "schedules", "agent_prompts")),
	"sessions":         figureOf("activity", sumOf("sessions")),
	"active_users":     figureOf("activity", func(l ledger) any { return l.users() }),
	"error_rate":       figureOf("usage", shareOf("errors", "requests", "errors")),
	"cache_hit_ratio":  figureOf("usage", cacheHits),
	"firing_alerts": func(_ ledger, f report.Filter) [][]any {
		if !concernsAda(f) {
			return [][]any{{int64(0)}}
		}
		return [][]any{{int64(1)}}
	},

	"cost_over_time": lineOf("usage", ledger.usd),
	"cost_by_user": rowsBy("usage", func(l ledger) []any {
		return []any{l.usd(), l.sum("requests"), l.tokens(), l.usdPerRequest(), l.sum("unpriced")}
	}, "user"),
	"cost_by_organization": rowsBy("usage", func(l ledger) []any {
		return []any{l.usd(), l.users(), l.sum("requests"), l.usdPerRequest(), l.sum("unpriced")}
	}, "organization"),
	"cost_by_model": rowsBy("usage", func(l ledger) []any {
		return []any{
			l.usd(), l.users(), l.sum("requests"), l.usdPerRequest(), l.sum("unpriced"),
			l.sum("input"), l.sum("output"), l.sum("cache_read"), l.sum("cache_creation"),
		}
	}, "model"),
	"cost_by_source": rowsBy("usage", func(l ledger) []any {
		if l.sum("requests") == 0 {
			return nil
		}
		return []any{l.usd(), l.sum("requests"), l.sum("unpriced")}
	}, "query_source"),
	"employee_cost": employeeCost,

	"people": func(l ledger, _ report.Filter) (rows [][]any) {
		for user, of := range l.of("activity").by("user") {
			usage := l.of("usage", "user", user)
			cost := usage.usd()
			rows = append(rows, []any{
				user, cost, of.sum("prompts"), of.sum("sessions"), usage.sum("requests"), usage.sum("errors"),
				l.of("tool_calls", "user", user).sum("failures"), known(of[0].Name("team")),
			})
		}
		return rows
	},
	"cost_by_team": rowsBy("usage", func(l ledger) []any {
		return []any{l.usd(), l.users(), divided(float64(l.sum("cost_micros"))/1e6, l.users()), l.sum("requests"), l.usdPerRequest(), l.sum("unpriced")}
	}, "team"),
	"cost_by_cost_center": rowsBy("usage", func(l ledger) []any {
		return []any{l.usd(), l.users(), l.sum("requests"), l.usdPerRequest(), l.sum("unpriced")}
	}, "cost_center"),
	"adoption_by_team": func(l ledger, f report.Filter) (rows [][]any) {
		for team, of := range l.of("activity").by("team") {
			users, all := of.users(), any(nil)
			if n := map[string]int64{"sales": 2, "support": 1}[team]; n > 0 && f.Organization == "" {
				all = n
				if f.User != "" {
					all = int64(1)
				}
			}
			share := any(nil)
			if n, ok := all.(int64); ok {
				share = divided(float64(users), n)
			}
			rows = append(rows, []any{team, users, all, share, of.sum("prompts"), divided(float64(of.sum("prompts")), users), of.sum("sessions")})
		}
		return rows
	},
	"prompts_by_team_over_time": func(l ledger, f report.Filter) (rows [][]any) {
		for team, of := range l.of("activity").by("team") {
			rows = append(rows, of.coarse(f, sumOf("prompts"), team)...)
		}
		return rows
	},

	"tokens_by_user_day": func(l ledger, _ report.Filter) (rows [][]any) {
		for user, of := range l.of("usage").by("user") {
			for at, day := range byDate(of) {
				rows = append(rows, []any{user, at, day.tokens()})
			}
		}
		return rows
	},
	"tokens_over_time": linesOf("usage", part{"input", sumOf("input")}, part{"output", sumOf("output")},
		part{"cache read", sumOf("cache_read")}, part{"cache creation", sumOf("cache_creation")}),
	"prompts_over_time": linesOf("activity", part{"people", sumOf("prompts")}, part{"clients", sumOf("tasks", "schedules", "agent_prompts")}),
	"prompts_by_hour": func(l ledger, _ report.Filter) (rows [][]any) {
		for at, of := range byTime(l.of("prompt_hours"), "Monday\n15") {
			day, hour, _ := strings.Cut(at, "\n")
			rows = append(rows, []any{day, hour, of.sum("prompts")})
		}
		return rows
	},
	"prompts_by_origin": func(l ledger, _ report.Filter) (rows [][]any) {
		for origin, sum := range map[string]string{"user": "prompts", "task": "tasks", "schedule": "schedules", "agent": "agent_prompts"} {
			if n := l.of("activity").sum(sum); n > 0 {
				rows = append(rows, []any{origin, n})
			}
		}
		return rows
	},
	"active_users_over_time": lineOf("activity", func(l ledger) any { return l.users() }),
	"busiest_users": rowsBy("activity", func(l ledger) []any {
		return []any{l.sum("prompts"), l.sum("tasks", "schedules", "agent_prompts"), l.sum("sessions")}
	}, "user"),
	"skills": func(l ledger, _ report.Filter) (rows [][]any) {
		for at, of := range l.of("skills").by("skill", "plugin") {
			skill, plugin, _ := strings.Cut(at, "\n")
			rows = append(rows, []any{skill, of.sum("activations"), of.users(), known(plugin)})
		}
		return rows
	},
	"plugins": func(l ledger, f report.Filter) [][]any {
		rows := rowsBy("plugins", func(l ledger) []any { return []any{nil, l.sum("loads")} }, "plugin", "plugin_scope", "enabled_via")(l, f)
		for _, row := range rows {
			if row[0] == "office" && row[2] == "org-policy" {
				row[3] = int64(2)
				if f.Organization == "globex" {
					row[3] = nil
				}
			}
		}
		return rows
	},
	"plugin_spread": func(l ledger, f report.Filter) [][]any {
		n := int64(2)
		switch {
		case f.Organization == "globex":
			return nil
		case f.User == "(unknown)":
			n = 0 // someone without a name
		case f.User != "":
			n = 1
		case f.Team == "support":
			return nil
		case f.Team == "(unknown)":
			n = 0
		}
		active := l.of("activity").users()
		return [][]any{{"office", divided(float64(n), active), n, active, report.StartOfDay(noon, -50)}}
	},
	"agents": rowsBy("subagents", func(l ledger) []any {
		return []any{l.sum("runs"), divided(float64(l.sum("duration_us"))/1e6, l.sum("timed"))}
	}, "agent"),
	"versions": rowsBy("versions", func(l ledger) []any { return []any{l.sum("requests"), l.sum("events")} }, "client_version"),

	"calls":              figureOf("tool_calls", sumOf("calls")),
	"failed_calls":       figureOf("tool_calls", sumOf("failures")),
	"rejected_calls":     figureOf("tool_calls", sumOf("rejections")),
	"calls_over_time":    lineOf("tool_calls", sumOf("calls")),
	"failures_over_time": linesOf("tool_calls", part{"failed", sumOf("failures")}, part{"rejected", sumOf("rejections")}),
	"failures_by_user": rowsBy("tool_calls", func(l ledger) []any {
		if l.sum("failures") == 0 {
			return nil
		}
		return []any{l.sum("failures"), l.sum("calls"), l.share("failures", "calls")}
	}, "user"),
	"tools": func(l ledger, f report.Filter) [][]any {
		rows := rowsBy("tool_calls", func(l ledger) []any {
			if l.sum("calls") == 0 {
				return nil
			}
			return []any{l.sum("calls"), 1 - float64(l.sum("failures"))/float64(l.sum("calls")), l.sum("failures"), divided(float64(l.sum("duration_us"))/1e6, l.sum("timed"))}
		}, "tool")(l, f)
		for i, row := range rows {
			var p95 any
			if f.User == "" && f.Team == "" && f.Connector == "" {
				p95 = l.of("tool_latency", "tool", row[0].(string)).quantile(95)
			}
			rows[i] = append(row, p95)
		}
		return rows
	},
	"connector_error_rate": func(l ledger, f report.Filter) [][]any {
		rows := rowsBy("tool_calls", func(l ledger) []any {
			if l.sum("calls") == 0 {
				return nil
			}
			return []any{l.share("failures", "calls"), l.sum("failures"), l.sum("calls")}
		}, "connector")(l, f)
		return slices.DeleteFunc(rows, func(row []any) bool { return row[0] == "(unknown)" })
	},
	"connector_errors": rowsBy("connector_errors", func(l ledger) []any { return []any{l.sum("errors")} }, "connector", "error_type"),
	"connector_errors_over_time": func(l ledger, f report.Filter) (rows [][]any) {
		for name, of := range l.of("connector_errors").by("connector") {
			rows = append(rows, of.overTime(f, sumOf("errors"), name)...)
		}
		return rows
	},
	"connections": rowsBy("connections", func(l ledger) []any {
		return []any{
			l.of("connections", "status", "connected").some("connections"), l.of("connections", "status", "failed").some("connections"),
			l.of("connections", "status", "disconnected").some("connections"),
		}
	}, "connector"),
	"decisions": rowsBy("tool_decisions", func(l ledger) []any { return []any{l.sum("decisions")} }, "tool", "decision", "decision_source"),
	"rejections": rowsBy("tool_calls", func(l ledger) []any {
		if l.sum("rejections") == 0 {
			return nil
		}
		return []any{l.share("rejections", "decisions"), l.sum("rejections"), l.sum("decisions")}
	}, "tool"),
	"failures": func(l ledger, _ report.Filter) (rows [][]any) {
		for name, n := range map[string]int64{
			"failed API requests": l.of("usage").sum("errors"), "refused API requests": l.of("usage").sum("refusals"),
			"failed tool calls": l.of("tool_calls").sum("failures"), "rejected tool calls": l.of("tool_calls").sum("rejections"),
		} {
			if n > 0 {
				rows = append(rows, []any{name, n})
			}
		}
		return rows
	},
	"bypassed_permissions": func(l ledger, f report.Filter) [][]any {
		return rowsBy("permission_modes", func(l ledger) []any { return []any{l.sum("decisions")} }, "user")(l.of("permission_modes", "permission_mode", "bypassPermissions"), f)
	},
	"modes": rowsBy("permission_modes", func(l ledger) []any { return []any{l.sum("decisions")} }, "permission_mode"),

	"requests_over_time":        lineOf("usage", sumOf("requests")),
	"failed_requests_over_time": linesOf("usage", part{"failed", sumOf("errors")}, part{"refused", sumOf("refusals")}),
	"api_performance": func(l ledger, f report.Filter) [][]any {
		rows := rowsBy("usage", func(l ledger) []any {
			return []any{l.sum("requests"), l.sum("errors"), l.share("errors", "requests", "errors"), l.sum("refusals")}
		}, "model")(l, f)
		for i, row := range rows {
			var durations ledger
			if f.User == "" && f.Team == "" {
				durations = l.of("request_latency", "model", row[0].(string))
			}
			ok := durations.of("request_latency", "outcome", "ok")
			mean := func(l ledger) any { return divided(float64(l.sum("duration_us"))/1e6, l.sum("timed")) }
			all, _ := row[1].(int64)
			failed, _ := row[2].(int64)
			rows[i] = append(row, mean(ok), ok.quantile(50), ok.quantile(95), ok.quantile(99), all+failed, mean(durations))
		}
		return rows
	},
	"latency_over_time": func(l ledger, f report.Filter) [][]any {
		return linesOf("request_latency", part{"p50", quantileOf(50)}, part{"p95", quantileOf(95)}, part{"p99", quantileOf(99)})(l.of("request_latency", "outcome", "ok"), f)
	},
	"status_codes": func(l ledger, _ report.Filter) (rows [][]any) {
		for at, of := range l.of("api_errors").by("status_code", "model") {
			status, model, _ := strings.Cut(at, "\n")
			rows = append(rows, []any{strings.Replace(status, "(unknown)", "none", 1), model, of.sum("errors")})
		}
		return rows
	},
	"cache": rowsBy("usage", func(l ledger) []any {
		if l.sum("input", "cache_read", "cache_creation") == 0 {
			return nil
		}
		return []any{cacheHits(l), l.sum("cache_read"), l.sum("cache_creation"), l.sum("input")}
	}, "model"),
	"cache_over_time": lineOf("usage", cacheHits),

	"alerts_firing": func(_ ledger, f report.Filter) [][]any {
		if !concernsAda(f) {
			return nil
		}
		return [][]any{{"spend", "critical", "user ada", noon.AddDate(0, 0, -100), noon.AddDate(0, 0, -90), int64(7)}}
	},
	"alerts_recent": func(_ ledger, f report.Filter) [][]any {
		if f.User != "" && f.User != "(unknown)" || f.Team != "" && f.Team != "(unknown)" {
			return nil
		}
		return [][]any{{"errors", "warning", "connector crm", noon.Add(-3 * time.Hour), noon.Add(-2 * time.Hour)}}
	},
}

// concernsAda reports whether a filter has the user of the alert that fires.
func concernsAda(f report.Filter) bool {
	return (f.User == "" || f.User == "ada") && (f.Team == "" || f.Team == teams["ada"][0])
}

func known(name string) any {
	if name == "(unknown)" {
		return nil
	}
	return name
}

// byDate returns observations by the date.
func byDate(l ledger) map[string]ledger { return byTime(l, time.DateOnly) }

// byTime returns observations by the time in a layout.
func byTime(l ledger, layout string) map[string]ledger {
	groups := map[string]ledger{}
	for _, o := range l {
		at := o.At.Format(layout)
		groups[at] = append(groups[at], o)
	}
	return groups
}

// employeeCost returns the cost of active users by organization, and of all.
func employeeCost(l ledger, f report.Filter) [][]any {
	const days = 40
	figures := func(l ledger) []any {
		usage, users := l.of("usage"), l.of("activity").users()
		cost, _ := usage.usd().(float64)
		perUser := divided(cost, users)
		month, share := any(nil), any(nil)
		if perUser != nil {
			length := max(1, min(days, f.To.Sub(f.From).Hours()/24))
			month = cost / float64(users) * 30 / length
			share = cost / float64(users) * 30 / length / 100
		}
		return []any{users, usage.usd(), perUser, month, 100.0, share}
	}
	rows := [][]any{append([]any{"All"}, figures(l)...)}
	for name := range l.of("activity").by("organization") {
		of := l.where(func(o *answertest.Observation) bool { return o.Name("organization") == name })
		rows = append(rows, append([]any{name}, figures(of)...))
	}
	return rows
}

// TestFigures compares the answers of all panels with figures that are computed from the
// observations, on both engines, by the hour and by the day, with each filter that a
// panel supports.
func TestFigures(t *testing.T) {
	maps.Copy(expected, securityFigures)
	for _, p := range panels.All {
		require.NotNil(t, expected[p.ID], "%s has no expected figures", p.ID)
	}
	require.Len(t, expected, len(panels.All))
	l := drawLedger(1, 120)
	eachEngine(t, func(t *testing.T, db *database.DB) {
		t.Helper()
		require.NoError(t, answertest.Load(t.Context(), db, time.UTC, l))
		require.NoError(t, db.Write(t.Context(), loadOthers))
		s := sourceOf(db, time.UTC)
		hours := report.Filter{From: noon.Add(-54 * time.Hour), To: noon}
		days := report.Filter{From: report.StartOfDay(noon, -40), To: report.StartOfDay(noon, 0)}
		for _, f := range []report.Filter{hours, days} {
			for _, names := range filters {
				names.From, names.To = f.From, f.To
				f := names
				for _, p := range panels.All {
					if s.Supports(p, f) {
						compare(t, s, l, p, f)
					}
				}
			}
		}
	})
}

// filters are the names to which the figures are limited.
var filters = []report.Filter{
	{},
	{Organization: "acme"},
	{Organization: "globex"},
	{User: "ada"},
	{User: "(unknown)"},
	{Model: "opus"},
	{Organization: "acme", User: "bob"},
	{Organization: "acme", Model: "free"},
	{Organization: "globex", User: "cy", Model: "haiku"},
	{Team: "sales"},
	{Team: "support"},
	{Team: "(unknown)"},
	{Team: "sales", Organization: "acme", Model: "opus"},
	{Tool: "Bash"},
	{Connector: "crm"},
	{Connector: "(unknown)"},
	{Tool: "Read", Connector: "crm"},
	{Team: "sales", Tool: "crm_query"},
	{User: "ada", Connector: "wiki"},
}

// loadOthers adds the data that is not a fact.
func loadOthers(ctx context.Context, tx *database.Tx) error {
	id := func(kind, name string) (id int64) {
		_ = tx.QueryRow(ctx, "select id from names where kind = $1 and name = $2", kind, name).Scan(&id)
		return id
	}
	date := func(days int) int64 {
		at := noon.AddDate(0, 0, days)
		return int64(at.Year()*10000 + int(at.Month())*100 + at.Day())
	}
	office, policy, acme := id("plugin", "office"), id("label", "org-policy"), id("organization", "acme")
	if err := tx.Insert(ctx, "plugin_users", []string{"plugin_id", "enabled_via_id", "user_id", "organization_id", "first_day", "last_day"}, "", [][]any{
		{office, policy, id("user", "ada"), acme, date(-50), date(0)},
		{office, policy, id("user", "bob"), acme, date(-50), date(0)},
		{office, policy, int64(0), acme, date(-50), date(0)},
		{office, policy, id("user", "cy"), acme, date(-60), date(-50)}, // before the time range
	}); err != nil {
		return err
	}
	if err := loadHoldings(ctx, tx); err != nil {
		return err
	}
	at := func(hours int) int64 { return noon.Add(time.Duration(hours) * time.Hour).Unix() }
	return tx.Insert(ctx, "alerts", []string{"fingerprint", "name", "severity", "status", "detail", "message", "why", "advice", "measured", "user_id", "organization_id", "model", "tool", "connector", "prompt_id", "session_id", "starts_at", "ends_at", "last_seen", "notifications"}, "", [][]any{
		{"1", "spend", "critical", "firing", "user ada", "", "", "", "", id("user", "ada"), int64(0), "", "", "", "", "", at(-100 * 24), int64(0), at(-90 * 24), int64(7)},
		{"2", "errors", "warning", "resolved", "connector crm", "", "", "", "", int64(0), int64(0), "", "", "", "", "", at(-3), at(-2), at(-13), int64(3)},
		{"3", "errors", "warning", "resolved", "connector wiki", "", "", "", "", int64(0), int64(0), "", "", "", "", "", at(-91 * 24), at(-90 * 24), at(-90 * 24), int64(3)},
	})
}

type source interface {
	Answer(context.Context, report.Panel, report.Filter, int) (report.Table, error)
}

func compare(t *testing.T, s source, l ledger, p report.Panel, f report.Filter) {
	t.Helper()
	want := sorted(expected[p.ID](l.within(f), f))
	table, err := s.Answer(t.Context(), p, f, 0)
	require.NoError(t, err, p.ID)
	require.NoError(t, checkShape(p, table), p.ID)
	require.Zero(t, table.Cut, p.ID)
	if p.Shape == report.Heat {
		zero := func(row []any) bool { return row[2] == int64(0) }
		table.Rows, want = slices.DeleteFunc(table.Rows, zero), slices.DeleteFunc(want, zero)
	}
	require.Len(t, table.Rows, len(want), "%s %+v: %v, want %v", p.ID, f, table.Rows, want)
	got := sorted(slices.Clone(table.Rows))
	for i, row := range want {
		for j, cell := range row {
			if x, ok := cell.(float64); ok {
				y, _ := got[i][j].(float64)
				require.InDelta(t, x, y, math.Abs(x)*1e-9+1e-12, "%s %+v: %v, want %v", p.ID, f, got[i], row)
				continue
			}
			if x, ok := cell.(time.Time); ok {
				y, _ := got[i][j].(time.Time)
				require.True(t, x.Equal(y), "%s: %s, want %s", p.ID, y, x)
				continue
			}
			require.Equal(t, cell, got[i][j], "%s %+v: %v, want %v", p.ID, f, got[i], row)
		}
	}
	if p.Query.Order == "" && p.Shape == report.Bar {
		require.True(t, slices.IsSortedFunc(table.Rows, func(a, b []any) int { return cmp.Compare(float(b[1]), float(a[1])) }), "%s: %v", p.ID, table.Rows)
	}
}

func float(cell any) float64 {
	switch n := cell.(type) {
	case int64:
		return float64(n)
	case float64:
		return n
	}
	return math.Inf(-1)
}
