package coworktracesconnector

import (
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A shape is a row of the table shapes: the span that an event becomes.
type shape struct {
	// event is the kind of event.
	event string
	// when is a further condition.
	when condition
	// name is the span's name, without its subject.
	name string
	// genAI says that name is also the operation's name in the conventions.
	genAI bool
	// subject is what stands behind the name.
	subject subject
	// kind is the span's kind.
	kind ptrace.SpanKind
	// lasts is the attribute that says how long the step took, in milliseconds. The
	// span ends with the event; without a length it is a moment.
	lasts string
	// below is the span that this one hangs below.
	below parent
	// fails says when the span has the status ERROR, and with which error.type.
	fails failure
}

// A condition is met by some events of a kind. The zero value is met by all.
type condition struct {
	doc string
	met func(cowork.Event) bool
}

// A subject is what a span's name names: a model, a tool.
type subject struct {
	doc string
	of  func(cowork.Event) string
}

// A parent names the step that a span hangs below. "" is the root.
type parent struct {
	doc  string
	step func(cowork.Event) string
}

// A failure tells the error.type of an event that failed, "" of any other. The
// zero value never fails.
type failure struct {
	doc string
	of  func(cowork.Event) string
}

// shapesByEvent has the rows of a kind in the order of the table.
var shapesByEvent = func() map[string][]*shape {
	index := map[string][]*shape{}
	for i := range shapes {
		index[shapes[i].event] = append(index[shapes[i].event], &shapes[i])
	}
	return index
}()

// shapeOf returns the first row that an event meets, nil if it becomes no span.
func shapeOf(ev cowork.Event) *shape {
	for _, s := range shapesByEvent[ev.Name()] {
		if s.when.met == nil || s.when.met(ev) {
			return s
		}
	}
	return nil
}

// spanName returns the name of an event's span.
func (s *shape) spanName(ev cowork.Event) string {
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
