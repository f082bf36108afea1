package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/fileprovider"
	"go.opentelemetry.io/collector/confmap/provider/yamlprovider"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
)

// rulesType is what the connector is called in configurations.
const rulesType = "cowork_rules"

// readRules returns the settings of every cowork_rules in a file, or the defaults if
// there is no file. A list of rules is all the rules there are.
func readRules(file string) ([]*coworkrulesconnector.Config, error) {
	if file == "" {
		return []*coworkrulesconnector.Config{defaultRules()}, nil
	}
	list, err := readList(file)
	if err != nil {
		return nil, err
	}
	if list != nil {
		own := confmap.NewFromStringMap(map[string]any{"builtin_rules": []any{}, "rules": list})
		cfg, err := configure(file, own)
		return []*coworkrulesconnector.Config{cfg}, err
	}
	conf, err := resolve(file)
	if err != nil {
		return nil, err
	}
	sections, err := sections(conf)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var configs []*coworkrulesconnector.Config
	for _, id := range slices.Sorted(maps.Keys(sections)) {
		cfg, err := configure(strings.TrimSuffix(file+": "+id, ": "), sections[id])
		if err != nil {
			return nil, err
		}
		configs = append(configs, cfg)
	}
	return configs, nil
}

func defaultRules() *coworkrulesconnector.Config {
	return coworkrulesconnector.NewFactory().CreateDefaultConfig().(*coworkrulesconnector.Config)
}

// readList returns the rules of a file that is a list of them, nil if it is not.
func readList(file string) ([]any, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var raw any
	if err := yaml.Unmarshal(text, &raw); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err) // of syntax: it quotes nothing
	}
	switch raw := raw.(type) {
	case []any:
		return raw, nil
	case map[string]any:
		return nil, nil
	}
	return nil, fmt.Errorf("%s: holds neither a list of rules nor a configuration", file)
}

// resolve reads a file as the collector does, with what ${env:…} and ${file:…} stand for.
func resolve(file string) (*confmap.Conf, error) {
	resolver, err := confmap.NewResolver(confmap.ResolverSettings{
		URIs:          []string{"file:" + file},
		DefaultScheme: "env",
		ProviderFactories: []confmap.ProviderFactory{
			fileprovider.NewFactory(), envprovider.NewFactory(), yamlprovider.NewFactory(),
		},
	})
	if err != nil {
		return nil, err
	}
	conf, err := resolver.Resolve(context.Background())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return conf, resolver.Shutdown(context.Background())
}

// sections returns what stands below each cowork_rules of a configuration, by its id.
// A configuration that is none of a whole collector is what stands there itself.
func sections(conf *confmap.Conf) (map[string]*confmap.Conf, error) {
	place := conf
	if conf.IsSet("connectors") {
		var err error
		if place, err = conf.Sub("connectors"); err != nil {
			return nil, err
		}
	}
	found := map[string]*confmap.Conf{}
	for key := range place.ToStringMap() {
		if key != rulesType && !strings.HasPrefix(key, rulesType+"/") {
			continue
		}
		section, err := place.Sub(key)
		if err != nil {
			return nil, err
		}
		found[key] = section
	}
	switch {
	case len(found) > 0:
		return found, nil
	case conf.IsSet("connectors") || conf.IsSet("service"):
		return nil, errors.New("connectors: has no cowork_rules")
	}
	return map[string]*confmap.Conf{"": conf}, nil
}

// configure reads and checks the settings of one cowork_rules.
func configure(where string, own *confmap.Conf) (*coworkrulesconnector.Config, error) {
	cfg := defaultRules()
	if err := own.Unmarshal(cfg); err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	if err := confmap.Validate(cfg); err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	return cfg, nil
}
