package grafana

var cost = Dashboard{
	UID: "cowork-cost", Title: "Cowork: cost",
	Question: "The cost of Cowork by user, team, organization, model and source. Clients estimate it from list prices; it is not a bill.",
	Rows: []Row{
		{"In total", []Panel{
			{
				"Estimated cost", "What did API requests cost?" + estimate, Number, dollars, nil,
				[]Query{{`sum(increase(cowork_cost_USD_total{$what}[$__range]))`, ""}},
			},
			{
				"Estimated cost of a request", "What did an API request cost on average?" + estimate, Number, dollars, nil,
				[]Query{{`sum(increase(cowork_cost_USD_total{$what}[$__range])) / (sum(increase(cowork_api_request_duration_seconds_count{$what,outcome="ok"}[$__range])) > 0)`, ""}},
			},
			{
				"Estimated cost of a prompt", "What did a prompt cost on average, including those that clients made?" + estimate, Number, dollars, nil,
				[]Query{{`sum(increase(cowork_cost_USD_total{$who}[$__range])) / (sum(increase(cowork_prompts_total{$who}[$__range])) > 0)`, ""}},
			},
			{
				"Estimated cost of a user", "What did an active user cost on average?" + estimate, Number, dollars, nil,
				[]Query{{`sum(increase(cowork_cost_USD_total{$what}[$__range])) / count(sum by (user) (increase(cowork_cost_USD_total{$what}[$__range])) > 0)`, ""}},
			},
		}},
		{"By user, team and organization", []Panel{
			{
				"Estimated cost by user", "Who costs most?" + estimate, Ranking, dollars, nil,
				[]Query{{`topk(20, sum by (user) (increase(cowork_cost_USD_total{$what}[$__range])))`, "{{user}}"}},
			},
			{
				"Estimated cost by team", "What does each team cost? cowork_roster adds teams." + estimate, Ranking, dollars, nil,
				[]Query{{`topk(20, sum by (team) (increase(cowork_cost_USD_total{$what}[$__range])))`, "{{team}}"}},
			},
			{
				"Estimated cost by organization", "What does each organization cost?" + estimate, Ranking, dollars, nil,
				[]Query{{`sum by (organization) (increase(cowork_cost_USD_total{$what}[$__range]))`, "{{organization}}"}},
			},
			{
				"Estimated cost by user and day", "What did each user cost in the 24 hours before?" + estimate, Lines, dollars, nil,
				[]Query{{`sum by (user) (increase(cowork_cost_USD_total{$what}[1d]))`, "{{user}}"}},
			},
			{"Users, in total", "What did each user cost and use?" + estimate, Table, amount, nil, []Query{
				{`sum by (user) (increase(cowork_cost_USD_total{$what}[$__range]))`, "estimated USD"},
				{`sum by (user) (increase(cowork_api_request_duration_seconds_count{$what,outcome="ok"}[$__range]))`, "requests"},
				{`sum by (user) (increase(cowork_token_usage_total{$what}[$__range]))`, "tokens"},
				{`sum by (user) (increase(cowork_prompts_total{$typed}[$__range]))`, "prompts"},
				{`sum by (user) (increase(cowork_prompts_total{$started}[$__range])) or 0 * sum by (user) (increase(cowork_prompts_total{$who}[$__range]))`, "tasks started by clients"},
			}},
		}},
		{"By model, source and type", []Panel{
			{
				"Estimated cost by model", "What does each model cost?" + estimate, Bars, dollars, nil,
				[]Query{{`sum by (model) (increase(cowork_cost_USD_total{$what}[1h]))`, "{{model}}"}},
			},
			{
				"Estimated cost by source", "Which source made the requests: the conversation, a subagent, the client itself?" + estimate, Ranking, dollars, nil,
				[]Query{{`sum by (query_source) (increase(cowork_cost_USD_total{$what}[$__range]))`, "{{query_source}}"}},
			},
			{
				"Tokens by type", "What are tokens used for?", Bars, amount, nil,
				[]Query{{`sum by (type) (increase(cowork_token_usage_total{$what}[1h]))`, "{{type}}"}},
			},
			{"Estimated cost of a prompt, percentiles", "What do half and 95 of 100 prompts cost at most?" + estimate, Table, dollars, nil, []Query{
				{`histogram_quantile(0.5, sum by (le) (increase(cowork_prompt_cost_USD_bucket{$who}[$__range]))) >= 0`, "half cost at most"},
				{`histogram_quantile(0.95, sum by (le) (increase(cowork_prompt_cost_USD_bucket{$who}[$__range]))) >= 0`, "95 of 100 cost at most"},
			}},
		}},
	},
}
