package coworktracesconnector

import (
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A spanSpec is a row of the table specs: the span of a kind of event.
type spanSpec struct {
	// event is the kind of event.
	event string
	// when is an additional condition.
	when condition
	// name is the span's name, without its subject.
	name string
	// genAI reports whether name is the operation's name in the conventions too.
	genAI bool
	// subject is appended to the name.
	subject subject
	// kind is the span's kind.
	kind ptrace.SpanKind
	// duration is the attribute with the duration of the step in milliseconds. The span
	// ends at the time of the event; without a duration it starts there too.
	duration string
	// parent is the span's parent. The zero value marks the root.
	parent parent
	// failure is the condition of the status ERROR, and the error.type.
	failure failure
}

// A condition selects some events of a kind. The zero value selects all.
type condition struct {
	doc string
	met func(cowork.Event) bool
}

// A subject is the second part of a span's name: a model, a tool.
type subject struct {
	doc string
	of  func(cowork.Event) string
}

// A parent returns the step of the parent span. "" is the root.
type parent struct {
	doc  string
	step func(cowork.Event) string
}

// A failure returns the error.type of an event that failed, "" for any other. The zero
// value never fails.
type failure struct {
	doc string
	of  func(cowork.Event) string
}

// specsByEvent holds the rows of a kind in the order of the table.
var specsByEvent = func() map[string][]*spanSpec {
	index := map[string][]*spanSpec{}
	for i := range specs {
		index[specs[i].event] = append(index[specs[i].event], &specs[i])
	}
	return index
}()

// specOf returns the first row whose condition an event meets, nil if it has no span.
func specOf(ev cowork.Event) *spanSpec {
	for _, s := range specsByEvent[ev.Name()] {
		if s.when.met == nil || s.when.met(ev) {
			return s
		}
	}
	return nil
}

// spanName returns the name of an event's span.
func (s *spanSpec) spanName(ev cowork.Event) string {
	if s.subject.of == nil {
		return s.name
	}
	if subject := clip(s.subject.of(ev), maxNameBytes); subject != "" {
		return s.name + " " + subject
	}
	return s.name
}

// text returns an attribute as text, "" if the event has none.
func text(ev cowork.Event, key string) string {
	s, _ := ev.Str(key)
	return s
}
