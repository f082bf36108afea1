package configcheck

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	otelservice "go.opentelemetry.io/collector/service"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// A service is what runs: pipelines and extensions.
type service struct {
	extensions []string
	graph      pipelines.Graph
	telemetry  map[string]any
}

// uses reports whether a component, such as receivers::otlp, runs.
func (s *service) uses(where string) bool {
	section, id, _ := strings.Cut(where, delimiter)
	if section == "extensions" {
		return slices.Contains(s.extensions, id)
	}
	return slices.ContainsFunc(s.graph.Pipelines, func(p pipelines.Pipeline) bool {
		switch section {
		case "receivers":
			return slices.Contains(p.Receivers, id)
		case "processors":
			return slices.Contains(p.Processors, id)
		case "exporters":
			return slices.Contains(p.Exporters, id)
		}
		return slices.Contains(p.Receivers, id) || slices.Contains(p.Exporters, id)
	})
}

// checkService checks the section service, and returns what it runs.
func (c *checker) checkService() *service {
	s := &service{graph: pipelines.GraphOf(c.conf.ToStringMap())}
	conf, err := c.conf.Sub("service")
	if err != nil {
		c.addError("service", "must contain pipelines and extensions")
		return s
	}
	c.checkComponent("service", conf, func() component.Config {
		cfg := &otelservice.Config{}
		if c.Factories.Telemetry != nil {
			cfg.Telemetry = c.Factories.Telemetry.CreateDefaultConfig()
		}
		return cfg
	})
	if cfg, ok := c.decoded["service"].(*otelservice.Config); ok {
		for _, id := range cfg.Extensions {
			s.extensions = append(s.extensions, id.String())
		}
	}
	s.telemetry, _ = conf.Get("telemetry").(map[string]any)
	return s
}

// at returns a nested value of a map, or nil.
func at(m map[string]any, path ...string) any {
	return confmap.NewFromStringMap(m).Get(strings.Join(path, delimiter))
}
