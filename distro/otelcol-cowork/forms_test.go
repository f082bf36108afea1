package main

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// wrongForms are values of all forms. Each key accepts some of them.
var wrongForms = []any{"many", 5, -1.5, true, []any{"x", 5}, map[string]any{"no_such_key": "x"}}

// TestWrongForms plants values of the wrong form in each key of each shipped component. The
// check reports them in words, and accepts what the collector accepts.
func TestWrongForms(t *testing.T) {
	configs := defaultConfigs(t)
	keys, errors, seen := 0, 0, map[string]bool{}
	for _, where := range slices.Sorted(maps.Keys(configs)) {
		typ := reflect.TypeOf(configs[where]).String()
		if seen[typ] {
			continue // a component with two names
		}
		seen[typ] = true
		section, name, _ := strings.Cut(where, "::")
		// One configuration for each form, with all keys of the component as components of
		// their own, takes a fraction of the time.
		forms := wrongForms
		if !strings.HasPrefix(name, "cowork_") {
			forms = []any{"many", 5, wrongForms[len(wrongForms)-1]}
		}
		for _, form := range forms {
			named := map[string]any{}
			for _, key := range keysOf(reflect.TypeOf(configs[where]), nil) {
				value := form
				for _, k := range slices.Backward(key.path) {
					value = map[string]any{k: value}
				}
				named[name+"/"+strings.Join(key.path, "_")] = value
				keys++
			}
			data, err := yaml.Marshal(map[string]any{section: named})
			require.NoError(t, err)
			for _, p := range checkAll(t, smallest, "yaml:"+string(data)).Errors {
				errors++
				assert.NotRegexp(t, goWords, p.Text, p.Where)
			}
		}
	}
	require.Greater(t, keys, 500)
	require.Greater(t, errors, 500)
}
