package coworkdashboardexporter

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

var usePanels = []report.Panel{
	{
		ID: "tokens_by_user_day", Section: use, Title: "Tokens by user and day", Shape: report.Heat, Unit: "{token}",
		Question: "How many tokens did each user use per day? The ten users with the most tokens.",
		Query: `select name as "User", date as "Day", sum(tokens) as "Tokens [{token}]"
			from user_at join slot using (at) group by rank, name, date order by rank, date`,
	},
	{
		ID: "tokens_over_time", Section: use, Title: "Tokens over time", Shape: report.Line, Unit: "{token}",
		Question: "How many tokens were used, of which type?",
		Query: `select at as "Time [time]", value as "Type", coalesce(case key when 0 then input when 1 then output when 2 then cache_read else cache_creation end, 0) as "Tokens [{token}]"
			from slot left join spend_at using (at), json_each('["input","output","cache read","cache creation"]') order by key, at`,
	},
	{
		ID: "prompts_over_time", Section: use, Title: "Prompts over time", Shape: report.Line, Unit: "{prompt}", Ignores: modelIgnored,
		Question: "When do people type prompts, and when do clients start tasks themselves?",
		Query: `select at as "Time [time]", value as "Started by", coalesce(iif(key = 0, prompts, tasks), 0) as "Prompts [{prompt}]"
			from slot left join people_at using (at), json_each('["people","clients"]') order by key, at`,
	},
	{
		ID: "prompts_by_hour", Section: use, Title: "Typed prompts by hour", Shape: report.Heat, Unit: "{prompt}", Ignores: bothIgnored,
		Question: "At which hours do people type prompts? Prompts at night and at weekends may be unexpected.",
		Query: `select weekdays.name as "Day", printf('%02d', hours.hour) as "Hour", coalesce(n, 0) as "Prompts [{prompt}]"
			from (select key as hour from json_each('[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]')) as hours,
			(select key as i, (key + 1) % 7 as weekday, value as name
				from json_each('["Monday","Tuesday","Wednesday","Thursday","Friday","Saturday","Sunday"]')) as weekdays
			left join (select slot.weekday, hour_at.hour, sum(n) as n from hour_at join slot using (at) group by 1, 2) as counted
			on counted.weekday = weekdays.weekday and counted.hour = hours.hour order by weekdays.i, hours.hour`,
	},
	{
		ID: "prompts_by_origin", Section: use, Title: "Prompts by origin", Shape: report.Bar, Unit: "{prompt}", Ignores: bothIgnored,
		Question: "What started the prompts: a person, a background task, a schedule, or another agent?",
		Query:    `select origin as "Origin", n as "Prompts [{prompt}]", count(*) over () as of from origin order by n desc, origin limit 20`,
	},
	{
		ID: "active_users_over_time", Section: use, Title: "Active users over time", Shape: report.Line, Unit: "{user}", Ignores: modelIgnored,
		Question: "How many people use Cowork, and is the number growing?",
		Query:    `select at as "Time [time]", coalesce(users, 0) as "Users [{user}]" from slot left join people_at using (at) order by at`,
	},
	{
		ID: "busiest_users", Section: use, Title: "Busiest users", Shape: report.Bar, Unit: "{prompt}", Ignores: modelIgnored,
		Question: "Who types the most prompts, and whose clients start tasks?",
		Query: `select name as "User", prompts as "Prompts [{prompt}]", tasks as "Tasks of clients [{prompt}]", sessions as "Sessions [{session}]", of
			from people_user order by prompts desc, name limit 20`,
	},
	{
		ID: "skills", Section: use, Title: "Skills in use", Shape: report.Bar, Unit: "{activation}", Ignores: bothIgnored,
		Question: "Which skills are used, and by how many people?",
		Query: `select skill as "Skill", sum(n) as "Activations [{activation}]",
			(select count(distinct user) from adopter where what = 'skill' and name = skill) as "Users [{user}]",
			group_concat(distinct nullif(plugin, '(unknown)')) as "Plugin", count(*) over () as of
			from skill group by skill order by 2 desc, 1 limit 20`,
	},
	{
		ID: "plugins", Section: use, Title: "Plugins in use", Shape: report.Grid, Unit: "{user}", Ignores: bothIgnored,
		Question: "Which plugins are loaded, from where, and by how many people?",
		Query: `select plugin as "Plugin", scope as "Scope", enabled_via as "Enabled by",
			users as "Users [{user}]", n as "Loads [{load}]", count(*) over () as of from plugin
			left join (select name, via, count(distinct user) as users from adopter where what = 'plugin' group by 1, 2) on name = plugin and via = enabled_via order by 4 desc, n desc, plugin limit 50`,
	},
	{
		ID: "plugin_spread", Section: use, Title: "Adoption of the organization's plugins", Shape: report.Bar, Unit: "1", Ignores: bothIgnored,
		Question: "What share of active users loads each plugin that the organization distributes?",
		Query: `select name as "Plugin", count(distinct user) * 1.0 / nullif((select users from people_total), 0) as "Share of active users [1]",
			count(distinct user) as "Users [{user}]", (select users from people_total) as "Active users [{user}]", min(first) as "Since [time]"
			from adopter where what = 'plugin' and via = 'org-policy' group by name order by 2 desc, 1`,
	},
	{
		ID: "agents", Section: use, Title: "Subagents", Shape: report.Bar, Unit: "{run}", Ignores: bothIgnored,
		Question: "Which subagents run, and for how long?",
		Query: `select agent as "Subagent", runs as "Runs [{run}]", ms / 1e3 / nullif(runs, 0) as "Mean duration [s]", count(*) over () as of
			from agent order by runs desc, agent limit 20`,
	},
	{
		ID: "versions", Section: use, Title: "Requests by client version", Shape: report.Bar, Unit: "{request}", Ignores: bothIgnored,
		Question: "Which versions of the client are in use?",
		Query: `select version as "Version", requests as "Requests [{request}]", n as "Events [{event}]", count(*) over () as of
			from version order by requests desc, n desc, version limit 30`,
	},
}
