package configcheck

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// cumulativeOnly are the types of exporters that do not export deltas as they are, with
// what they do: prometheus adds deltas only if no interval is missing between them.
var cumulativeOnly = map[string]string{
	"prometheus_remote_write": "drops",
	"prometheusremotewrite":   "drops",
	"prometheus":              "resets",
}

// toCumulative are the types of processors that convert deltas.
var toCumulative = []string{"delta_to_cumulative", "deltatocumulative"}

// A metricFlow finds the temporality of metrics in pipelines.
type metricFlow struct {
	*Report
	decoded map[string]any
	graph   pipelines.Graph
}

// check warns of exporters to Prometheus that receive deltas.
func (f metricFlow) check() {
	for _, p := range f.graph.Pipelines {
		if p.Signal() != "metrics" {
			continue
		}
		for _, id := range p.Exporters {
			verb, ok := cumulativeOnly[pipelines.TypeOf(id)]
			if !ok {
				continue
			}
			for _, source := range f.deltaSources(p, 0) {
				if source == "connectors::cowork_metrics" || strings.HasPrefix(source, "connectors::cowork_metrics/") {
					f.addWarning("exporters"+delimiter+id, "%s the metrics of %s in %s, which are deltas (set %s::temporality: cumulative)", verb, source, p.Where(), source)
				} else {
					f.addWarning("exporters"+delimiter+id, "%s the metrics of %s in %s that are deltas, as Cowork's clients send them (add delta_to_cumulative to the processors)", verb, source, p.Where())
				}
			}
		}
	}
}

// deltaSources returns the components from which a pipeline passes deltas to its exporters.
func (f metricFlow) deltaSources(p pipelines.Pipeline, depth int) (sources []string) {
	if depth > len(f.graph.Pipelines) || slices.ContainsFunc(p.Processors, func(id string) bool { return slices.Contains(toCumulative, pipelines.TypeOf(id)) }) {
		return nil
	}
	for _, id := range p.Receivers {
		switch pipelines.TypeOf(id) {
		case "otlp", "kafka":
			sources = append(sources, "receivers"+delimiter+id)
		case "count":
			sources = append(sources, "connectors"+delimiter+id)
		case "cowork_metrics":
			var m struct {
				Temporality string `mapstructure:"temporality"`
			}
			conf := confmap.New()
			if conf.Marshal(f.decoded["connectors"+delimiter+id]) == nil && conf.Unmarshal(&m, confmap.WithIgnoreUnused()) == nil && m.Temporality == "delta" {
				sources = append(sources, "connectors"+delimiter+id)
			}
		case "forward":
			for _, before := range f.graph.Before(p, id) {
				sources = append(sources, f.deltaSources(before, depth+1)...)
			}
		}
	}
	slices.Sort(sources)
	return slices.Compact(sources)
}
