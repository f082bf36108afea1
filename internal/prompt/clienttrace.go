package prompt

import "github.com/cowork-otel/collector/internal/cowork"

// ClientTrace reports whether an event belongs to a trace of its client's own. One
// that was stamped has the trace that its prompt.id is; a client that sends spans
// itself draws another.
func ClientTrace(e cowork.Event) bool {
	id := e.Record().TraceID()
	return !id.IsEmpty() && id != TraceID(e.PromptID())
}
