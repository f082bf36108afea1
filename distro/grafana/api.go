package grafana

var api = Dashboard{
	UID: "cowork-api", Title: "Cowork: API and cache",
	Question: "How fast and how reliable API requests are, and how well the prompt cache works.",
	Rows: []Row{
		{"API", []Panel{
			{"Models, in total", "How many requests went to each model, how many failed, how long did they take?", Table, amount, nil, []Query{
				{`sum by (model) (increase(cowork_api_request_duration_seconds_count{$what}[$__range]))`, "requests"},
				{`(sum by (model) (increase(cowork_api_errors_total{$what}[$__range])) or 0 * sum by (model) (increase(cowork_api_request_duration_seconds_count{$what}[$__range]))) / (sum by (model) (increase(cowork_api_request_duration_seconds_count{$what}[$__range])) > 0)`, "error rate"},
				{`sum by (model) (increase(cowork_api_request_duration_seconds_sum{$what}[$__range])) / (sum by (model) (increase(cowork_api_request_duration_seconds_count{$what}[$__range])) > 0)`, "average seconds"},
			}},
			{
				"Requests by model", "How many requests does each model get?", Bars, amount, nil,
				[]Query{{`sum by (model) (increase(cowork_api_request_duration_seconds_count{$what}[1h]))`, "{{model}}"}},
			},
			{"Duration of answered requests", "How long does an answer take?", Lines, seconds, nil, []Query{
				{`histogram_quantile(0.5, sum by (le) (increase(cowork_api_request_duration_seconds_bucket{$what,outcome="ok"}[1h]))) >= 0`, "half take at most"},
				{`histogram_quantile(0.95, sum by (le) (increase(cowork_api_request_duration_seconds_bucket{$what,outcome="ok"}[1h]))) >= 0`, "95 of 100 take at most"},
				{`histogram_quantile(0.99, sum by (le) (increase(cowork_api_request_duration_seconds_bucket{$what,outcome="ok"}[1h]))) >= 0`, "99 of 100 take at most"},
			}},
			{
				"Errors by model and status", "With which status did requests fail? An empty status means that there was no HTTP answer.", Table, amount, nil,
				[]Query{{`sum by (model, status_code) (increase(cowork_api_errors_total{$what}[$__range]))`, "errors"}},
			},
			{
				"Error rate by model and status", "Which part of each model's requests failed, and how?", Lines, fraction, errorSteps,
				[]Query{{`sum by (model, status_code) (increase(cowork_api_errors_total{$what}[1h])) / on (model) group_left () (sum by (model) (increase(cowork_api_request_duration_seconds_count{$what}[1h])) > 0)`, "{{model}} {{status_code}}"}},
			},
			{
				"Refusals", "How often did a model refuse?", Number, amount, nil,
				[]Query{{`sum(increase(cowork_api_refusals_total{$what}[$__range])) or vector(0)`, ""}},
			},
		}},
		{"Cache", []Panel{
			{
				"Cache hit ratio", "Which part of the input tokens came from the cache?", Number, fraction, hitSteps,
				[]Query{{`sum(increase(cowork_token_usage_total{$what,type="cache_read"}[$__range])) / (sum(increase(cowork_token_usage_total{$what,type=~"input|cache_read|cache_creation"}[$__range])) > 0)`, ""}},
			},
			{
				"Cache hit ratio by model", "For which models does the cache work?", Lines, fraction, hitSteps,
				[]Query{{`sum by (model) (increase(cowork_token_usage_total{$what,type="cache_read"}[1h])) / (sum by (model) (increase(cowork_token_usage_total{$what,type=~"input|cache_read|cache_creation"}[1h])) > 0)`, "{{model}}"}},
			},
			{"Cache, in total", "How many tokens did each model read from the cache, and how many did it write?", Table, amount, nil, []Query{
				{`sum by (model) (increase(cowork_token_usage_total{$what,type="cache_read"}[$__range]))`, "read"},
				{`sum by (model) (increase(cowork_token_usage_total{$what,type="cache_creation"}[$__range]))`, "created"},
				{`sum by (model) (increase(cowork_token_usage_total{$what,type="cache_read"}[$__range])) / (sum by (model) (increase(cowork_token_usage_total{$what,type=~"input|cache_read|cache_creation"}[$__range])) > 0)`, "hit ratio"},
			}},
		}},
	},
}
