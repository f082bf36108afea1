package database

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A question is a query of the page on the schema. It runs on both engines.
type question struct {
	text   string
	sql    string
	answer []string // rows over the data of fill, with | between the values
}

var questions = []question{
	{
		"What did each user cost in November?",
		`select user_name, sum(cost_usd) as cost_usd, sum(requests) as requests
from daily_cost_by_user
where date >= '2026-11-01' and date < '2026-12-01'
group by user_name
order by cost_usd desc nulls last
limit 20;`,
		[]string{"ada|3.5|6", "bob|1.25|3", "cleo||2"},
	},
	{
		"What did each team cost in November, and each of its users?",
		`select team, sum(cost_usd) as cost_usd, count(distinct user_name) as users, sum(cost_usd) / count(distinct user_name) as cost_per_user_usd
from daily_cost_by_user
where date >= '2026-11-01' and date < '2026-12-01'
group by team
order by cost_usd desc nulls last;`,
		[]string{"sales|4.75|2|2.375", "(unknown)||1|"},
	},
	{
		"What did each organization cost on each day?",
		`select date, organization, sum(cost_usd) as cost_usd, sum(requests) as requests
from daily_cost
where date >= '2026-11-28'
group by date, organization
order by date desc, organization;`,
		[]string{"2026-11-29|acme|2.5|5", "2026-11-28|acme|1|1", "2026-11-28|beta|1.25|5"},
	},
	{
		"Which tools fail most?",
		`select tool, connector, calls, failures, failure_rate
from tool_usage
where calls >= 10 and failures > 0
order by failure_rate desc
limit 10;`,
		[]string{"search|crm|20|5|0.25", "Bash|(unknown)|40|4|0.1"},
	},
	{
		"Who uses the mode bypassPermissions?",
		`select user_name, organization, decisions
from permission_modes_by_user
where permission_mode = 'bypassPermissions'
order by decisions desc;`,
		[]string{"bob|beta|7"},
	},
	{
		"Which prompts cost more than 1 USD?",
		`select prompt_id, user_name, cost_usd, requests, tokens, models
from latest_prompts
where cost_usd > 1
order by cost_usd desc nulls last
limit 20;`,
		[]string{"p1|ada|2.5|4|460|opus, sonnet"},
	},
	{
		"How long do requests take?",
		`select model, timed, mean_ms, p50_ms, p95_ms, p99_ms
from request_latency
where outcome = 'ok'
order by timed desc;`,
		[]string{"opus|100|1240|1000|3000|9000", "sonnet|1|500|500|500|500"},
	},
	{
		"Which share of November's active users has loaded each plugin of the organization?",
		`select plugin, users, first_date,
  1.0 * users / (select count(distinct user_id) from activity_by_user_day where day >= 20261101 and day < 20261201) as share
from plugin_adoption
where enabled_via = 'org-policy'
order by users desc, plugin;`,
		[]string{"sales|2|2026-11-02|0.5"},
	},
	{
		"How many users were active in each week?",
		`select week, users, prompts
from active_users_by_week
where week >= '2026-11-01'
order by week;`,
		[]string{"2026-11-16|1|2", "2026-11-23|2|5"},
	},
	{
		"Which errors do connectors have?",
		`select connector, error_type, errors
from connector_errors_by_type
order by errors desc
limit 20;`,
		[]string{"crm|timeout|5", "wiki|401|2"},
	},
	{
		"Which models have requests without a known cost?",
		`select model, unpriced, requests
from unpriced_requests;`,
		[]string{"local-model|2|2"},
	},
}

// TestQuestions runs the queries of the page on the schema.
func TestQuestions(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		t.Helper()
		fill(t, db)
		for _, q := range questions {
			require.Equal(t, q.answer, answerOf(t, db, q.sql), q.text)
		}
	})
}

// answerOf returns the rows of a query as text.
func answerOf(t *testing.T, db *DB, query string) (lines []string) {
	t.Helper()
	require.NoError(t, db.Read(t.Context(), func(ctx context.Context, tx *Tx) error {
		rows, err := tx.Query(ctx, query)
		if err != nil {
			return fmt.Errorf("%s: %w", query, err)
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
			var texts []string
			for _, value := range values {
				texts = append(texts, plain(value))
			}
			lines = append(lines, strings.Join(texts, "|"))
		}
		return rows.Err()
	}))
	return lines
}
