package secrets

import (
	"encoding/json"
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
	data, err := json.Marshal(encoder.Fields)
	if err != nil {
		return []zapcore.Field{f}
	}
	cleaned := c.log.Clean(string(data))
	if cleaned == string(data) {
		return []zapcore.Field{f}
	}
	var values map[string]any
	if json.Unmarshal([]byte(cleaned), &values) != nil {
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
