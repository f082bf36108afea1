package secrets

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// A Log removes secrets from log entries. Its secrets can be replaced at any time. It is
// safe for concurrent use. The zero value removes nothing.
type Log struct {
	replacer atomic.Pointer[strings.Replacer]
}

// Use sets the secrets to remove.
func (l *Log) Use(s *Set) { l.replacer.Store(s.Replacer()) }

// Clean returns a text without secrets.
func (l *Log) Clean(text string) string {
	if r := l.replacer.Load(); r != nil {
		return r.Replace(text)
	}
	return text
}

// Wrap returns a core that removes secrets before it writes to another one.
func (l *Log) Wrap(next zapcore.Core) zapcore.Core { return core{next, l} }

type core struct {
	zapcore.Core
	log *Log
}

// With adds fields without secrets.
func (c core) With(fields []zapcore.Field) zapcore.Core {
	return core{c.Core.With(c.fields(fields)), c.log}
}

// Check adds this core to an entry if the next core accepts it, which may sample.
func (c core) Check(e zapcore.Entry, checked *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if c.Core.Check(e, nil) == nil {
		return checked
	}
	return checked.AddCore(e, c)
}

// Write writes an entry without secrets.
func (c core) Write(e zapcore.Entry, fields []zapcore.Field) error {
	e.Message = c.log.Clean(e.Message)
	return c.Core.Write(e, c.fields(fields))
}

// fields returns fields without secrets. A field without a secret is not changed.
func (c core) fields(fields []zapcore.Field) []zapcore.Field {
	cleaned := make([]zapcore.Field, 0, len(fields))
	for _, f := range fields {
		cleaned = append(cleaned, c.field(f)...)
	}
	return cleaned
}

// field encodes values that are no plain numbers, booleans or times, to find secrets in
// them. An inline field becomes several.
func (c core) field(f zapcore.Field) []zapcore.Field {
	switch f.Type {
	case zapcore.StringType:
		f.String = c.log.Clean(f.String)
		return []zapcore.Field{f}
	case zapcore.ErrorType, zapcore.StringerType, zapcore.ByteStringType, zapcore.ReflectType,
		zapcore.ObjectMarshalerType, zapcore.ArrayMarshalerType, zapcore.InlineMarshalerType:
	default:
		return []zapcore.Field{f}
	}
	encoder := zapcore.NewMapObjectEncoder()
	f.AddTo(encoder)
	text, ok := encoder.Fields[f.Key].(string)
	if ok && len(encoder.Fields) == 1 {
		if cleaned := c.log.Clean(text); cleaned != text {
			return []zapcore.Field{zap.String(f.Key, cleaned)}
		}
		return []zapcore.Field{f}
	}
	values, changed := c.clean(encoder.Fields)
	if !changed {
		return []zapcore.Field{f}
	}
	if values == nil {
		return []zapcore.Field{zap.String(f.Key, Mask)}
	}
	if f.Type != zapcore.InlineMarshalerType {
		return []zapcore.Field{zap.Any(f.Key, values[f.Key])}
	}
	var fields []zapcore.Field
	for _, key := range slices.Sorted(maps.Keys(values)) {
		fields = append(fields, zap.Any(key, values[key]))
	}
	return fields
}

// clean returns encoded values without secrets, nil if they cannot be encoded as JSON, and
// whether they have one. JSON escapes characters of secrets, so each text is cleaned
// by itself.
func (c core) clean(encoded map[string]any) (values map[string]any, changed bool) {
	data, err := json.Marshal(encoded)
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err != nil || decoder.Decode(&values) != nil {
		text := fmt.Sprint(encoded)
		return nil, c.log.Clean(text) != text
	}
	for key, value := range values {
		values[key] = c.cleanValue(value, &changed)
	}
	return values, changed
}

func (c core) cleanValue(value any, changed *bool) any {
	switch v := value.(type) {
	case string:
		cleaned := c.log.Clean(v)
		*changed = *changed || cleaned != v
		return cleaned
	case json.Number: // a password can be a number
		if c.log.Clean(v.String()) != v.String() {
			*changed = true
			return Mask
		}
		f, _ := v.Float64()
		return f
	case []any:
		for i := range v {
			v[i] = c.cleanValue(v[i], changed)
		}
	case map[string]any:
		cleaned := make(map[string]any, len(v))
		for key, inner := range v {
			name := c.log.Clean(key)
			*changed = *changed || name != key
			cleaned[name] = c.cleanValue(inner, changed)
		}
		return cleaned
	}
	return value
}
