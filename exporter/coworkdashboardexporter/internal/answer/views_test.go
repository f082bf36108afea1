package answer_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/postgrestest"
)

// viewsOfPanels are queries of views whose rows are those of a panel over all stored days,
// with the columns of the panel.
var viewsOfPanels = []struct {
	panel   string
	columns []string
	query   string
}{
	{"cost_by_user", []string{"User", "Cost", "Requests", "Tokens", "Cost per request", "Without a known cost"}, "select user_name, cost_usd, requests, tokens, cost_per_request_usd, unpriced from cost_by_user"},
	{"cost_by_organization", []string{"Organization", "Cost", "Users", "Requests", "Cost per request"}, "select organization, cost_usd, users, requests, cost_per_request_usd from cost_by_organization"},
	{"cost_by_model", []string{"Model", "Cost", "Users", "Requests", "Cost per request", "Without a known cost"}, "select model, cost_usd, users, requests, cost_per_request_usd, unpriced from cost_by_model"},
	{"cost_by_source", []string{"Query source", "Requests"}, "select query_source, sum(requests) from daily_cost group by query_source having sum(requests) > 0"},
	{"connector_errors", []string{"Connector", "Error", "Errors"}, "select * from connector_errors_by_type"},
	{"status_codes", []string{"Model", "Status", "Errors"}, "select model, case status_code when '(unknown)' then 'none' else status_code end, errors from api_errors_by_status"},
	{"versions", []string{"Version", "Requests", "Events"}, "select * from client_versions"},
	{"modes", []string{"Mode", "Decisions"}, "select permission_mode, sum(decisions) from permission_modes_by_user group by permission_mode"},
	{"api_performance", []string{"Model", "Mean", "p50", "p95", "p99"}, "select model, mean_ms / 1000, p50_ms / 1000, p95_ms / 1000, p99_ms / 1000 from request_latency where outcome = 'ok'"},
}

// TestViewsEqualPanels checks that the views have the figures of the page: who queries the
// database finds no others.
func TestViewsEqualPanels(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { viewsEqualPanels(t, "") })
	t.Run("PostgreSQL", func(t *testing.T) { viewsEqualPanels(t, postgrestest.Start(t).Database(t)) })
}

func viewsEqualPanels(t *testing.T, name string) {
	t.Helper()
	db, err := database.Open(t.Context(), database.Settings{Name: name})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	in, err := ingest.New(t.Context(), db, ingest.DefaultSettings())
	require.NoError(t, err)
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	in.Add(now, eventtest.Logs(randomEvents(now, 3000)...))
	require.NoError(t, in.Flush(t.Context()))
	source := answer.New(db, answer.Settings{Zone: time.UTC, Hours: 14 * 24 * time.Hour, Now: func() time.Time { return now }, State: in.State})
	month := report.Filter{From: now.AddDate(0, 0, -30), To: now, Zone: time.UTC}
	for _, v := range viewsOfPanels {
		i := slices.IndexFunc(panels.All, func(p report.Panel) bool { return p.ID == v.panel })
		require.GreaterOrEqual(t, i, 0, v.panel)
		table, err := source.Answer(t.Context(), panels.All[i], month, 1000)
		require.NoError(t, err)
		want := columnsOf(t, table, v.columns)
		require.NotEmpty(t, want, v.panel)
		got := rowsOf(t, db, v.query)
		if v.panel != "cost_by_user" { // its rows have the order of the page
			slices.Sort(want)
			slices.Sort(got)
		}
		require.Equal(t, want, got, v.panel)
	}
}

// columnsOf returns columns of an answer, a text for each row. Rows without a number are
// left out: a view has no row for a model without durations.
func columnsOf(t *testing.T, table report.Table, names []string) (lines []string) {
	t.Helper()
	for _, row := range table.Rows {
		var values []any
		for _, name := range names {
			i := slices.IndexFunc(table.Columns, func(c report.Column) bool { return c.Name == name })
			require.GreaterOrEqual(t, i, 0, name)
			values = append(values, row[i])
		}
		if slices.ContainsFunc(values[1:], func(value any) bool { return value != nil }) {
			lines = append(lines, line(values))
		}
	}
	return lines
}

func rowsOf(t *testing.T, db *database.DB, query string) (lines []string) {
	t.Helper()
	require.NoError(t, db.Read(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		rows, err := tx.Query(ctx, query)
		if err != nil {
			return err
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		for rows.Next() {
			values, pointers := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				pointers[i] = &values[i]
			}
			if err := rows.Scan(pointers...); err != nil {
				return err
			}
			lines = append(lines, line(values))
		}
		return rows.Err()
	}))
	return lines
}

// line returns values as text, numbers of all types with ten digits.
func line(values []any) string {
	for i, value := range values {
		if f, err := strconv.ParseFloat(fmt.Sprint(value), 64); err == nil {
			values[i] = strconv.FormatFloat(f, 'g', 10, 64)
		}
	}
	return fmt.Sprint(values...)
}

// randomEvents returns events of three weeks.
func randomEvents(now time.Time, n int) (events []eventtest.Event) {
	random := rand.New(rand.NewPCG(10, 5))
	of := func(prefix string, n int) string { return prefix + strconv.Itoa(random.IntN(n)) }
	kinds := []func() map[string]any{
		func() map[string]any {
			attrs := map[string]any{"event.name": "api_request", "request_id": strconv.Itoa(len(events)), "model": of("model", 4), "duration_ms": random.IntN(20_000), "input_tokens": random.IntN(1000), "output_tokens": 10, "query_source": of("source", 3)}
			if attrs["model"] != "model3" {
				attrs["cost_usd_micros"] = random.IntN(5_000_000)
			}
			return attrs
		},
		func() map[string]any {
			return map[string]any{"event.name": "api_error", "model": of("model", 4), "status_code": 500 + random.IntN(3), "duration_ms": 5}
		},
		func() map[string]any {
			return map[string]any{"event.name": "tool_decision", "tool_name": of("tool", 3), "decision": "accept", "source": "config", "permission_mode": of("mode", 3)}
		},
		func() map[string]any {
			return map[string]any{"event.name": "tool_result", "tool_name": "mcp__" + of("server", 3) + "__search", "success": "false", "error_type": of("error", 3), "mcp_server_name": of("server", 3)}
		},
	}
	for len(events) < n {
		attrs := kinds[random.IntN(len(kinds))]()
		kind, _ := attrs["event.name"].(string)
		maps.Copy(attrs, map[string]any{"session.id": of("session", 40), "event.sequence": len(events), "organization.id": of("organization", 2), "user.account_uuid": of("user", 9)})
		events = append(events, eventtest.Event{Kind: kind, At: now.Add(-time.Duration(random.Int64N(int64(21 * 24 * time.Hour)))), Attrs: attrs})
	}
	return events
}
