package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// redactionType is the type of the redaction processor in a configuration.
const redactionType = "cowork_redaction"

// defaultConfigURI selects the configuration that is built into the distribution.
const defaultConfigURI = "default:"

// readRedactionConfig returns the configuration of a cowork_redaction. The id may
// be empty if there is only one.
func readRedactionConfig(ctx context.Context, uris []string, id string) (*coworkredactionprocessor.Config, error) {
	where := strings.Join(uris, ", ")
	conf, err := resolveConfig(ctx, uris...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	id, section, err := redactionSection(conf, id)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	cfg := coworkredactionprocessor.NewFactory().CreateDefaultConfig().(*coworkredactionprocessor.Config)
	return cfg, decodeConfig(strings.TrimSuffix(where+": "+id, ": "), section, cfg)
}

// redactionSection returns the section of a cowork_redaction and its id. A
// configuration that is not one of a whole collector is a section itself.
func redactionSection(conf *confmap.Conf, id string) (string, *confmap.Conf, error) {
	sections, err := componentSections(conf, "processors", redactionType)
	if err != nil {
		return "", nil, err
	}
	have := slices.Sorted(maps.Keys(sections))
	switch {
	case len(have) == 0 && isCollectorConfig(conf, "processors"):
		return "", nil, errors.New("processors: has no cowork_redaction")
	case len(have) == 0 && id == "":
		return "", conf, nil
	case id == "" && len(have) == 1:
		id = have[0]
	case id == "":
		return "", nil, fmt.Errorf("processors: has %d of cowork_redaction (choose one with --processor: %s)", len(have), strings.Join(have, ", "))
	case sections[id] == nil:
		return "", nil, fmt.Errorf("processors: has no %s (have %s)", id, strings.Join(have, ", "))
	}
	return id, sections[id], nil
}
