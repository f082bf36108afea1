package lifecycle

import (
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/distro/pipelines"
	"github.com/cowork-otel/collector/distro/rawcheck"
)

// pagesBehindRedaction returns the exporters of the page in a configuration, and whether
// all records that reach them pass redaction in this collector.
func pagesBehindRedaction(all map[string]any) map[string]bool {
	g, redacted := pipelines.GraphOf(all), map[string]bool{}
	for _, p := range g.Pipelines {
		for _, exporter := range p.Exporters {
			if pipelines.TypeOf(exporter) == "cowork_dashboard" {
				redacted[exporter] = rawcheck.IsBehind(g, exporter)
			}
		}
	}
	return redacted
}

// withoutWarnings returns factories of converters of which rawcheck's log nothing: this
// command reports its warnings with those of configcheck, at validate too.
func withoutWarnings(factories []confmap.ConverterFactory) (quiet []confmap.ConverterFactory) {
	for _, f := range factories {
		quiet = append(quiet, confmap.NewConverterFactory(func(set confmap.ConverterSettings) confmap.Converter {
			c := f.Create(set)
			if raw, ok := c.(rawcheck.Converter); ok {
				return raw.Quiet()
			}
			return c
		}))
	}
	return quiet
}
