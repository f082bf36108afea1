package coworkrulesconnector

import (
	"maps"
	"reflect"
	"time"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/alert"
)

// decodeDays returns a configuration whose durations with days and weeks are written in
// hours, which the decoder reads.
func decodeDays(conf *confmap.Conf) *confmap.Conf {
	section := inHours(conf.ToStringMap(), reflect.TypeFor[Config]()).(map[string]any)
	if overrides, ok := section["overrides"].(map[string]any); ok {
		for name, keys := range overrides {
			overrides[name] = inHours(keys, reflect.TypeFor[alert.Spec]())
		}
	}
	return confmap.NewFromStringMap(section)
}

// inHours returns a value with its durations in hours. The type is the one that it is
// decoded to. A value of another form is returned as it is: the decoder reports it.
func inHours(value any, into reflect.Type) any {
	if into.Kind() == reflect.Pointer {
		into = into.Elem()
	}
	switch v := value.(type) {
	case string:
		if d, err := alert.ParseDuration(v); err == nil && into == reflect.TypeFor[time.Duration]() {
			return d.String()
		}
	case []any:
		if into.Kind() != reflect.Slice {
			return value
		}
		list := make([]any, len(v))
		for i := range v {
			list[i] = inHours(v[i], into.Elem())
		}
		return list
	case map[string]any:
		if into.Kind() != reflect.Struct {
			return value
		}
		keys := maps.Clone(v)
		for key, field := range fieldsOf(into) {
			if under, ok := keys[key]; ok {
				keys[key] = inHours(under, field)
			}
		}
		return keys
	}
	return value
}
