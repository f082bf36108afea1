package configcheck

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	otelservice "go.opentelemetry.io/collector/service"
)

// A pipeline is one entry of service::pipelines.
type pipeline struct {
	where                            string
	receivers, processors, exporters []string
}

func (p pipeline) signal() string {
	id, _, _ := strings.Cut(strings.TrimPrefix(p.where, "service::pipelines::"), "/")
	return id
}

// A service is what runs: pipelines and extensions.
type service struct {
	extensions []string
	pipelines  []pipeline
	telemetry  map[string]any
}

// uses reports whether a component, such as receivers::otlp, runs.
func (s *service) uses(where string) bool {
	section, id, _ := strings.Cut(where, delimiter)
	if section == "extensions" {
		return slices.Contains(s.extensions, id)
	}
	return slices.ContainsFunc(s.pipelines, func(p pipeline) bool {
		switch section {
		case "receivers":
			return slices.Contains(p.receivers, id)
		case "processors":
			return slices.Contains(p.processors, id)
		case "exporters":
			return slices.Contains(p.exporters, id)
		}
		return slices.Contains(p.receivers, id) || slices.Contains(p.exporters, id)
	})
}

// checkService checks the section service, and returns what it runs.
func (c *checker) checkService() *service {
	s := &service{}
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
		for id, p := range cfg.Pipelines {
			if p == nil {
				continue // reported as a pipeline without receivers
			}
			s.pipelines = append(s.pipelines, pipeline{"service::pipelines::" + id.String(), names(p.Receivers), names(p.Processors), names(p.Exporters)})
		}
		slices.SortFunc(s.pipelines, func(a, b pipeline) int { return strings.Compare(a.where, b.where) })
	}
	s.telemetry, _ = conf.Get("telemetry").(map[string]any)
	return s
}

func names(ids []component.ID) (texts []string) {
	for _, id := range ids {
		texts = append(texts, id.String())
	}
	return texts
}

// at returns a nested value of a map, or nil.
func at(m map[string]any, path ...string) any {
	return confmap.NewFromStringMap(m).Get(strings.Join(path, delimiter))
}
