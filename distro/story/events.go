package story

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// Parse reads lines of events into a batch.
func Parse(lines []byte) (plog.Logs, error) {
	ld := plog.NewLogs()
	p := parser{ld: ld, scope: defaultScope, resource: map[string]any{"service.name": "cowork"}}
	for n, line := range strings.Split(strings.TrimSpace(string(lines)), "\n") {
		if line == "" {
			continue
		}
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.UseNumber()
		var event map[string]any
		if err := decoder.Decode(&event); err != nil {
			return ld, fmt.Errorf("event %d: %w", n+1, err)
		}
		all, err := repeats(event)
		if err != nil {
			return ld, fmt.Errorf("event %d: %w", n+1, err)
		}
		for _, one := range all {
			if err := p.addEvent(one); err != nil {
				return ld, fmt.Errorf("event %d: %w", n+1, err)
			}
		}
	}
	return ld, nil
}

const defaultScope = "com.anthropic.claude_code.events"

// A parser adds events to a batch. Consecutive events with one resource and scope
// share them.
type parser struct {
	ld       plog.Logs
	scope    string
	version  string // of the scope
	resource map[string]any
	records  plog.LogRecordSlice
	started  bool
}

func (p *parser) addEvent(event map[string]any) error {
	scope, hasScope := event["@scope"].(string)
	version, hasVersion := event["@scope_version"].(string)
	resource, hasResource := event["@resource"].(map[string]any)
	if hasScope {
		p.scope, p.version = scope, ""
	}
	if hasVersion {
		p.version = version
	}
	if hasResource {
		p.resource = resource
	}
	if hasScope || hasVersion || hasResource || !p.started {
		rl := p.ld.ResourceLogs().AppendEmpty()
		if err := setMap(rl.Resource().Attributes(), p.resource); err != nil {
			return err
		}
		sl := rl.ScopeLogs().AppendEmpty()
		sl.Scope().SetName(p.scope)
		sl.Scope().SetVersion(p.version)
		p.records, p.started = sl.LogRecords(), true
	}
	rec := p.records.AppendEmpty()
	for _, key := range slices.Sorted(maps.Keys(event)) {
		if err := setField(rec, key, event[key]); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

func setField(rec plog.LogRecord, key string, value any) error {
	text, _ := value.(string)
	switch key {
	case "@scope", "@scope_version", "@resource":
		return nil
	case "@body":
		return setValue(rec.Body(), value)
	case "@event_name":
		rec.SetEventName(text)
	case "@severity":
		rec.SetSeverityText(text)
	case "@time":
		t, err := time.Parse(time.RFC3339Nano, text)
		rec.SetTimestamp(pcommon.NewTimestampFromTime(t))
		return err
	case "@trace_id":
		var id pcommon.TraceID
		_, err := hex.Decode(id[:], []byte(text))
		rec.SetTraceID(id)
		return err
	case "@span_id":
		var id pcommon.SpanID
		_, err := hex.Decode(id[:], []byte(text))
		rec.SetSpanID(id)
		return err
	default:
		return setValue(rec.Attributes().PutEmpty(key), value)
	}
	return nil
}

func setMap(m pcommon.Map, values map[string]any) error {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if err := setValue(m.PutEmpty(key), values[key]); err != nil {
			return err
		}
	}
	return nil
}

// setValue sets a value from JSON: a number without a point is an int.
func setValue(v pcommon.Value, value any) error {
	switch value := value.(type) {
	case json.Number:
		if n, err := value.Int64(); err == nil {
			v.SetInt(n)
			return nil
		}
		f, err := value.Float64()
		v.SetDouble(f)
		return err
	case map[string]any:
		return setMap(v.SetEmptyMap(), value)
	case []any:
		list := v.SetEmptySlice()
		for _, item := range value {
			if err := setValue(list.AppendEmpty(), item); err != nil {
				return err
			}
		}
		return nil
	default:
		return v.FromRaw(value)
	}
}

// Format writes a batch as lines of events, with keys in alphabetical order. It is
// the inverse of Parse except for that order and the versions of scopes.
func Format(ld plog.Logs) []byte {
	var out bytes.Buffer
	var scope string
	var resource map[string]any
	for _, rl := range ld.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				event := fields(rec)
				if raw := rl.Resource().Attributes().AsRaw(); !maps.EqualFunc(raw, resource, equal) {
					event["@resource"], resource = raw, raw
				}
				if name := sl.Scope().Name(); name != scope {
					event["@scope"], scope = name, name
				}
				writeLine(&out, event)
			}
		}
	}
	return out.Bytes()
}

func equal(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

func fields(rec plog.LogRecord) map[string]any {
	event := rec.Attributes().AsRaw()
	if rec.Body().Type() != pcommon.ValueTypeEmpty {
		event["@body"] = rec.Body().AsRaw()
	}
	if rec.EventName() != "" {
		event["@event_name"] = rec.EventName()
	}
	if rec.SeverityText() != "" {
		event["@severity"] = rec.SeverityText()
	}
	if rec.Timestamp() != 0 {
		event["@time"] = rec.Timestamp().AsTime().Format(time.RFC3339Nano)
	}
	if !rec.TraceID().IsEmpty() {
		event["@trace_id"] = rec.TraceID().String()
	}
	if !rec.SpanID().IsEmpty() {
		event["@span_id"] = rec.SpanID().String()
	}
	return event
}

func writeLine(out *bytes.Buffer, event map[string]any) {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(event); err != nil {
		fmt.Fprintf(out, "%q\n", err)
	}
}
