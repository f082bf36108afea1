package coworktracesconnector

import (
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

// A reason is why no span is made of a record.
type reason string

const (
	// reasonTraced: the client sends spans of this prompt itself.
	reasonTraced reason = "client_trace"
	// reasonNoPrompt: no prompt caused the event, so it belongs to no trace.
	reasonNoPrompt reason = "no_prompt"
	// reasonNoTime: nothing tells when it was.
	reasonNoTime reason = "no_time"
)

// skip says why no span is made of a record, "" if one is.
func (c *tracesConnector) skip(ev cowork.Event) reason {
	switch {
	case c.cfg.SkipTraced && traced(ev):
		return reasonTraced
	case ev.PromptID() == "":
		return reasonNoPrompt
	case ev.Time() == 0:
		return reasonNoTime
	default:
		return ""
	}
}

// traced reports whether a record belongs to a trace of its client's. One that
// cowork_correlation stamped has the trace that the prompt.id is; a client, which
// draws its own, has another.
func traced(ev cowork.Event) bool {
	id := ev.Record().TraceID()
	return !id.IsEmpty() && id != prompt.TraceID(ev.PromptID())
}
