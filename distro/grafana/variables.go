package grafana

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// source is the data source that the page's variable selects.
var source = common.DataSourceRef{Type: new("prometheus"), Uid: new("${datasource}")}

// variables lists the selections of a page: data source, organization, team, user and model.
var variables = []cog.Builder[dashboard.VariableModel]{
	dashboard.NewDatasourceVariableBuilder("datasource").Label("Prometheus").Type("prometheus"),
	labelVariable("organization", "Organization", "label_values(cowork_events_total, organization)"),
	labelVariable("team", "Team", `label_values(cowork_events_total{organization=~"$organization"}, team)`),
	labelVariable("user", "User", `label_values(cowork_events_total{organization=~"$organization",team=~"$team"}, user)`),
	labelVariable("model", "Model", `label_values(cowork_token_usage_total{organization=~"$organization"}, model)`),
}

// labelVariable returns a variable with the values of a label. All matches any value,
// and series without the label.
func labelVariable(name, label, query string) cog.Builder[dashboard.VariableModel] {
	return dashboard.NewQueryVariableBuilder(name).Label(label).Query(dashboard.StringOrMap{String: &query}).Datasource(source).
		Refresh(dashboard.VariableRefreshOnTimeRangeChanged).Sort(dashboard.VariableSortAlphabeticalAsc).
		Multi(true).IncludeAll(true).AllValue(".*").
		Current(dashboard.VariableOption{Text: dashboard.StringOrArrayOfString{String: new("All")}, Value: dashboard.StringOrArrayOfString{String: new("$__all")}})
}
