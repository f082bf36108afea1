package story

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// spansScope is the scope of a client's spans.
const spansScope = "com.anthropic.claude_code.tracing"

// ParseSpans reads lines of spans into a batch.
func ParseSpans(lines []byte) (ptrace.Traces, error) {
	td := ptrace.NewTraces()
	resource := map[string]any{"service.name": "cowork"}
	for n, line := range strings.Split(strings.TrimSpace(string(lines)), "\n") {
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.UseNumber()
		var fields map[string]any
		if err := decoder.Decode(&fields); err != nil {
			return td, fmt.Errorf("span %d: %w", n+1, err)
		}
		if r, ok := fields["@resource"].(map[string]any); ok {
			resource = r
		}
		if err := addSpan(td, resource, fields); err != nil {
			return td, fmt.Errorf("span %d: %w", n+1, err)
		}
	}
	return td, nil
}

// addSpan appends a span with a resource and a scope of its own.
func addSpan(td ptrace.Traces, resource, fields map[string]any) error {
	rs := td.ResourceSpans().AppendEmpty()
	if err := setMap(rs.Resource().Attributes(), resource); err != nil {
		return err
	}
	ss := rs.ScopeSpans().AppendEmpty()
	ss.Scope().SetName(spansScope)
	span := ss.Spans().AppendEmpty()
	attributes := map[string]any{}
	for key, value := range fields {
		text, _ := value.(string)
		switch key {
		case "@resource":
		case "@span":
			span.SetName(text)
		case "@scope":
			ss.Scope().SetName(text)
		case "@status":
			span.Status().SetMessage(text)
		case "@time":
			t, err := time.Parse(time.RFC3339Nano, text)
			if err != nil {
				return err
			}
			span.SetStartTimestamp(pcommon.NewTimestampFromTime(t))
		case "@trace_id":
			var id pcommon.TraceID
			if _, err := hex.Decode(id[:], []byte(text)); err != nil {
				return err
			}
			span.SetTraceID(id)
		case "@events":
			if err := addSpanEvents(span, value); err != nil {
				return err
			}
		default:
			attributes[key] = value
		}
	}
	return setMap(span.Attributes(), attributes)
}

// addSpanEvents appends the events of a list of objects, whose @event is the name.
func addSpanEvents(span ptrace.Span, list any) error {
	events, _ := list.([]any)
	for _, event := range events {
		fields, _ := event.(map[string]any)
		attributes := maps.Clone(fields)
		delete(attributes, "@event")
		added := span.Events().AppendEmpty()
		name, _ := fields["@event"].(string)
		added.SetName(name)
		if err := setMap(added.Attributes(), attributes); err != nil {
			return err
		}
	}
	return nil
}

// FormatSpans writes a batch as lines of spans, the inverse of ParseSpans.
func FormatSpans(td ptrace.Traces) []byte {
	var out bytes.Buffer
	var resource map[string]any
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				fields := spanFields(span)
				if raw := rs.Resource().Attributes().AsRaw(); !maps.EqualFunc(raw, resource, equal) {
					fields["@resource"], resource = raw, raw
				}
				if ss.Scope().Name() != spansScope {
					fields["@scope"] = ss.Scope().Name()
				}
				writeLine(&out, fields)
			}
		}
	}
	return out.Bytes()
}

func spanFields(span ptrace.Span) map[string]any {
	fields := span.Attributes().AsRaw()
	fields["@span"] = span.Name()
	if span.Status().Message() != "" {
		fields["@status"] = span.Status().Message()
	}
	if span.StartTimestamp() != 0 {
		fields["@time"] = span.StartTimestamp().AsTime().Format(time.RFC3339Nano)
	}
	if !span.TraceID().IsEmpty() {
		fields["@trace_id"] = span.TraceID().String()
	}
	var events []any
	for _, event := range span.Events().All() {
		attributes := event.Attributes().AsRaw()
		attributes["@event"] = event.Name()
		events = append(events, attributes)
	}
	if events != nil {
		fields["@events"] = events
	}
	return fields
}
