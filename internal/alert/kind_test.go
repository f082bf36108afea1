package alert

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// TestKindsAreComplete checks that a kind has all its parts: settings in Spec with an entry
// in kinds, documentation, a valid example, a description of every key, and every
// expression declared and compiled. TestKindsFire and the stories check that it fires.
func TestKindsAreComplete(t *testing.T) {
	keys := map[string]bool{}
	for _, k := range kinds {
		require.False(t, keys[k.Key], "%s: is in kinds twice", k.Key)
		keys[k.Key] = true
		t.Run(k.Key, func(t *testing.T) {
			require.True(t, k.settings(&Spec{}).IsValid(), "has no field in Spec")
			require.NotEmpty(t, k.Fires, "has no documentation: Fires")
			require.NotNil(t, k.compile)
			spec := exampleOf(t, k)
			require.True(t, k.IsSet(&spec), "the example does not set it")
			_, err := Compile([]Spec{spec}, func(string) Compiler { return noCompiler{} })
			require.NoError(t, err, "the example is not valid")
			checkKeys(t, k)
		})
	}
	for field := range reflect.TypeFor[Spec]().Fields() {
		if key := field.Tag.Get("mapstructure"); field.Type.Kind() == reflect.Pointer && field.Type.Elem().Kind() == reflect.Struct {
			require.True(t, keys[key], "%s: is in Spec and not in kinds", key)
			require.Equal(t, key+",omitempty", field.Tag.Get("yaml"))
		}
	}
}

// exampleOf returns a rule with the example of a kind, and what the kind needs of the
// common keys.
func exampleOf(t *testing.T, k *Kind) Spec {
	t.Helper()
	text := "- {name: example, severity: info, group_by: [user]"
	if k.window {
		text += ", window: 1h"
	}
	specs, err := Parse([]byte(text + ", " + k.Key + ": " + k.Example + "}"))
	require.NoError(t, err)
	return specs[0]
}

// checkKeys checks that the keys of a kind are those of its settings, and that those which
// hold expressions are compiled as such, and no others.
func checkKeys(t *testing.T, k *Kind) {
	t.Helper()
	var names []string
	for _, key := range k.Keys {
		names = append(names, key.Name)
		require.NotEmpty(t, key.Doc, "%s: has no documentation", key.Name)
		require.NotEmpty(t, key.Value, "%s: has no type", key.Name)
		isExpression := slices.Contains([]string{typeCondition, typeName, typeAttribute, typeExpression}, key.Value)
		require.Equal(t, isExpression, isCompiled(t, k, key.Name),
			"%s: is declared as %s, and its value is compiled as an expression, or not: they must agree", key.Name, key.Value)
	}
	settings := k.settings(&Spec{}).Type()
	if settings.Kind() == reflect.Pointer {
		require.ElementsMatch(t, yamlKeys(settings.Elem()), names, "Keys are not those of %v", settings.Elem())
	} else {
		require.Empty(t, names)
	}
}

func yamlKeys(settings reflect.Type) (keys []string) {
	for field := range settings.Fields() {
		if field.Anonymous {
			keys = append(keys, yamlKeys(field.Type)...)
			continue
		}
		key, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		keys = append(keys, key)
	}
	return keys
}

// isCompiled reports whether a text in a key of a kind is compiled as an expression, with
// the keys of the example or alone.
func isCompiled(t *testing.T, k *Kind, key string) bool {
	t.Helper()
	const marker = "(marker)"
	var example map[string]any
	if len(k.Keys) > 0 {
		require.NoError(t, yaml.Unmarshal([]byte(k.Example), &example))
	}
	for _, keys := range []map[string]any{example, {}} {
		for _, value := range []any{marker, []any{marker, marker}} {
			keys[key] = value
			text, err := yaml.Marshal([]any{map[string]any{"name": "example", k.Key: keys}})
			require.NoError(t, err)
			specs, err := Parse(text)
			if err != nil {
				continue // the key is of another type
			}
			if slices.ContainsFunc(specs[0].Expressions(), func(e Expression) bool {
				return e.Text == marker && strings.HasPrefix(e.Key, k.Key+"::"+key)
			}) {
				return true
			}
		}
	}
	return false
}

// TestKindsFire checks that the rules of zoo are of all kinds, and that each fires.
func TestKindsFire(t *testing.T) {
	specs, fired := zoo(), map[string]bool{}
	r := newRig(t, specs...)
	var out []Alert
	for i := range 200 {
		user := string(rune('a' + i%2)) // of whom b costs more, and both use more over time
		name := []string{"Read", "Bash", "Write"}[min(2, i%(1+i/60))]
		attrs := attributes{"user.id": user, "tool_name": name, "prompt.id": "p", "cost_usd": float64(1 + 9*(i%2)), "success": i%2 == 0}
		for range 1 + i/150*20 {
			out = append(out, r.send("tool_result", 0, attrs)...)
		}
		out = append(out, r.pass(5*60e9)...)
	}
	out = append(out, r.pass(60*60e9)...)
	for _, a := range out {
		fired[a.Rule.Name] = true
	}
	for k := range Kinds() {
		i := slices.IndexFunc(specs, func(s Spec) bool { return k.IsSet(&s) })
		if k == &eachKind {
			i = 0
		}
		require.GreaterOrEqual(t, i, 0, "%s: zoo has no rule of this kind", k.Key)
		require.True(t, fired[fmt.Sprintf("rule_%d", i)], "%s: does not fire", k.Key)
	}
}
