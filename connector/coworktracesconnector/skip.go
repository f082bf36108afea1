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
	// reasonDesktop: the desktop app says again what the session says.
	reasonDesktop reason = "desktop"
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
	case ev.Desktop():
		return reasonDesktop
	case ev.PromptID() == "":
		return reasonNoPrompt
	case ev.Time() == 0:
		return reasonNoTime
	default:
		return ""
	}
}

// clientTraced says on a summary how many of its prompt's records had a trace of
// their client's own.
const clientTraced = "cowork.prompt.client_traced_count"

// traced reports whether the client tells the prompt of a record in spans itself.
func traced(ev cowork.Event) bool {
	n, _ := ev.Int(clientTraced)
	return n > 0 || prompt.ClientTrace(ev)
}
