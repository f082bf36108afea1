package coworktracesconnector

import (
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

// A reason is why a record has no span.
type reason string

const (
	// reasonTraced: the client sends spans of this prompt itself.
	reasonTraced reason = "client_trace"
	// reasonDesktop: the desktop app's own stream repeats the events of the session.
	reasonDesktop reason = "desktop"
	// reasonNoPrompt: the event has no prompt.id, so it belongs to no trace.
	reasonNoPrompt reason = "no_prompt"
	// reasonNoTime: the record has no time.
	reasonNoTime reason = "no_time"
	// reasonRedelivered: the event was delivered before, and its span was accepted.
	reasonRedelivered reason = "redelivered"
)

// skipReason returns why a record has no span, "" if it has one.
func (c *tracesConnector) skipReason(ev cowork.Event) reason {
	switch {
	case c.cfg.SkipTraced && isTraced(ev):
		return reasonTraced
	case ev.Desktop():
		return reasonDesktop
	case ev.PromptID() == "":
		return reasonNoPrompt
	case ev.Time() == 0:
		return reasonNoTime
	case ev.Redelivered() && !c.refused.contain(ev):
		return reasonRedelivered
	default:
		return ""
	}
}

// clientTraced is the attribute of a summary that counts the records in a trace of the
// client's own.
const clientTraced = "cowork.prompt.client_traced_count"

// isTraced reports whether the client sends the spans of the record's prompt itself.
func isTraced(ev cowork.Event) bool {
	n, _ := ev.Int(clientTraced)
	return n > 0 || prompt.ClientTrace(ev)
}
