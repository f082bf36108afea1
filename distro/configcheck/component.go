package configcheck

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
)

// checkComponent decodes and validates one component. Keys that cannot be decoded are
// reported and removed, so that the rest is decoded and validated.
func (c *checker) checkComponent(where string, conf *confmap.Conf, newConfig func() component.Config) {
	cfg, failed := decode(conf, newConfig())
	w := typeChecker{checker: c, where: where, strict: failed != nil, decodes: func(path []string, value any) bool {
		_, err := decode(confmap.NewFromStringMap(nest(path, value)), newConfig())
		return err == nil
	}}
	w.visit(nil, conf.ToStringMap(), reflect.ValueOf(newConfig()))
	for _, f := range w.found {
		c.addError(where, "%s", f.String())
	}
	for _, path := range w.bad {
		conf.Delete(strings.Join(path, delimiter))
	}
	if len(w.bad) > 0 {
		cfg, failed = decode(conf, newConfig())
	}
	if failed != nil {
		c.isolate(&w, conf, newConfig, failed)
		cfg, failed = decode(conf, newConfig())
	}
	if failed != nil {
		return
	}
	c.decoded[where] = cfg
	c.Secrets.AddDecoded(cfg)
	for _, text := range messages(validate(cfg)) {
		if !w.explains(text) {
			c.addError(where, "%s", text)
		}
	}
}

// isolate reports the keys of a component that cannot be decoded alone, and removes them.
// Of a list or a map it removes the elements.
func (c *checker) isolate(w *typeChecker, conf *confmap.Conf, newConfig func() component.Config, failed error) {
	report, where := len(w.found) == 0, w.where
	alone := func(key string, value any) error {
		_, err := decode(confmap.NewFromStringMap(map[string]any{key: value}), newConfig())
		return err
	}
	for key, value := range conf.ToStringMap() {
		err := alone(key, value)
		if err == nil {
			continue
		}
		report = false
		for _, text := range messages(err) {
			c.addError(where, "%s", text)
		}
		removed := len(w.bad)
		if m, ok := value.(map[string]any); ok {
			for name, element := range m {
				if alone(key, map[string]any{name: element}) != nil {
					conf.Delete(key + delimiter + name)
					w.bad = append(w.bad, []string{key, name})
				}
			}
		}
		if len(w.bad) > removed {
			continue
		}
		conf.Delete(key)
		w.bad = append(w.bad, []string{key})
		if list, ok := value.([]any); ok {
			kept := slices.DeleteFunc(slices.Clone(list), func(element any) bool { return alone(key, []any{element}) != nil })
			_ = conf.Merge(confmap.NewFromStringMap(map[string]any{key: kept}))
		}
	}
	if report {
		for _, text := range messages(failed) {
			c.addError(where, "%s", text)
		}
	}
}

// decode decodes a configuration onto the defaults, as the collector does. A panic of a
// component is an error.
func decode(conf *confmap.Conf, cfg component.Config) (_ component.Config, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("cannot be decoded")
		}
	}()
	err = conf.Unmarshal(&cfg)
	return cfg, err
}

// validate is confmap.Validate. A panic of a component is an error.
func validate(cfg component.Config) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("cannot be validated")
		}
	}()
	return confmap.Validate(cfg)
}

// nest returns a map that has a value at a path, with a list for each index.
func nest(path []string, value any) map[string]any {
	for i := len(path) - 1; i > 0; i-- {
		if isIndex(path[i]) {
			value = []any{value}
		} else {
			value = map[string]any{path[i]: value}
		}
	}
	return map[string]any{path[0]: value}
}

func isIndex(key string) bool {
	return key != "" && strings.Trim(key, "0123456789") == ""
}
