package coworkrulesconnector

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/alert"
)

// checkForm checks the types of all keys of rules and overrides before they are decoded.
// The errors of decoding name Go types, and a key of a kind without a value would be
// decoded to a rule that fires at every event.
func checkForm(conf *confmap.Conf) error {
	var errs []error
	rules, _ := conf.Get("rules").([]any)
	for i, rule := range rules {
		errs = append(errs, form{complete: true}.checkRule("rules::"+nameInErrors(rule, i), rule)...)
	}
	overrides, _ := conf.Get("overrides").(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(overrides)) {
		errs = append(errs, form{}.checkRule("overrides::"+name, overrides[name])...)
	}
	return errors.Join(errs...)
}

var printableName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*$`)

// nameInErrors returns the name of a rule, or its place in the list if the name is not
// printable: #2 is the second rule of the file.
func nameInErrors(rule any, i int) string {
	if keys, ok := rule.(map[string]any); ok {
		if name, ok := keys["name"].(string); ok && printableName.MatchString(name) {
			return name
		}
	}
	return alert.Place(i + 1)
}

// A form checks keys and values against the type that they are decoded to.
type form struct {
	complete bool // a rule, and not an override, which may leave keys out
}

func (f form) checkRule(where string, rule any) []error {
	keys, ok := rule.(map[string]any)
	if !ok {
		return []error{fmt.Errorf("%s: must be a rule: keys, such as name, with their values", where)}
	}
	return f.checkKeys(where, keys, reflect.TypeFor[alert.Spec](), func(key string) *alert.Kind {
		for kind := range alert.Kinds() {
			if kind.Key == key {
				return kind
			}
		}
		return nil
	})
}

// checkKeys checks keys that are decoded to a struct. Some of them select a kind of rules.
func (f form) checkKeys(where string, keys map[string]any, into reflect.Type, kindOf func(key string) *alert.Kind) (errs []error) {
	known := fieldsOf(into)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		at := where + "::" + key
		if t, ok := known[key]; !ok {
			errs = append(errs, fmt.Errorf("%s: is no key (must be of %s)", at, strings.Join(slices.Sorted(maps.Keys(known)), ", ")))
		} else if kind := kindOf(key); kind != nil {
			errs = append(errs, f.checkKind(at, keys[key], t, kind)...)
		} else {
			errs = append(errs, checkValue(at, keys[key], t)...)
		}
	}
	return errs
}

// checkKind checks the value of a key that selects a kind.
func (f form) checkKind(at string, value any, into reflect.Type, kind *alert.Kind) []error {
	keys, hasKeys := value.(map[string]any)
	switch {
	case len(kind.Keys) == 0 && isZero(value):
		return []error{fmt.Errorf("%s: %v: must be positive, such as %s", at, value, kind.Example)}
	case value == nil && f.complete:
		return []error{fmt.Errorf("%s: must have something below it, or be taken out", at)}
	case len(kind.Keys) == 0 || !hasKeys:
		return checkValue(at, value, into)
	}
	errs := f.checkKeys(at, keys, into.Elem(), func(string) *alert.Kind { return nil })
	for _, key := range kind.Keys {
		if _, set := keys[key.Name]; key.Missing != "" && !set && f.complete {
			errs = append(errs, fmt.Errorf("%s::%s: must be set: %s", at, key.Name, key.Missing))
		}
	}
	return errs
}

// fieldsOf returns the keys of a struct with the types that their values are decoded to.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for field := range t.Fields() {
		if field.Tag.Get("mapstructure") == "-" {
			continue
		}
		if field.Anonymous {
			maps.Copy(fields, fieldsOf(field.Type))
		} else {
			fields[field.Tag.Get("mapstructure")] = field.Type
		}
	}
	return fields
}

// checkValue checks the form of a value. Numbers are accepted as texts: environment
// variables can be such.
func checkValue(at string, value any, into reflect.Type) []error {
	want := shapes[shapeOf(into)]
	if value == nil || want.fits == nil || want.fits(value) {
		return nil
	}
	return []error{fmt.Errorf("%s: must be %s", at, want.text)}
}

// shapeOf returns the key of a type in shapes.
func shapeOf(t reflect.Type) reflect.Kind {
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return reflect.Int64
	case t.Kind() == reflect.Pointer:
		return t.Elem().Kind()
	}
	return t.Kind()
}

// A shape is a form of values.
type shape struct {
	text string
	fits func(any) bool
}

var shapes = map[reflect.Kind]shape{
	reflect.Int64:   {"a time with its unit, such as 30s, 15m, 24h or 7d", isTime},
	reflect.Float64: {"a number", isNumber},
	reflect.Int:     {"a whole number", isNumber},
	reflect.Bool:    {"true or false", is[bool]},
	reflect.Slice:   {"a list, such as [a, b]", func(v any) bool { return !is[map[string]any](v) && (is[[]any](v) || is[string](v)) }},
	reflect.Map:     {"names with their values, such as {team: platform}", is[map[string]any]},
	reflect.Struct:  {"keys with their values, such as {above: 5}", is[map[string]any]},
	reflect.String:  {"a text", func(v any) bool { return !is[map[string]any](v) && !is[[]any](v) }},
}

func is[T any](v any) bool { _, ok := v.(T); return ok }

func isNumber(v any) bool { return is[int](v) || is[int64](v) || is[uint64](v) || is[float64](v) }

// isTime reports whether a value is a duration with a unit. A number without a unit would
// be nanoseconds, so durations below a millisecond are not accepted either.
func isTime(v any) bool {
	text, ok := v.(string)
	if !ok {
		return v == 0
	}
	d, err := alert.ParseDuration(text)
	return err == nil && (d <= 0 || d >= time.Millisecond)
}

func isZero(v any) bool {
	text, _ := v.(string)
	d, err := alert.ParseDuration(text)
	return v == 0 || err == nil && d == 0
}
