package grafana

var overview = Dashboard{
	UID: "cowork-overview", Title: "Cowork: overview",
	Question: "How much Cowork is used, by how many users, at what cost, and whether it works.",
	Rows: []Row{
		{"At a glance", []Panel{
			{
				"Estimated cost", "What did API requests cost?" + estimate, Number, dollars, nil,
				[]Query{{`sum(increase(cowork_cost_USD_total{$what}[$__range]))`, ""}},
			},
			{
				"Prompts", "How many prompts did users write?", Number, amount, nil,
				[]Query{{`sum(increase(cowork_prompts_total{$typed}[$__range]))`, ""}},
			},
			{
				"Active users", "How many users wrote a prompt?", Number, amount, nil,
				[]Query{{`count(sum by (user) (increase(cowork_prompts_total{$typed}[$__range])) > 0)`, ""}},
			},
			{
				"Tokens", "How many tokens were used, including those read from the cache?", Number, amount, nil,
				[]Query{{`sum(increase(cowork_token_usage_total{$what}[$__range]))`, ""}},
			},
			{
				"API error rate", "Which part of API requests failed after all retries?", Number, fraction, errorSteps,
				[]Query{{`(sum(increase(cowork_api_errors_total{$what}[$__range])) or vector(0)) / (sum(increase(cowork_api_request_duration_seconds_count{$what}[$__range])) > 0)`, ""}},
			},
			{
				"Tool success rate", "Which part of tool calls succeeded?", Number, fraction, successSteps,
				[]Query{{`sum(increase(cowork_tool_duration_seconds_count{$who,outcome="ok"}[$__range])) / (sum(increase(cowork_tool_duration_seconds_count{$who,outcome=~"ok|error"}[$__range])) > 0)`, ""}},
			},
		}},
		{"Over time", []Panel{
			{
				"Prompts by hour", "When do people work with Cowork?", Bars, amount, nil,
				[]Query{{`sum by (organization) (increase(cowork_prompts_total{$typed}[1h]))`, "{{organization}}"}},
			},
			{
				"Tasks started by clients, by hour", "When do clients make prompts: for scheduled tasks, at the end of background tasks, for other agents?", Bars, amount, nil,
				[]Query{{`sum by (cowork_prompt_origin) (increase(cowork_prompts_total{$started}[1h])) or vector(0)`, "{{cowork_prompt_origin}}"}},
			},
			{
				"Tokens by user and day", "Who used how many tokens in the 24 hours before?", Lines, amount, nil,
				[]Query{{`sum by (user) (increase(cowork_token_usage_total{$what}[1d]))`, "{{user}}"}},
			},
			{
				"Events by kind", "Which kinds of events arrive, and did one stop?", Lines, perSec, nil,
				[]Query{{`sum by (event_name) (rate(cowork_events_total{$who}[$__rate_interval]))`, "{{event_name}}"}},
			},
			{
				"Connector error rate", "Which connectors fail?", Lines, fraction, failureSteps,
				[]Query{{`(sum by (connector) (increase(cowork_tool_duration_seconds_count{$who,connector!="",outcome="error"}[1h])) or 0 * sum by (connector) (increase(cowork_tool_duration_seconds_count{$who,connector!=""}[1h]))) / (sum by (connector) (increase(cowork_tool_duration_seconds_count{$who,connector!=""}[1h])) > 0)`, "{{connector}}"}},
			},
		}},
	},
}
