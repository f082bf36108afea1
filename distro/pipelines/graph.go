// Package pipelines has the graph of the pipelines of a configuration: which components a
// pipeline has, and which pipelines a connector joins.
package pipelines

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"
)

// A Pipeline is one entry of service::pipelines.
type Pipeline struct {
	ID                               string // such as logs/alerts
	Receivers, Processors, Exporters []string
}

// Where returns the key of a pipeline.
func (p Pipeline) Where() string { return "service::pipelines::" + p.ID }

// Signal returns logs, metrics or traces.
func (p Pipeline) Signal() string { return TypeOf(p.ID) }

// TypeOf returns the type of a component, or the signal of a pipeline, by its ID.
func TypeOf(id string) string {
	kind, _, _ := strings.Cut(id, "/")
	return kind
}

// A Graph has the pipelines of a resolved configuration, in the order of their IDs. It is
// read only, so it is safe for concurrent use.
type Graph struct {
	Pipelines []Pipeline

	sections map[string]map[string]any // the configuration of each component
}

// GraphOf returns the graph of a resolved configuration. It ignores what has no valid form:
// the check of the configuration reports that.
func GraphOf(all map[string]any) Graph {
	g := Graph{sections: map[string]map[string]any{}}
	for _, section := range []string{"receivers", "processors", "connectors", "exporters"} {
		components, _ := all[section].(map[string]any)
		g.sections[section] = map[string]any{}
		for name, cfg := range components {
			g.sections[section][normal(name)] = cfg
		}
	}
	service, _ := all["service"].(map[string]any)
	raw, _ := service["pipelines"].(map[string]any)
	for id, p := range raw {
		if p, ok := p.(map[string]any); ok {
			g.Pipelines = append(g.Pipelines, Pipeline{normal(id), namesOf(p["receivers"]), namesOf(p["processors"]), namesOf(p["exporters"])})
		}
	}
	slices.SortFunc(g.Pipelines, func(a, b Pipeline) int { return strings.Compare(a.ID, b.ID) })
	return g
}

// normal returns an ID without white space around its parts, as the collector reads it.
func normal(name string) string {
	var id component.ID
	if id.UnmarshalText([]byte(name)) != nil {
		return name
	}
	return id.String()
}

func namesOf(list any) (names []string) {
	values, _ := list.([]any)
	for _, v := range values {
		if name, ok := v.(string); ok {
			names = append(names, normal(name))
		}
	}
	return names
}

// Config returns the configuration of a component, such as of processors and cowork_event.
// It is nil if it has no keys.
func (g Graph) Config(section, id string) map[string]any {
	cfg, _ := g.sections[section][id].(map[string]any)
	return cfg
}

// IsConnector reports whether a receiver or exporter of a pipeline is a connector.
func (g Graph) IsConnector(id string) bool {
	_, ok := g.sections["connectors"][id]
	return ok
}

// Has reports whether a component of a pipeline is declared. The role is receivers,
// processors or exporters: connectors are the first and the last.
func (g Graph) Has(role, id string) bool {
	_, ok := g.sections[role][id]
	return ok || role != "processors" && g.IsConnector(id)
}

// Exporters returns the exporters of all pipelines that are no connectors, in order.
func (g Graph) Exporters() (ids []string) {
	for _, p := range g.Pipelines {
		for _, id := range p.Exporters {
			if !g.IsConnector(id) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// sameSignal are the types of connectors that pass on what they receive.
var sameSignal = []string{"forward", "routing", "failover", "roundrobin", "round_robin"}

// Before returns the pipelines from which a pipeline receives through a connector.
func (g Graph) Before(p Pipeline, connector string) (list []Pipeline) {
	for _, before := range g.Pipelines {
		if slices.Contains(before.Exporters, connector) && (before.Signal() == p.Signal() || !slices.Contains(sameSignal, TypeOf(connector))) {
			list = append(list, before)
		}
	}
	return list
}
