package main

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// TestDurationsWithoutUnit plants a number in each duration of each component of this
// module. The decoder would read it as nanoseconds.
func TestDurationsWithoutUnit(t *testing.T) {
	configs := defaultConfigs(t)
	own := slices.DeleteFunc(slices.Sorted(maps.Keys(configs)), func(where string) bool { return !strings.Contains(where, "::cowork_") })
	for _, value := range []any{5, "5", 5.5} {
		sections, want := map[string]map[string]any{}, []string{}
		for _, where := range own {
			section, name, _ := strings.Cut(where, "::")
			if sections[section] == nil {
				sections[section] = map[string]any{}
			}
			for _, key := range keysOf(reflect.TypeOf(configs[where]), nil) {
				if key.typ != reflect.TypeFor[time.Duration]() {
					continue
				}
				planted := value
				for _, k := range slices.Backward(key.path) {
					planted = map[string]any{k: planted}
				}
				id := name + "/" + strings.Join(key.path, "_")
				sections[section][id] = planted
				want = append(want, section+"::"+id+": "+strings.Join(key.path, "::")+": ")
			}
		}
		require.Greater(t, len(want), 20)
		data, err := yaml.Marshal(sections)
		require.NoError(t, err)
		r := checkAll(t, smallest, "yaml:"+string(data))
		errors := r.Err().Error()
		for _, where := range want {
			shown := fmt.Sprint(value)
			assert.Contains(t, errors, where+shown+" has no unit (write "+shown+"s or "+shown+"m)")
		}
	}
}

// TestRuleDurationsWithoutUnit plants numbers in the durations of rules and budgets, which
// have a form of their own.
func TestRuleDurationsWithoutUnit(t *testing.T) {
	for _, yaml := range []string{
		"window: 5", `window: "5"`, "window: 300.5", "for: 5", "keep_firing_for: 5", "resolve_after: 5",
	} {
		r := check(t, "connectors: {cowork_rules: {rules: [{name: slow, severity: info, message: m, events: [tool_result], count: {above: 3}, "+yaml+"}]}}")
		require.Error(t, r.Err(), yaml)
		key, _, _ := strings.Cut(yaml, ":")
		require.Contains(t, r.Err().Error(), key, yaml)
		require.Contains(t, r.Err().Error(), "must be a time with its unit, such as ", yaml)
	}
}
