package prompt

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A History is a prompt with its events, for who has all of them at hand. A
// [Tracker] keeps none: they pass at once.
type History struct {
	Trace
	// Events are in order: by time, then by sequence. None is there twice.
	Events []cowork.Event
}

// Of returns the events of a kind, in order.
func (h History) Of(kind string) (events []cowork.Event) {
	for _, e := range h.Events {
		if e.Name() == kind {
			events = append(events, e)
		}
	}
	return events
}

// UserPrompt returns the event that began the prompt, false if it is not there.
func (h History) UserPrompt() (cowork.Event, bool) {
	for _, e := range h.Events {
		if e.Name() == "user_prompt" {
			return e, true
		}
	}
	return cowork.Event{}, false
}

// ToolResults returns what the tools came to, in order.
func (h History) ToolResults() []cowork.Event { return h.Of("tool_result") }

// APIRequests returns the requests that were answered, in order.
func (h History) APIRequests() []cowork.Event { return h.Of("api_request") }

// APIErrors returns the requests that failed, in order.
func (h History) APIErrors() []cowork.Event { return h.Of("api_error") }

// ToolDecisions returns what was allowed and what not, in order.
func (h History) ToolDecisions() []cowork.Event { return h.Of("tool_decision") }

// Histories joins events that were read back, those of one prompt however far apart
// they stand, and returns the prompts by their start. Events without a prompt and
// summaries are passed over. Times later than a day behind now are not believed.
//
// It keeps all that it is given, which is bounded by what the caller reads.
func Histories(now time.Time, events []cowork.Event) []History {
	t := NewTracker(Settings{
		Idle: time.Hour, MaxOpen: math.MaxInt, MaxClosed: 1, MaxTextBytes: math.MaxInt,
		MaxDigests: math.MaxInt, MaxPromptDigests: math.MaxInt,
	})
	of := map[*entry][]cowork.Event{}
	for _, e := range events {
		if e.Name() == "prompt_summary" {
			continue
		}
		if r := t.Add(now, e); r.Verdict == Counted {
			en := t.entryFor(r.Trace, e.PromptID(), e)
			of[en] = append(of[en], e)
		}
	}
	histories := make([]History, 0, len(of))
	for en, events := range of {
		slices.SortStableFunc(events, byTime)
		histories = append(histories, History{en.total(Shutdown), events})
	}
	slices.SortFunc(histories, func(a, b History) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), slices.Compare(a.ID[:], b.ID[:]), cmp.Compare(a.SessionID, b.SessionID))
	})
	return histories
}

// byTime orders events as they happened. The sequence begins anew with every process,
// so it decides between events of one time only.
func byTime(a, b cowork.Event) int {
	if order := cmp.Compare(a.Time(), b.Time()); order != 0 {
		return order
	}
	m, _ := a.Sequence()
	n, _ := b.Sequence()
	return cmp.Compare(m, n)
}
