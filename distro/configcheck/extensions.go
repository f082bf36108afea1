package configcheck

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
)

var idType = reflect.TypeFor[component.ID]()

// checkExtensions reports keys of components in use, such as storage, authenticator and
// middlewares, that name an extension which does not run.
func checkExtensions(c *checker) {
	declared, _ := c.conf.Get("extensions").(map[string]any)
	for where, cfg := range c.inUse() {
		visitConfig(reflect.ValueOf(cfg), nil, func(path []string, v reflect.Value) bool {
			if v.Type() != idType {
				return true
			}
			id := v.Interface().(component.ID).String()
			_, known := declared[id]
			switch {
			case v.IsZero() || slices.Contains(c.service.extensions, id):
			case known:
				c.addError(where, "%s: extension %q does not run (add it to service::extensions)", strings.Join(path, delimiter), id)
			default:
				c.addError(where, "%s: extension %q is not declared%s", strings.Join(path, delimiter), id, suggest(id, slices.Sorted(maps.Keys(declared))))
			}
			return false
		})
	}
}

// visitConfig calls a function for the structs of a decoded configuration, with their
// keys. It visits the fields of a struct for which the function returns true.
func visitConfig(v reflect.Value, path []string, visit func(path []string, v reflect.Value) bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			visitConfig(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visitConfig(v.Index(i), append(slices.Clone(path), fmt.Sprint(i)), visit)
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			visitConfig(value, append(slices.Clone(path), fmt.Sprint(key)), visit)
		}
	case reflect.Struct:
		if inner, ok := chosen(v); ok {
			if inner.IsValid() {
				visitConfig(inner, path, visit)
			}
			return
		}
		if !visit(path, v) {
			return
		}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() {
				continue
			}
			name, options, _ := strings.Cut(field.Tag.Get(confmap.MapstructureTag), ",")
			at := path
			if !strings.Contains(options, "squash") {
				at = append(slices.Clone(path), name)
			}
			visitConfig(v.Field(i), at, visit)
		}
	}
}

// chosen returns the value of a configoptional.Optional, which is invalid if it has none.
func chosen(v reflect.Value) (reflect.Value, bool) {
	if _, ok := optional(v); !ok {
		return reflect.Value{}, false
	}
	if !v.MethodByName("HasValue").Call(nil)[0].Bool() {
		return reflect.Value{}, true
	}
	inner, _ := optional(v)
	return inner, true
}
