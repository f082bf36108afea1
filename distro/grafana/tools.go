package grafana

var tools = Dashboard{
	UID: "cowork-tools", Title: "Cowork: tools and connectors",
	Question: "Which tools and connectors are used, how long they take, and which ones fail.",
	Rows: []Row{
		{"Tools", []Panel{
			{"Tools, in total", "How often was each tool called, how often did it succeed, how long did it take?", Table, amount, nil, []Query{
				{`sum by (tool) (increase(cowork_tool_duration_seconds_count{$who}[$__range]))`, "calls"},
				{`sum by (tool) (increase(cowork_tool_duration_seconds_count{$who,outcome="ok"}[$__range])) / (sum by (tool) (increase(cowork_tool_duration_seconds_count{$who,outcome=~"ok|error"}[$__range])) > 0)`, "success rate"},
				{`sum by (tool) (increase(cowork_tool_duration_seconds_sum{$who}[$__range])) / (sum by (tool) (increase(cowork_tool_duration_seconds_count{$who}[$__range])) > 0)`, "average seconds"},
			}},
			{
				"Calls by tool", "Which tools are in use?", Bars, amount, nil,
				[]Query{{`sum by (tool) (increase(cowork_tool_duration_seconds_count{$who}[1h]))`, "{{tool}}"}},
			},
			{
				"Success rate by tool", "Which tools fail?", Ranking, fraction, successSteps,
				[]Query{{`sum by (tool) (increase(cowork_tool_duration_seconds_count{$who,outcome="ok"}[$__range])) / (sum by (tool) (increase(cowork_tool_duration_seconds_count{$who,outcome=~"ok|error"}[$__range])) > 0)`, "{{tool}}"}},
			},
			{
				"Slow calls by tool", "How long do 95 of 100 calls of each tool take at most?", Ranking, seconds, nil,
				[]Query{{`histogram_quantile(0.95, sum by (tool, le) (increase(cowork_tool_duration_seconds_bucket{$who}[$__range]))) >= 0`, "{{tool}}"}},
			},
			{
				"Decisions", "Who accepts and rejects tools: users, settings, hooks?", Table, amount, nil,
				[]Query{{`sum by (decision, source) (increase(cowork_tool_decisions_total{$who}[$__range]))`, "decisions"}},
			},
			{"Tools of a prompt", "How many tools does a prompt use?", Lines, amount, nil, []Query{
				{`sum(increase(cowork_prompt_tools_sum{$who}[1h])) / (sum(increase(cowork_prompt_tools_count{$who}[1h])) > 0)`, "average"},
			}},
		}},
		{"Connectors", []Panel{
			{
				"Calls by connector", "Which connectors are in use?", Bars, amount, nil,
				[]Query{{`sum by (connector) (increase(cowork_tool_duration_seconds_count{$who,connector!=""}[1h]))`, "{{connector}}"}},
			},
			{
				"Error rate by connector", "Which part of each connector's calls failed?", Ranking, fraction, failureSteps,
				[]Query{{`(sum by (connector) (increase(cowork_tool_duration_seconds_count{$who,connector!="",outcome="error"}[$__range])) or 0 * sum by (connector) (increase(cowork_tool_duration_seconds_count{$who,connector!=""}[$__range]))) / (sum by (connector) (increase(cowork_tool_duration_seconds_count{$who,connector!=""}[$__range])) > 0)`, "{{connector}}"}},
			},
			{
				"Errors by connector and type", "How do connectors fail: calls, connections, requests for them?", Table, amount, nil,
				[]Query{{`sum by (connector, error_type) (increase(cowork_connector_errors_total{$who}[$__range]))`, "errors"}},
			},
			{
				"Connections", "Are connections made, do they fail?", Table, amount, nil,
				[]Query{{`sum by (connector, status) (increase(cowork_connector_connections_total{$who}[$__range]))`, "connections"}},
			},
		}},
	},
}
