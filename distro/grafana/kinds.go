package grafana

import (
	"github.com/grafana/grafana-foundation-sdk/go/bargauge"
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

// visualizations returns the Grafana visualization of each kind of panel.
var visualizations = [...]func() cog.Builder[dashboard.Panel]{
	Number: func() cog.Builder[dashboard.Panel] {
		return stat.NewPanelBuilder().GraphMode(common.BigValueGraphModeNone).ReduceOptions(last())
	},
	Lines: func() cog.Builder[dashboard.Panel] {
		return timeseries.NewPanelBuilder().LineWidth(2).FillOpacity(8).ShowPoints(common.VisibilityModeNever).Legend(legend())
	},
	Bars: func() cog.Builder[dashboard.Panel] {
		return timeseries.NewPanelBuilder().DrawStyle(common.GraphDrawStyleBars).FillOpacity(80).LineWidth(0).Legend(legend()).
			Interval("1h").Stacking(common.NewStackingConfigBuilder().Mode(common.StackingModeNormal))
	},
	Ranking: func() cog.Builder[dashboard.Panel] {
		return bargauge.NewPanelBuilder().Orientation(common.VizOrientationHorizontal).ReduceOptions(last()).Min(0)
	},
	Table: func() cog.Builder[dashboard.Panel] { return table.NewPanelBuilder() },
}

func last() cog.Builder[common.ReduceDataOptions] {
	return common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"})
}

func legend() cog.Builder[common.VizLegendOptions] {
	return common.NewVizLegendOptionsBuilder().ShowLegend(true).DisplayMode(common.LegendDisplayModeList).Placement(common.LegendPlacementBottom)
}

// target returns a panel's query by its index.
func (p Panel) target(i int) prometheus.Dataquery {
	q := prometheus.NewDataqueryBuilder().Expr(p.Queries[i].Expression()).RefId(refID(i)).Datasource(source)
	if p.Queries[i].Legend != "" {
		q.LegendFormat(p.Queries[i].Legend)
	}
	if p.Kind == Table {
		q.Format(prometheus.PromQueryFormatTable)
	}
	if p.Kind.Range() {
		q.Range()
	} else {
		q.Instant()
	}
	query, _ := q.Build() // never fails: the query is validated with the dashboard
	return query.(prometheus.Dataquery)
}

func refID(i int) string { return string(rune('A' + i)) }
