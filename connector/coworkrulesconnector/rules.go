package coworkrulesconnector

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/alert"
)

const (
	// costThreshold is the built-in rule that cost_threshold_usd enables.
	costThreshold = "cost_threshold"

	// allRules selects every built-in rule. Only those with a profile are enabled.
	allRules = "all"
)

// specsOf returns the selected built-in rules with their overrides, and the rules of the
// configuration.
func specsOf(c *Config) ([]alert.Spec, error) {
	builtin, err := alert.Builtin()
	if err != nil {
		return nil, err
	}
	specs, err := selectBuiltin(c, builtin)
	errs := []error{err}
	for _, name := range slices.Sorted(maps.Keys(c.Overrides)) {
		if at := indexOfRule(specs, name); at < 0 {
			errs = append(errs, fmt.Errorf("overrides::%s: %s", name, notSelected(name, builtin, c.Rules)))
		} else if err := override(&specs[at], c.Overrides[name]); err != nil {
			errs = append(errs, fmt.Errorf("overrides::%s: %w", name, err))
		}
	}
	rules := slices.Clone(c.Rules)
	for i, own := range rules {
		rules[i].Place = i + 1
		if indexOfRule(specs, own.Name) >= 0 {
			errs = append(errs, fmt.Errorf("rules::%s: is the name of a built-in rule that is on (change that one in overrides, or take it out of builtin_rules)", own.Name))
		}
	}
	return append(specs, rules...), errors.Join(errs...)
}

// EnabledRules returns the rules that the configuration enables: built-in ones with their
// overrides, and its own.
func (c *Config) EnabledRules() ([]alert.Spec, error) {
	specs, err := specsOf(c)
	return slices.DeleteFunc(specs, func(s alert.Spec) bool { return s.Enabled != nil && !*s.Enabled }), err
}

// indexOfRule returns the index of the rule of a name, -1 if there is none.
func indexOfRule(specs []alert.Spec, name string) int {
	return slices.IndexFunc(specs, func(s alert.Spec) bool { return s.Name == name })
}

// selectBuiltin returns the built-in rules that builtin_rules selects by a profile or by
// their names. A rule that is disabled by default is enabled if it is named. With a
// profile it stays disabled: it needs a value that only its user has.
func selectBuiltin(c *Config, builtin []alert.Spec) (specs []alert.Spec, err error) {
	on := true
	named, profile := map[string]bool{}, -1
	for _, name := range c.BuiltinRules {
		if name == allRules {
			profile = len(alert.Profiles)
		} else if rank := slices.Index(alert.Profiles, name); rank >= 0 {
			profile = max(profile, rank)
		} else {
			named[name] = true
		}
	}
	for _, spec := range builtin {
		inProfile := spec.Profile != "" && slices.Index(alert.Profiles, spec.Profile) <= profile
		switch {
		case spec.Name == costThreshold && (profile >= 0 || named[costThreshold]):
			spec, err = withCostThreshold(spec, c.CostThresholdUSD)
		case named[spec.Name]:
			spec.Enabled = &on
		case !inProfile && profile < len(alert.Profiles):
			continue
		}
		delete(named, spec.Name)
		specs = append(specs, spec)
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		err = errors.Join(err, fmt.Errorf("builtin_rules: %s: %s", name, unknownRule(name, builtin)))
	}
	return specs, err
}

// withCostThreshold returns the rule with a threshold. Without one, the rule is disabled.
func withCostThreshold(spec alert.Spec, threshold *float64) (alert.Spec, error) {
	on := threshold != nil
	spec.Enabled = &on
	if !on {
		return spec, nil
	}
	if math.IsNaN(*threshold) || math.IsInf(*threshold, 0) || *threshold < 0 {
		return spec, fmt.Errorf("cost_threshold_usd: %v: must be a number of dollars, 0 or more", *threshold)
	}
	spec.Condition = `attributes["cost_usd"] > ` + strconv.FormatFloat(*threshold, 'f', -1, 64)
	return spec, nil
}

// override sets keys of a rule.
func override(spec *alert.Spec, keys map[string]any) error {
	if _, ok := keys["name"]; ok {
		return errors.New("name: must not be changed (a rule of another name belongs in rules)")
	}
	return confmap.NewFromStringMap(keys).Unmarshal(spec)
}
