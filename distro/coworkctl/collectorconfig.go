package main

import (
	"context"
	"fmt"
	"strings"

	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/fileprovider"
	"go.opentelemetry.io/collector/confmap/provider/httpprovider"
	"go.opentelemetry.io/collector/confmap/provider/httpsprovider"
	"go.opentelemetry.io/collector/confmap/provider/yamlprovider"

	"github.com/cowork-otel/collector/distro"
)

// resolveConfig resolves a configuration as the collector does, with ${env:…} and
// ${file:…} expanded. Each URI is a file or a URI such as default:, and the later
// ones override the earlier ones. An overlay is merged into the default one, as
// the collector does.
func resolveConfig(ctx context.Context, uris ...string) (*confmap.Conf, error) {
	conf, err := mergeConfig(ctx, uris...)
	if err != nil || !conf.IsSet("service") || !distro.IsOverlay(conf) {
		return conf, err
	}
	return mergeConfig(ctx, append([]string{defaultConfigURI}, uris...)...)
}

// mergeConfig reads configurations and merges them.
func mergeConfig(ctx context.Context, uris ...string) (*confmap.Conf, error) {
	resolver, err := confmap.NewResolver(confmap.ResolverSettings{
		URIs:          uris,
		DefaultScheme: "env",
		ProviderFactories: []confmap.ProviderFactory{
			distro.NewFactory(), fileprovider.NewFactory(), envprovider.NewFactory(), yamlprovider.NewFactory(),
			httpprovider.NewFactory(), httpsprovider.NewFactory(),
		},
	})
	if err != nil {
		return nil, err
	}
	conf, err := resolver.Resolve(ctx)
	if err != nil {
		return nil, err
	}
	return conf, resolver.Shutdown(ctx)
}

// componentSections returns the sections of the components of one type, by id.
// class is the part of the configuration that lists them, such as processors. A
// configuration without any such part is a list of components itself.
func componentSections(conf *confmap.Conf, class, componentType string) (map[string]*confmap.Conf, error) {
	list := conf
	if conf.IsSet(class) {
		var err error
		if list, err = conf.Sub(class); err != nil {
			return nil, err
		}
	}
	sections := map[string]*confmap.Conf{}
	for id := range list.ToStringMap() {
		if id != componentType && !strings.HasPrefix(id, componentType+"/") {
			continue
		}
		section, err := list.Sub(id)
		if err != nil {
			return nil, err
		}
		sections[id] = section
	}
	return sections, nil
}

// isCollectorConfig reports whether a configuration is one of a whole collector,
// not the section of a single component.
func isCollectorConfig(conf *confmap.Conf, class string) bool {
	return conf.IsSet(class) || conf.IsSet("service")
}

// decodeConfig decodes and validates the section of one component into its
// default configuration.
func decodeConfig(where string, section *confmap.Conf, cfg any) error {
	if err := section.Unmarshal(cfg); err != nil {
		return fmt.Errorf("%s: %w", where, err)
	}
	if err := confmap.Validate(cfg); err != nil {
		return fmt.Errorf("%s: %w", where, err)
	}
	return nil
}
