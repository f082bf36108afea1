package grafana

// The metrics have no hosts, which are too many: the page and the events have them.
var egress = Dashboard{
	UID: "cowork-egress", Title: "Cowork: egress and plugins",
	Question: "Which calls reach hosts, connectors and plugins that are disabled or on no list, and how far versions of plugins have come.",
	Rows: []Row{
		{"At a glance", []Panel{
			{
				"Calls to disabled hosts", "How many calls named a host that the organization has disabled? The page and the events have the hosts.", Number, amount, noneSteps,
				[]Query{{`sum(increase(cowork_egress_calls_total{$who,verdict="disabled"}[$__range])) or vector(0)`, ""}},
			},
			{
				"Calls to unlisted hosts", "How many calls named a host that no list has, but none that is disabled?", Number, amount, nil,
				[]Query{{`sum(increase(cowork_egress_calls_total{$who,verdict="unlisted"}[$__range])) or vector(0)`, ""}},
			},
			{
				"Calls of disabled connectors", "How many calls were made of connectors that the organization has disabled?", Number, amount, noneSteps,
				[]Query{{`sum(increase(cowork_connector_calls_total{$who,verdict="disabled"}[$__range])) or vector(0)`, ""}},
			},
			{
				"Loads of disabled plugins", "How often did sessions load a plugin that the organization has disabled?", Number, amount, noneSteps,
				[]Query{{`sum(increase(cowork_plugin_versions_total{$who,verdict="disabled"}[$__range])) or vector(0)`, ""}},
			},
		}},
		{"Hosts", []Panel{
			{
				"Calls by verdict", "How many calls name hosts that are allowed, unlisted, disabled or local? Without a list of cowork_egress there are none.", Bars, amount, nil,
				[]Query{{`sum by (verdict) (increase(cowork_egress_calls_total{$who}[1h]))`, "{{verdict}}"}},
			},
			{
				"Calls by tool and verdict", "Which tools reach which kind of host?", Table, amount, nil,
				[]Query{{`sum by (tool, verdict) (increase(cowork_egress_calls_total{$who}[$__range])) > 0`, "calls"}},
			},
			{
				"Users of disabled and unlisted hosts", "Whose calls named such hosts most?", Ranking, amount, nil,
				[]Query{{`topk(20, sum by (user, verdict) (increase(cowork_egress_calls_total{$who,verdict=~"disabled|unlisted"}[$__range])) > 0)`, "{{user}}: {{verdict}}"}},
			},
		}},
		{"Connectors", []Panel{
			{
				"Calls of connectors by verdict", "How many calls of connectors are allowed, unlisted or disabled by the list?", Bars, amount, nil,
				[]Query{{`sum by (verdict) (increase(cowork_connector_calls_total{$who}[1h]))`, "{{verdict}}"}},
			},
			{"Connectors and their verdicts", "Which connectors are in use, with which verdict, by how many users?", Table, amount, nil, []Query{
				{`sum by (connector, verdict) (increase(cowork_connector_calls_total{$who}[$__range])) > 0`, "calls"},
				{`count by (connector, verdict) (sum by (connector, verdict, user) (increase(cowork_connector_calls_total{$who}[$__range])) > 0)`, "users"},
			}},
		}},
		{"Roll-out of plugins", []Panel{
			{"Plugins and their versions", "Which versions of plugins do sessions load, with which verdict, and how many users have each?", Table, amount, nil, []Query{
				{`count by (plugin, version, verdict) (sum by (plugin, version, verdict, user) (increase(cowork_plugin_versions_total{$who}[$__range])) > 0)`, "users"},
				{`sum by (plugin, version, verdict) (increase(cowork_plugin_versions_total{$who}[$__range])) > 0`, "loads"},
			}},
			{
				"Users by version", "How far has each version of a plugin come: how many users loaded it in the 24 hours before?", Lines, amount, nil,
				[]Query{{`count by (plugin, version) (sum by (plugin, version, user) (increase(cowork_plugin_versions_total{$who}[1d])) > 0)`, "{{plugin}} {{version}}"}},
			},
			{
				"Teams by version", "Which teams load which version? Teams come from a list of people.", Table, amount, nil,
				[]Query{{`count by (plugin, version, team) (sum by (plugin, version, team, user) (increase(cowork_plugin_versions_total{$who}[$__range])) > 0)`, "users"}},
			},
		}},
	},
}
