package coworkrulesconnector

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/alert"
)

var _ confmap.Unmarshaler = (*Config)(nil)

// Unmarshal reads settings. What decoding says of a rule that is not of its form is in
// words of Go, and what it reads as nothing at all is worse: a kind with nothing below it
// would make the rule one that fires at every event.
func (c *Config) Unmarshal(conf *confmap.Conf) error {
	var errs []error
	rules, _ := conf.Get("rules").([]any)
	for i, rule := range rules {
		errs = append(errs, formOf(fmt.Sprintf("rules::%v", nameOf(rule, i)), rule, true)...)
	}
	overrides, _ := conf.Get("overrides").(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(overrides)) {
		errs = append(errs, formOf("overrides::"+name, overrides[name], false)...)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return conf.Unmarshal(c)
}

// nameOf is what a rule is called in errors.
func nameOf(rule any, i int) any {
	if keys, ok := rule.(map[string]any); ok {
		if name, ok := keys["name"].(string); ok && bare.MatchString(name) {
			return name
		}
	}
	return i
}

// formOf says what is not of the form of a rule. A whole one says how much is too much.
func formOf(where string, rule any, whole bool) []error {
	keys, ok := rule.(map[string]any)
	if !ok {
		return []error{fmt.Errorf("%s: must be a rule: keys, such as name, with their values", where)}
	}
	return form{whole}.check(where, keys, reflect.TypeFor[alert.Spec]())
}

// A form compares settings with what they are read into.
type form struct{ whole bool }

func (f form) check(where string, keys map[string]any, into reflect.Type) (errs []error) {
	known := fieldsOf(into)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		at := where + "::" + key
		if t, ok := known[key]; !ok {
			errs = append(errs, fmt.Errorf("%s: is no key (must be of %s)", at, strings.Join(slices.Sorted(maps.Keys(known)), ", ")))
		} else {
			errs = append(errs, f.value(at, keys[key], t)...)
		}
	}
	if _, set := keys["above"]; known["above"] != nil && !set && f.whole && into != reflect.TypeFor[alert.ScheduleSpec]() {
		errs = append(errs, fmt.Errorf("%s::above: must be set: how much is too much", where))
	}
	return errs
}

// fieldsOf returns the keys of a struct, and what each is read into.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for field := range t.Fields() {
		if field.Anonymous {
			maps.Copy(fields, fieldsOf(field.Type))
		} else {
			fields[field.Tag.Get("mapstructure")] = field.Type
		}
	}
	return fields
}

// value says what is wrong with one. Texts are left to decoding, which takes numbers for
// them where they are of the environment.
func (f form) value(at string, value any, into reflect.Type) []error {
	kindOfRule := into.Kind() == reflect.Pointer && into.Elem().Kind() == reflect.Struct
	if strings.HasSuffix(at, "::absent") && isZero(value) {
		return []error{fmt.Errorf("%s: %v: must be positive, such as 30m", at, value)}
	}
	if value == nil && (kindOfRule || strings.HasSuffix(at, "::absent")) && f.whole {
		return []error{fmt.Errorf("%s: must have something below it, or be taken out", at)}
	}
	if keys, ok := value.(map[string]any); ok && kindOfRule {
		return f.check(at, keys, into.Elem())
	}
	want, right := shapes[shapeOf(into)], true
	if want.fits != nil && value != nil {
		right = want.fits(value)
	}
	if right {
		return nil
	}
	return []error{fmt.Errorf("%s: must be %s", at, want.text)}
}

// shapeOf returns what a type is to those who write it.
func shapeOf(t reflect.Type) reflect.Kind {
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return reflect.Int64
	case t.Kind() == reflect.Pointer:
		return t.Elem().Kind()
	}
	return t.Kind()
}

// A shape is what a value must look like.
type shape struct {
	text string
	fits func(any) bool
}

var shapes = map[reflect.Kind]shape{
	reflect.Int64:   {"a time with its unit, such as 30s, 15m or 24h", isTime},
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

// isTime reports whether a value is a time of a unit that says something: a number alone
// would be nanoseconds.
func isTime(v any) bool {
	text, ok := v.(string)
	if !ok {
		return v == 0
	}
	d, err := time.ParseDuration(text)
	return err == nil && (d <= 0 || d >= time.Millisecond)
}

func isZero(v any) bool {
	text, _ := v.(string)
	d, err := time.ParseDuration(text)
	return v == 0 || err == nil && d == 0
}
