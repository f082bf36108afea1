package grafana

import (
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// A placedPanel is a panel with its position. It implements the SDK's builder.
type placedPanel struct {
	Panel
	id uint32
	at dashboard.GridPos
}

// Build returns the panel in Grafana's form: the visualization of its kind, and the
// settings that all kinds share.
func (p placedPanel) Build() (dashboard.Panel, error) {
	panel, err := visualizations[p.Kind]().Build()
	if err != nil {
		return panel, err
	}
	panel.Id, panel.GridPos, panel.Datasource = &p.id, &p.at, &source
	panel.Title, panel.Description = &p.Title, &p.Question
	for i := range p.Queries {
		panel.Targets = append(panel.Targets, p.target(i))
	}
	if panel.FieldConfig == nil {
		panel.FieldConfig = dashboard.NewFieldConfigSource()
	}
	defaults := &panel.FieldConfig.Defaults
	defaults.Unit = &p.Unit
	defaults.Thresholds = thresholds(p.Steps)
	if len(p.Steps) == 0 && p.Kind != Number {
		defaults.Color = &dashboard.FieldColor{Mode: dashboard.FieldColorModeIdPaletteClassic}
	}
	if p.Unit == fraction {
		defaults.Min, defaults.Max = new(0.0), new(1.0)
	}
	if p.Kind == Table {
		panel.Transformations = p.columns()
	}
	return panel, nil
}

// thresholds returns the colors of values: green below all steps.
func thresholds(steps []Step) *dashboard.ThresholdsConfig {
	config := &dashboard.ThresholdsConfig{Mode: dashboard.ThresholdsModeAbsolute, Steps: []dashboard.Threshold{{Color: "green"}}}
	for _, s := range steps {
		config.Steps = append(config.Steps, dashboard.Threshold{Value: &s.From, Color: s.Color})
	}
	return config
}

// columns merges the results of a panel's queries into one table: a row for each set of
// labels, and a column for each query with its legend as title.
func (p Panel) columns() []dashboard.DataTransformerConfig {
	names := map[string]string{}
	for i, q := range p.Queries {
		names["Value #"+refID(i)] = q.Legend
	}
	if len(p.Queries) == 1 {
		names = map[string]string{"Value": p.Queries[0].Legend}
	}
	return []dashboard.DataTransformerConfig{
		{Id: "merge", Options: map[string]any{}},
		{Id: "organize", Options: map[string]any{"excludeByName": map[string]bool{"Time": true}, "renameByName": names}},
	}
}
