package answertest

import (
	"context"
	"fmt"
)

// perDay is how many rows of a table with a label a user has on a day, of how many
// combinations of labels there are.
var perDay = map[string]struct{ rows, of int }{
	"usage_by_user":            {2, 6},
	"tool_calls_by_user":       {5, 60},
	"permission_modes_by_user": {1, 4},
	"connector_errors_by_user": {1, 40},
	"api_errors_by_user":       {1, 24},
	"skills_by_user":           {1, 40},
	"subagents_by_user":        {1, 10},
	"unconfirmed_by_user":      {1, 12},
	"rejections_by_user":       {1, 24},
	"egress_by_user":           {2, 40},
	"redactions_by_user":       {1, 8},
	"scheduled_tasks_by_user":  {1, 3},
	"plugin_installs_by_user":  {1, 20},
}

// usual is how many more combinations a user has on other days.
var usual = map[string]int{"tool_calls_by_user": 10, "skills_by_user": 2, "egress_by_user": 20, "connector_errors_by_user": 10, "api_errors_by_user": 5}

// rare is how many days pass between two days on which a user has rows of a table.
var rare = map[string]int{"plugin_installs_by_user": 30}

// combinations are how many rows of the other tables an organization has on a day.
var combinations = map[string]int{
	"usage": 24, "tool_decisions": 240, "connections": 60, "plugins": 60, "versions": 20,
	"egress": 600, "request_latency": 6 * 2 * 100, "tool_latency": 60 * 60, "prompt_hours": 24,
}

// values are the expressions of sums over a pseudo-random h. Others are counts up to 20.
var values = map[string]string{
	"failures": "h % 3 / 2", "rejections": "h % 5 / 4", "unpriced": "0", "errors": "h % 5 / 4", "refusals": "h % 20 / 19",
	"events": "20 + h % 200", "requests": "5 + h % 40", "calls": "3 + h % 20", "decisions": "3 + h % 20",
	"cost_micros": "1000 * (h % 900)", "input": "100 * (h % 700)", "output": "30 * (h % 800)",
	"cache_read": "3000 * (h % 600)", "cache_creation": "200 * (h % 500)", "duration_us": "900 * (h % 9000)",
	"timed": "1 + h % 15",
}

// held are how many connectors, plugins, skills and hosts of all each user has, of how many.
var held = map[string]struct{ names, of int }{"connector": {8, 20}, "plugin": {3, 20}, "skill": {3, 40}, "host": {20, 300}}

// sources fills the table of what users have. A tenth of it is new in the last week.
func (l *filler) sources(ctx context.Context) error {
	for what, n := range held {
		if err := l.exec(ctx, fmt.Sprintf(`insert into sources (what, name_id, origin_id, marketplace_id, user_id, organization_id, first_day, last_day)
			select '%s', n.id, %d, 0, user_id, organization_id, case when (n.id + fill_users.n) %% 10 = 0 then %d else %d end, %d
			from fill_users cross join names as n where n.kind = '%s' and (n.id + fill_users.n * 13) %% %d < %d order by n.id, user_id`,
			what, l.names["label"][0], dateNumber(l.To.AddDate(0, 0, -3)), dateNumber(l.To.AddDate(0, 0, -80)), dateNumber(l.To), what, n.of, n.names)); err != nil {
			return err
		}
	}
	return nil
}
