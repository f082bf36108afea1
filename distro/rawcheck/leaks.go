package rawcheck

import (
	"fmt"
	"slices"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// A leak is a component that receives telemetry without redaction.
type leak struct {
	entry    pipelines.Pipeline // where the telemetry enters
	receiver string
	at       pipelines.Pipeline // where the component is
	way      []string           // connectors and pipelines between entry and at
	section  string             // processors, connectors or exporters
	id       string
}

// harmless are the types of receivers that bring no telemetry of Cowork's clients. All
// others can.
// Types with and without the underscores of later versions are here.
var harmless = []string{"docker_stats", "host_metrics", "hostmetrics", "k8s_cluster", "kubelet_stats", "kubeletstats", "nop", "prometheus", "prometheus_simple"}

// redactedOnly are the types of components that store, count or evaluate what they receive.
var redactedOnly = []string{"cowork_correlation", "cowork_metrics", "cowork_traces", "cowork_rules"}

// A raw is telemetry without redaction, and its way into a pipeline.
type raw struct {
	entry    pipelines.Pipeline
	receiver string
	way      []string
}

// leaks returns all leaks, by the pipelines in which they are.
func leaks(g pipelines.Graph) (list []leak) {
	entering := rawIn(g)
	for _, p := range g.Pipelines {
		for _, r := range entering[p.ID] {
			found := func(section, id string) {
				list = append(list, leak{r.entry, r.receiver, p, r.way, section, id})
			}
			end := slices.IndexFunc(p.Processors, func(id string) bool { return redacts(g, id) })
			before := p.Processors
			if end >= 0 {
				before = before[:end]
			}
			for _, id := range before {
				if slices.Contains(redactedOnly, pipelines.TypeOf(id)) || storageOf(g.Config("processors", id)) != "" {
					found("processors", id)
				}
			}
			if end >= 0 {
				continue
			}
			for _, id := range p.Exporters {
				switch {
				case !g.IsConnector(id):
					if pipelines.TypeOf(id) != "nop" {
						found("exporters", id)
					}
				case slices.Contains(redactedOnly, pipelines.TypeOf(id)):
					found("connectors", id)
				}
			}
		}
	}
	return list
}

// rawIn returns the telemetry that enters each pipeline without redaction, once for each
// receiver. It passes telemetry on until nothing changes, so a circle ends too.
func rawIn(g pipelines.Graph) map[string][]raw {
	entering := map[string][]raw{}
	changed := true
	add := func(p pipelines.Pipeline, r raw) {
		known := func(other raw) bool { return other.receiver == r.receiver && other.entry.ID == r.entry.ID }
		if !slices.ContainsFunc(entering[p.ID], known) {
			entering[p.ID], changed = append(entering[p.ID], r), true
		}
	}
	for changed {
		changed = false
		for _, p := range g.Pipelines {
			for _, id := range p.Receivers {
				if !g.IsConnector(id) {
					if !slices.Contains(harmless, pipelines.TypeOf(id)) {
						add(p, raw{entry: p, receiver: id})
					}
					continue
				}
				for _, before := range g.Before(p, id) {
					if slices.ContainsFunc(before.Processors, func(id string) bool { return redacts(g, id) }) {
						continue
					}
					for _, r := range entering[before.ID] {
						r.way = append(slices.Clip(r.way), id, p.ID)
						add(p, r)
					}
				}
			}
		}
	}
	return entering
}

// redacts reports whether a processor redacts.
func redacts(g pipelines.Graph, id string) bool {
	return pipelines.TypeOf(id) == "cowork_redaction" && !isOff(g, id)
}

func isOff(g pipelines.Graph, id string) bool {
	enabled, set := g.Config("processors", id)["enabled"]
	return set && fmt.Sprint(enabled) != "true"
}

// storageOf returns the storage extension that a component names anywhere in its
// configuration, or "".
func storageOf(value any) string {
	switch v := value.(type) {
	case map[string]any:
		if name, ok := v["storage"].(string); ok {
			return name
		}
		for _, nested := range v {
			if name := storageOf(nested); name != "" {
				return name
			}
		}
	case []any:
		for _, nested := range v {
			if name := storageOf(nested); name != "" {
				return name
			}
		}
	}
	return ""
}
