package distro

import (
	"slices"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// IsOverlay reports whether a configuration adds to the default one: it has no receivers or
// no pipelines, or a pipeline of it has a component that only the default declares.
func IsOverlay(conf *confmap.Conf) bool {
	if !conf.IsSet("receivers") || !conf.IsSet("service::pipelines") {
		return true
	}
	own, base := pipelines.GraphOf(conf.ToStringMap()), defaultGraph()
	return slices.ContainsFunc(own.Pipelines, func(p pipelines.Pipeline) bool {
		for role, ids := range map[string][]string{"receivers": p.Receivers, "processors": p.Processors, "exporters": p.Exporters} {
			if slices.ContainsFunc(ids, func(id string) bool { return !own.Has(role, id) && base.Has(role, id) }) {
				return true
			}
		}
		return false
	})
}

// defaultGraph returns the pipelines of the default configuration. Tests check that it can
// be read.
func defaultGraph() pipelines.Graph {
	retrieved, err := confmap.NewRetrievedFromYAML(config)
	if err != nil {
		return pipelines.Graph{}
	}
	conf, err := retrieved.AsConf()
	if err != nil {
		return pipelines.Graph{}
	}
	return pipelines.GraphOf(conf.ToStringMap())
}
