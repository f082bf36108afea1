package main

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.yaml.in/yaml/v3"
)

const canary = "canary-0123456789"

// secretValues are values that no message contains, in the form that a key has and in
// forms that it has not.
var secretValues = []any{
	canary,
	"https://" + canary + ":" + canary + "@host.example/" + canary + "?x=" + canary,
	map[string]any{"authorization": canary},
	[]any{canary, map[string]any{"key": "x", "value": canary}},
}

// smallest is a configuration that starts.
const smallest = "yaml:{receivers: {otlp: {protocols: {grpc: }}}, exporters: {debug: }, service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}}"

// isSecret reports whether a key holds a secret: an opaque value, a header, or a URL.
func isSecret(key string, t reflect.Type) bool {
	return strings.Contains(t.String(), "configopaque.") || strings.HasSuffix(key, "headers") || strings.HasSuffix(key, "endpoint") ||
		strings.HasSuffix(key, "url") || strings.HasSuffix(key, "password") || strings.HasSuffix(key, "token")
}

// TestSecretsInMessages plants canaries in each key of each shipped component that holds a
// secret. No error or warning contains one, and none has the words of the implementation.
func TestSecretsInMessages(t *testing.T) {
	configs := defaultConfigs(t)
	planted, errors, seen := 0, 0, map[string]bool{}
	for _, where := range slices.Sorted(maps.Keys(configs)) {
		section, name, _ := strings.Cut(where, "::")
		typ := section + reflect.TypeOf(configs[where]).String()
		if seen[typ] {
			continue // a component with two names
		}
		seen[typ] = true
		for _, key := range keysOf(reflect.TypeOf(configs[where]), nil) {
			if !isSecret(key.path[len(key.path)-1], key.typ) {
				continue
			}
			for _, value := range secretValues {
				if value == any(canary) && strings.HasSuffix(key.path[len(key.path)-1], "endpoint") {
					continue // a host is no secret
				}
				planted++
				errors += checkPlanted(t, section, name, key.path, value)
			}
		}
	}
	require.Greater(t, planted, 200)
	require.Greater(t, errors, 100, "values of the wrong form are reported")
}

// defaultConfigs returns the default configurations of all components, by section and type.
func defaultConfigs(t *testing.T) map[string]component.Config {
	t.Helper()
	factories, err := components()
	require.NoError(t, err)
	configs := map[string]component.Config{}
	addConfigs(configs, "receivers", factories.Receivers)
	addConfigs(configs, "processors", factories.Processors)
	addConfigs(configs, "exporters", factories.Exporters)
	addConfigs(configs, "connectors", factories.Connectors)
	addConfigs(configs, "extensions", factories.Extensions)
	return configs
}

func addConfigs[F component.Factory](to map[string]component.Config, section string, factories map[component.Type]F) {
	for typ, f := range factories {
		to[section+"::"+typ.String()] = f.CreateDefaultConfig()
	}
}

// checkPlanted checks a configuration with one value planted, and returns the number of its
// errors.
func checkPlanted(t *testing.T, section, name string, path []string, value any) int {
	t.Helper()
	for _, key := range slices.Backward(path) {
		value = map[string]any{key: value}
	}
	data, err := yaml.Marshal(map[string]any{section: map[string]any{name: value}})
	require.NoError(t, err)
	r := checkAll(t, smallest, "yaml:"+string(data))
	for _, p := range append(r.Errors, r.Warnings...) {
		assert.NotContains(t, p.String(), "canary", "%s", data)
		assert.NotRegexp(t, goWords, p.String(), "%s", data)
	}
	return len(r.Errors)
}

// A typedKey is a key of a component with the type that its value is decoded to.
type typedKey struct {
	path []string
	typ  reflect.Type
}

// keysOf returns the keys of a configuration struct, at any depth.
func keysOf(typ reflect.Type, path []string) (keys []typedKey) {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if strings.HasPrefix(typ.Name(), "Optional[") {
		typ = reflect.PointerTo(typ)
		get, _ := typ.MethodByName("Get")
		return keysOf(get.Type.Out(0), path)
	}
	const deepest = 6
	if typ.Kind() != reflect.Struct || len(path) > deepest {
		return nil
	}
	for field := range typ.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("mapstructure"), ",")
		switch {
		case !field.IsExported() || name == "-":
		case strings.Contains(options, "squash"):
			keys = append(keys, keysOf(field.Type, path)...)
		case name != "":
			at := append(slices.Clone(path), name)
			keys = append(keys, typedKey{at, field.Type})
			keys = append(keys, keysOf(field.Type, at)...)
		}
	}
	return keys
}
