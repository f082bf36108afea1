package grafana

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// source is the data source that the page's variable chooses.
var source = common.DataSourceRef{Type: new("prometheus"), Uid: new("${datasource}")}

// variables are what a reader chooses: where to ask, and about whom and what.
var variables = []cog.Builder[dashboard.VariableModel]{
	dashboard.NewDatasourceVariableBuilder("datasource").Label("Prometheus").Type("prometheus"),
	choice("organization", "Organization", "label_values(cowork_events_total, organization)"),
	choice("user", "User", `label_values(cowork_events_total{organization=~"$organization"}, user)`),
	choice("model", "Model", `label_values(cowork_token_usage_total{organization=~"$organization"}, model)`),
}

// choice is a variable with the values of a label. All of them is any value, that of
// series without the label too.
func choice(name, label, query string) cog.Builder[dashboard.VariableModel] {
	return dashboard.NewQueryVariableBuilder(name).Label(label).Query(dashboard.StringOrMap{String: &query}).Datasource(source).
		Refresh(dashboard.VariableRefreshOnTimeRangeChanged).Sort(dashboard.VariableSortAlphabeticalAsc).
		Multi(true).IncludeAll(true).AllValue(".*").
		Current(dashboard.VariableOption{Text: dashboard.StringOrArrayOfString{String: new("All")}, Value: dashboard.StringOrArrayOfString{String: new("$__all")}})
}
