package grafana

var adoption = Dashboard{
	UID: "cowork-adoption", Title: "Cowork: adoption",
	Question: "Who uses Cowork, how much, and which skills, plugins and models.",
	Rows: []Row{
		{"People", []Panel{
			{
				"Active users", "How many users wrote a prompt?", Number, amount, nil,
				[]Query{{`count(sum by (user) (increase(cowork_prompts_total{$typed}[$__range])) > 0)`, ""}},
			},
			{
				"Active users of a day", "How many users wrote a prompt in the 24 hours before?", Lines, amount, nil,
				[]Query{{`count by (organization) (sum by (organization, user) (increase(cowork_prompts_total{$typed}[1d])) > 0)`, "{{organization}}"}},
			},
			{
				"Prompts by user", "Who works with Cowork most?", Ranking, amount, nil,
				[]Query{{`topk(20, sum by (user) (increase(cowork_prompts_total{$typed}[$__range])))`, "{{user}}"}},
			},
			{
				"Prompts of an active user", "How many prompts does a user write?", Number, amount, nil,
				[]Query{{`sum(increase(cowork_prompts_total{$typed}[$__range])) / count(sum by (user) (increase(cowork_prompts_total{$typed}[$__range])) > 0)`, ""}},
			},
			{
				"Tasks started by clients", "How many prompts did clients make: for scheduled tasks, at the end of background tasks, for other agents?", Number, amount, nil,
				[]Query{{`sum(increase(cowork_prompts_total{$started}[$__range])) or vector(0)`, ""}},
			},
			{
				"Sessions", "How many sessions were there? This needs the clients' own metrics, which have organizations only.", Number, amount, nil,
				[]Query{{`count(count by (session_id) (last_over_time(claude_code_session_count_total{organization_id=~"$organization"}[$__range])))`, ""}},
			},
			{"Duration of a prompt", "How long do prompts take, from their first event to their last?", Lines, seconds, nil, []Query{
				{`histogram_quantile(0.5, sum by (le) (increase(cowork_prompt_duration_seconds_bucket{$who}[1h]))) >= 0`, "half take at most"},
				{`histogram_quantile(0.95, sum by (le) (increase(cowork_prompt_duration_seconds_bucket{$who}[1h]))) >= 0`, "95 of 100 take at most"},
			}},
		}},
		{"What they use", []Panel{
			{
				"Skills", "Which skills are activated?", Ranking, amount, nil,
				[]Query{{`sum by (skill) (increase(cowork_skill_activations_total{$who}[$__range]))`, "{{skill}}"}},
			},
			{
				"Users by skill", "How many users did each skill reach?", Ranking, amount, nil,
				[]Query{{`count by (skill) (sum by (skill, user) (increase(cowork_skill_activations_total{$who}[$__range])) > 0)`, "{{skill}}"}},
			},
			{
				"Plugins", "Which plugins do sessions load, and how were they enabled?", Table, amount, nil,
				[]Query{{`sum by (plugin, scope, enabled_via) (increase(cowork_plugin_loads_total{$who}[$__range]))`, "loads"}},
			},
			{
				"Users by model", "How many users work with each model?", Ranking, amount, nil,
				[]Query{{`count by (model) (sum by (model, user) (increase(cowork_cost_USD_total{$what}[$__range])) > 0)`, "{{model}}"}},
			},
		}},
	},
}
