package grafana

import (
	"encoding/json"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// tag is the tag by which the dashboards link to each other.
const tag = "cowork"

// JSON returns a dashboard in Grafana's import format.
func (d Dashboard) JSON() ([]byte, error) {
	b := dashboard.NewDashboardBuilder(d.Title).Uid(d.UID).Description(d.Question).Tags([]string{tag}).
		Time("now-7d", "now").Refresh("1m").Timezone("browser").Tooltip(dashboard.DashboardCursorSyncCrosshair).Editable().
		Link(dashboard.NewDashboardLinkBuilder("Cowork").Type(dashboard.DashboardLinkTypeDashboards).
			Tags([]string{tag}).AsDropdown(true).IncludeVars(true).KeepTime(true))
	for _, v := range variables {
		b.WithVariable(v)
	}
	var g grid
	id := uint32(0)
	for _, row := range d.Rows {
		id++
		b.WithRow(dashboard.NewRowBuilder(row.Title).Id(id).GridPos(g.placeHeading()))
		places := g.placePanels(row.Panels)
		for i, p := range row.Panels {
			id++
			b.WithPanel(placedPanel{p, id, places[i]})
		}
	}
	page, err := b.Build()
	if err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(page, "", "  ")
	return append(text, '\n'), err
}
