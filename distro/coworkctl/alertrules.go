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
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
)

// rulesType is the type of the rules connector in a configuration.
const rulesType = "cowork_rules"

// readRules returns the configuration of every cowork_rules in a file, or the
// default one if there is no file. For a list of rules the built-in rules are off.
func readRules(ctx context.Context, file string) ([]*coworkrulesconnector.Config, error) {
	if file == "" {
		return []*coworkrulesconnector.Config{defaultRules()}, nil
	}
	list, err := readRuleList(file)
	if err != nil {
		return nil, err
	}
	if list != nil {
		section := confmap.NewFromStringMap(map[string]any{"builtin_rules": []any{}, "rules": list})
		cfg := defaultRules()
		return []*coworkrulesconnector.Config{cfg}, decodeConfig(file, section, cfg)
	}
	conf, err := resolveConfig(ctx, "file:"+file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	sections, err := ruleSections(conf)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var configs []*coworkrulesconnector.Config
	for _, id := range slices.Sorted(maps.Keys(sections)) {
		cfg := defaultRules()
		if err := decodeConfig(strings.TrimSuffix(file+": "+id, ": "), sections[id], cfg); err != nil {
			return nil, err
		}
		configs = append(configs, cfg)
	}
	return configs, nil
}

func defaultRules() *coworkrulesconnector.Config {
	return coworkrulesconnector.NewFactory().CreateDefaultConfig().(*coworkrulesconnector.Config)
}

// readRuleList returns the rules of a file that is a list of rules, nil if it is
// a configuration.
func readRuleList(file string) ([]any, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var raw any
	if err := yaml.Unmarshal(text, &raw); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err) // a syntax error, which quotes nothing
	}
	switch raw := raw.(type) {
	case []any:
		return raw, nil
	case map[string]any:
		return nil, nil
	}
	return nil, fmt.Errorf("%s: is neither a list of rules nor a configuration", file)
}

// ruleSections returns the sections of all cowork_rules by id. A configuration
// that is not one of a whole collector is a section itself.
func ruleSections(conf *confmap.Conf) (map[string]*confmap.Conf, error) {
	sections, err := componentSections(conf, "connectors", rulesType)
	switch {
	case err != nil:
		return nil, err
	case len(sections) > 0:
		return sections, nil
	case isCollectorConfig(conf, "connectors"):
		return nil, errors.New("connectors: has no cowork_rules")
	}
	return map[string]*confmap.Conf{"": conf}, nil
}
