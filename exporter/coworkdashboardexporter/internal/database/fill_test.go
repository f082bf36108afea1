package database

import (
	"context"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// eachEngine runs a test on a new database of each engine.
func eachEngine(t *testing.T, test func(*testing.T, *DB)) {
	t.Helper()
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		test(t, open(t, Settings{Name: name}))
	})
}

// plain returns a value of either engine in the same form.
func plain(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case time.Time:
		return v.UTC().Format("2006-01-02")
	case float64:
		return strconv.FormatFloat(v, 'g', 10, 64)
	case []byte:
		return plain(string(v))
	case string: // PostgreSQL's decimals have zeros behind the point
		if r, ok := new(big.Rat).SetString(v); ok && strings.Contains(v, ".") {
			f, _ := r.Float64()
			return plain(f)
		}
		return v
	default:
		return fmt.Sprint(v)
	}
}

// filled are the rows of fill. A text in a column whose name ends in _id is a name.
var filled = []struct {
	table   string
	columns string
	rows    [][]any
}{
	{"usage_by_user_day", "day user_id organization_id model_id requests errors refusals unpriced cost_micros input output cache_read cache_creation", [][]any{
		{20261031, "ada", "acme", "opus", 9, 0, 0, 0, 9_000_000, 1, 1, 1, 1},
		{20261128, "ada", "acme", "opus", 1, 0, 0, 0, 1_000_000, 10, 20, 30, 40},
		{20261129, "ada", "acme", "opus", 3, 0, 0, 0, 2_250_000, 100, 50, 200, 10},
		{20261129, "ada", "acme", "sonnet", 2, 1, 0, 0, 250_000, 100, 0, 0, 0},
		{20261128, "bob", "beta", "sonnet", 3, 0, 1, 0, 1_250_000, 5, 5, 0, 0},
		{20261128, "cleo", "beta", "local-model", 2, 0, 0, 2, 0, 7, 7, 0, 0},
	}},
	{"usage_day", "day organization_id model_id query_source_id requests errors refusals unpriced cost_micros input output cache_read cache_creation", [][]any{
		{20261128, "acme", "opus", "repl_main_thread", 1, 0, 0, 0, 1_000_000, 10, 20, 30, 40},
		{20261129, "acme", "opus", "repl_main_thread", 3, 0, 0, 0, 2_250_000, 100, 50, 200, 10},
		{20261129, "acme", "sonnet", "side_question", 2, 1, 0, 0, 250_000, 100, 0, 0, 0},
		{20261128, "beta", "sonnet", "repl_main_thread", 3, 0, 1, 0, 1_250_000, 5, 5, 0, 0},
		{20261128, "beta", "local-model", "repl_main_thread", 2, 0, 0, 2, 0, 7, 7, 0, 0},
	}},
	{"activity_by_user_day", activityColumns("day"), [][]any{
		activityRow(20261117, "ada", "acme", 10, 2), activityRow(20261128, "ada", "acme", 10, 1),
		activityRow(20261129, "ada", "acme", 10, 1), activityRow(20261128, "bob", "beta", 10, 3),
		activityRow(20261128, "cleo", "beta", 1, 0), activityRow(20261128, "dan", "beta", 1, 0),
	}},
	{"activity_by_user_week", activityColumns("week"), [][]any{
		activityRow(20261116, "ada", "acme", 10, 2), activityRow(20261123, "ada", "acme", 20, 2), activityRow(20261123, "bob", "beta", 10, 3),
	}},
	{"tool_calls_day", "day organization_id tool_id connector_id calls failures decisions rejections timed duration_us", [][]any{
		{20261128, "acme", "Bash", "(unknown)", 30, 4, 30, 2, 30, 3_000_000},
		{20261129, "acme", "Bash", "(unknown)", 10, 0, 10, 0, 10, 1_000_000},
		{20261129, "acme", "search", "crm", 20, 5, 0, 0, 0, 0},
		{20261129, "acme", "fetch", "wiki", 2, 2, 0, 0, 2, 10},
	}},
	{"permission_modes_by_user_day", "day user_id organization_id permission_mode_id decisions", [][]any{
		{20261128, "ada", "acme", "default", 30}, {20261128, "bob", "beta", "bypassPermissions", 3}, {20261129, "bob", "beta", "bypassPermissions", 4},
	}},
	{"connector_errors_day", "day organization_id connector_id error_type_id errors", [][]any{
		{20261128, "acme", "crm", "timeout", 2}, {20261129, "acme", "crm", "timeout", 3}, {20261129, "acme", "wiki", "401", 2},
	}},
	{"connections_day", "day organization_id connector_id status_id connections", [][]any{{20261129, "acme", "crm", "connected", 4}}},
	{"api_errors_day", "day organization_id model_id status_code_id errors", [][]any{{20261129, "acme", "sonnet", "529", 1}}},
	{"request_latency_day", "day organization_id model_id outcome_id bucket_us timed duration_us", [][]any{
		{20261128, "acme", "opus", "ok", 1_000_000, 60, 60_000_000},
		{20261129, "acme", "opus", "ok", 1_000_000, 32, 32_000_000},
		{20261129, "acme", "opus", "ok", 3_000_000, 6, 18_000_000},
		{20261129, "acme", "opus", "ok", 9_000_000, 2, 14_000_000},
		{20261129, "acme", "opus", "error", 100, 1, 100},
		{20261129, "acme", "sonnet", "ok", 500_000, 1, 500_000},
	}},
	{"skills_by_user_day", "day user_id organization_id skill_id plugin_id activations", [][]any{
		{20261129, "ada", "acme", "report", "sales", 2}, {20261128, "bob", "beta", "report", "sales", 1},
	}},
	{"versions_day", "day organization_id client_version_id events requests", [][]any{{20261129, "acme", "2.1.332", 40, 11}}},
	{"plugin_users", "plugin_id enabled_via_id user_id organization_id first_day last_day", [][]any{
		{"sales", "org-policy", "ada", "acme", 20261102, 20261129}, {"sales", "org-policy", "bob", "beta", 20261103, 20261104}, {"mine", "user-install", "bob", "beta", 20261103, 20261104},
	}},
	{"people", "user_id team_id cost_center_id seen", [][]any{
		{"ada", "sales", "100", 1_795_950_000}, {"bob", "sales", "200", 1_795_950_000},
	}},
	{"prompts", "id session_id user_id organization_id start_ns end_ns cost_micros input output cache_read cache_creation requests unpriced errors tools tool_failures tool_rejections models closed steps cut", [][]any{
		{"p1", "s1", "ada", "acme", 1_795_950_000_000_000_000, 1_795_950_012_500_000_000, 2_500_000, 200, 50, 200, 10, 4, 0, 1, 3, 1, 0, "opus\nsonnet", 1, 9, 0},
		{"p2", "s2", "cleo", "beta", 1_795_940_000_000_000_000, 1_795_940_001_000_000_000, 0, 7, 7, 0, 0, 2, 2, 0, 0, 0, 0, "local-model", 0, 2, 0},
	}},
	{"alerts", "fingerprint name severity status detail message why advice measured user_id organization_id model tool connector prompt_id session_id starts_at ends_at last_seen notifications", [][]any{
		{"f1", "api_errors", "warning", "firing", "model sonnet", "Model sonnet: 7 errors", "Users wait.", "Check the status page.", "7 errors", 0, "acme", "sonnet", "", "", "p1", "", 1_795_950_000, 0, 1_795_950_100, 2}, {"f2", "api_errors", "warning", "resolved", "", "", "", "", "", 0, 0, "", "", "", "", "", 1_795_940_000, 1_795_941_000, 1_795_941_000, 2},
	}},
}

func activityColumns(time string) string {
	return time + " user_id organization_id events prompts tasks schedules agent_prompts sessions requests errors refusals unpriced cost_micros input output cache_read cache_creation"
}

func activityRow(time int, user, organization string, events, prompts int) []any {
	return []any{time, user, organization, events, prompts, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}
}

// fill inserts the rows, with numbers for the names.
func fill(t *testing.T, db *DB) {
	t.Helper()
	require.NoError(t, db.Write(t.Context(), func(ctx context.Context, tx *Tx) error {
		ids := map[string]int{"user_id (unknown)": 0}
		var names [][]any
		for _, table := range filled {
			columns := strings.Fields(table.columns)
			var rows [][]any
			for _, row := range table.rows {
				stored := append([]any{}, row...)
				for i, column := range columns {
					name, isText := row[i].(string)
					if !isText || !strings.HasSuffix(column, "_id") || column == "session_id" || column == "prompt_id" {
						continue
					}
					key := column + " " + name
					if _, known := ids[key]; !known && name != "(unknown)" {
						ids[key] = len(names) + 2
						names = append(names, []any{ids[key], strings.TrimSuffix(column, "_id"), name, 20261129})
					}
					stored[i] = ids[key]
				}
				rows = append(rows, stored)
			}
			if err := tx.Insert(ctx, table.table, columns, "", rows); err != nil {
				return err
			}
		}
		return tx.Insert(ctx, "names", []string{"id", "kind", "name", "last_day"}, "", names)
	}))
}
