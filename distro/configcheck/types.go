package configcheck

import (
	"cmp"
	"encoding"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/confmap"
)

// A typeChecker compares the values of one component with the types that they are decoded to.
// The decoder decides: a value that it accepts is not reported, except a duration without
// a unit.
type typeChecker struct {
	*checker
	where   string
	strict  bool // the component cannot be decoded
	decodes func(path []string, value any) bool

	found []finding
	bad   [][]string // the keys to remove
}

// A finding is a value that is wrong.
type finding struct {
	path []string
	text string
}

func (f finding) String() string {
	if len(f.path) == 0 {
		return f.text
	}
	return strings.Join(f.path, delimiter) + ": " + f.text
}

// report stores a finding if the decoder rejects the value too.
func (w *typeChecker) report(path []string, value any, text string) {
	if !w.strict || (len(path) > 0 && w.decodes(path, value)) {
		return
	}
	w.reportAlways(path, text)
}

func (w *typeChecker) reportAlways(path []string, text string) {
	path = slices.Clone(path)
	w.found = append(w.found, finding{path, text})
	if i := slices.IndexFunc(path, isIndex); i > 0 {
		path = path[:i] // an element cannot be removed alone
	}
	if len(path) > 0 {
		w.bad = append(w.bad, path)
	}
}

// explains reports whether an error of validation is about a key that was removed.
func (w *typeChecker) explains(text string) bool {
	return slices.ContainsFunc(w.bad, func(path []string) bool {
		key := strings.Join(path, delimiter)
		return strings.HasPrefix(text, key+":") || regexp.MustCompile(`\b`+regexp.QuoteMeta(strings.TrimSuffix(path[len(path)-1], "s"))+`s?\b`).MatchString(text)
	})
}

var (
	durationType = reflect.TypeFor[time.Duration]()
	textType     = reflect.TypeFor[encoding.TextUnmarshaler]()

	unmarshalerType = reflect.TypeFor[confmap.Unmarshaler]()
)

// visit compares a value with a type. The defaults are the value that the type has before
// decoding; they are examples in messages.
func (w *typeChecker) visit(path []string, value any, defaults reflect.Value) {
	for defaults.Kind() == reflect.Interface && !defaults.IsNil() {
		defaults = defaults.Elem()
	}
	if defaults.Kind() == reflect.Pointer {
		if defaults.IsNil() {
			defaults = reflect.New(defaults.Type().Elem())
		}
		w.visit(path, value, defaults.Elem())
		return
	}
	if !defaults.IsValid() || value == nil || checksItself(defaults.Type()) || isForeign(defaults.Type()) {
		return
	}
	if inner, ok := optional(defaults); ok {
		if m, isMap := value.(map[string]any); isMap {
			value = without(m, "enabled")
		}
		w.visit(path, value, inner)
		return
	}
	t := defaults.Type()
	switch {
	case t == durationType:
		w.visitDuration(path, value, defaults)
	case reflect.PointerTo(t).Implements(textType):
		w.visitText(path, value)
	case t.Kind() == reflect.Interface:
		// The component's own form: its error is the best one.
	case t.Kind() == reflect.Struct:
		w.visitStruct(path, value, defaults)
	case t.Kind() == reflect.Map:
		w.visitMap(path, value, t)
	case t.Kind() == reflect.Slice:
		w.visitList(path, value, t)
	default:
		w.visitScalar(path, value, defaults)
	}
}

// checksItself reports whether a type has a check of its own form with better messages.
func checksItself(t reflect.Type) bool {
	return strings.HasSuffix(t.PkgPath(), "/internal/alert")
}

// isForeign reports whether a struct has keys of another decoder, such as the scrape_configs of
// Prometheus: the names of its fields are no keys.
func isForeign(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for f := range t.Fields() {
		if _, ours := f.Tag.Lookup(confmap.MapstructureTag); ours {
			return false
		}
	}
	return slices.ContainsFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool {
		_, yaml := f.Tag.Lookup("yaml")
		return yaml
	})
}

// optional returns the value of a configoptional.Optional, or its zero value.
func optional(v reflect.Value) (reflect.Value, bool) {
	t := v.Type()
	if t.Kind() != reflect.Struct || !strings.HasPrefix(t.Name(), "Optional[") || !strings.HasSuffix(t.PkgPath(), "/configoptional") {
		return v, false
	}
	fresh := reflect.New(t) // GetOrInsertDefault changes its receiver
	fresh.Elem().Set(v)
	get := fresh.MethodByName("GetOrInsertDefault")
	if inner := get.Type().Out(0).Elem(); inner.Kind() != reflect.Struct {
		return reflect.Zero(inner), true // the method is for structs
	}
	return get.Call(nil)[0].Elem(), true
}

func without(m map[string]any, key string) map[string]any {
	m = maps.Clone(m)
	delete(m, key)
	return m
}

func (w *typeChecker) visitStruct(path []string, value any, defaults reflect.Value) {
	known, open := fieldsOf(defaults)
	keys, ok := value.(map[string]any)
	if !ok {
		w.report(path, value, "expected keys with values, such as "+strings.Join(firstOf(slices.Sorted(maps.Keys(known)), 3), ", ")+", got "+kindOf(value))
		return
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		at := append(slices.Clone(path), key)
		if field, ok := known[key]; ok {
			w.visit(at, keys[key], field)
		} else if !open {
			hint := suggest(key, slices.Sorted(maps.Keys(known)))
			if w.where == "service" && len(path) == 0 {
				hint = cmp.Or(serviceHint(key), hint)
			}
			w.report(at, keys[key], "unknown key"+hint)
		}
	}
}

// fieldsOf returns the fields of a struct by key, and whether it accepts other keys.
func fieldsOf(v reflect.Value) (fields map[string]reflect.Value, open bool) {
	fields = map[string]reflect.Value{}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name, options, _ := strings.Cut(field.Tag.Get(confmap.MapstructureTag), ",")
		switch {
		case !field.IsExported():
		case name == "-":
			if reflect.PointerTo(v.Type()).Implements(unmarshalerType) {
				fields[strings.ToLower(field.Name)] = reflect.Value{} // the component decodes it itself
			}
		case strings.Contains(options, "remain"):
			open = true
		case strings.Contains(options, "squash"):
			inner := v.Field(i)
			for inner.Kind() == reflect.Pointer {
				if inner.IsNil() {
					inner = reflect.New(inner.Type().Elem())
				}
				inner = inner.Elem()
			}
			if value, ok := optional(inner); ok {
				inner = value
			}
			if inner.Kind() != reflect.Struct {
				open = true
				continue
			}
			more, otherKeys := fieldsOf(inner)
			maps.Copy(fields, more)
			open = open || otherKeys
		default:
			if name == "" {
				name = strings.ToLower(field.Name)
			}
			fields[name] = v.Field(i)
		}
	}
	return fields, open
}

func (w *typeChecker) visitMap(path []string, value any, t reflect.Type) {
	keys, ok := value.(map[string]any)
	if !ok {
		w.report(path, value, "expected names with values, such as name: value, got "+kindOf(value))
		return
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		w.visit(append(slices.Clone(path), key), keys[key], reflect.New(t.Elem()).Elem())
	}
}

func (w *typeChecker) visitList(path []string, value any, t reflect.Type) {
	list, ok := value.([]any)
	if !ok {
		form := "a list such as [a, b]"
		if t.Name() == "MapList" { // a list of names and values, which can be written as keys
			form = "names with values, such as name: value"
		}
		w.report(path, value, "expected "+form+", got "+kindOf(value))
		return
	}
	for i, element := range list {
		w.visit(append(slices.Clone(path), fmt.Sprint(i)), element, reflect.New(t.Elem()).Elem())
	}
}

func firstOf[E any](list []E, n int) []E { return list[:min(n, len(list))] }
