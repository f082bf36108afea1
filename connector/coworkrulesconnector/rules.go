package coworkrulesconnector

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/alert"
)

const (
	// costThreshold is the built-in rule that a setting of its own turns on.
	costThreshold = "cost_threshold"

	// all stands for every built-in rule.
	all = "all"
)

// specs returns the rules as they are written: the built-in ones that are wanted, as
// they are overridden, and one's own.
func (c *Config) specs() ([]alert.Spec, error) {
	builtin, err := alert.Builtin()
	if err != nil {
		return nil, err
	}
	specs, wanted := c.wanted(builtin)
	errs := []error{wanted}
	for _, name := range slices.Sorted(maps.Keys(c.Overrides)) {
		if err := override(specs, name, c.Overrides[name]); err != nil {
			errs = append(errs, fmt.Errorf("overrides::%s: %w", name, err))
		}
	}
	for _, own := range c.Rules {
		if find(specs, own.Name) >= 0 {
			errs = append(errs, fmt.Errorf("rules::%s: is the name of a built-in rule that is on (change that one in overrides, or take it out of builtin_rules)", own.Name))
		}
	}
	return append(specs, c.Rules...), errors.Join(errs...)
}

// find returns the place of the rule of a name, -1 if there is none.
func find(specs []alert.Spec, name string) int {
	return slices.IndexFunc(specs, func(s alert.Spec) bool { return s.Name == name })
}

// wanted returns the built-in rules that are wanted. A rule that is off as it is shipped
// is on where it is named; under `all` it stays off, since it lacks what only its user
// knows, or says too much for most.
func (c *Config) wanted(builtin []alert.Spec) (specs []alert.Spec, err error) {
	on := true
	named := map[string]bool{}
	for _, name := range c.BuiltinRules {
		named[name] = true
	}
	for _, spec := range builtin {
		switch {
		case spec.Name == costThreshold && (named[all] || named[costThreshold]):
			spec, err = c.cost(spec)
		case named[spec.Name]:
			spec.Enabled = &on
		case !named[all]:
			continue
		}
		delete(named, spec.Name)
		specs = append(specs, spec)
	}
	delete(named, all)
	if len(named) > 0 {
		err = errors.Join(err, unknown(slices.Sorted(maps.Keys(named)), builtin))
	}
	return specs, err
}

// cost sets what a request may cost.
func (c *Config) cost(spec alert.Spec) (alert.Spec, error) {
	on := c.CostThresholdUSD != nil
	spec.Enabled = &on
	if !on {
		return spec, nil
	}
	limit := *c.CostThresholdUSD
	if math.IsNaN(limit) || math.IsInf(limit, 0) || limit < 0 {
		return spec, fmt.Errorf("cost_threshold_usd: %v: must be a number of dollars, 0 or more", limit)
	}
	spec.Condition = `attributes["cost_usd"] > ` + strconv.FormatFloat(limit, 'f', -1, 64)
	return spec, nil
}

func unknown(names []string, builtin []alert.Spec) error {
	known := make([]string, len(builtin))
	for i, spec := range builtin {
		known[i] = spec.Name
	}
	return fmt.Errorf("builtin_rules: %s: no such rule (must be all, or of %s)", strings.Join(names, ", "), strings.Join(known, ", "))
}

// override changes keys of one of the rules.
func override(specs []alert.Spec, name string, keys map[string]any) error {
	at := find(specs, name)
	if at < 0 {
		return errors.New("is not in builtin_rules (name it there first)")
	}
	if _, ok := keys["name"]; ok {
		return errors.New("name: must not be changed (a rule of another name belongs in rules)")
	}
	return confmap.NewFromStringMap(keys).Unmarshal(&specs[at])
}
