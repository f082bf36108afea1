package prompt

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A History is a prompt with its events, for callers that have all events in memory.
// A [Tracker] holds no events.
type History struct {
	Trace
	// Events are ordered by time, then by sequence. None occurs twice.
	Events []cowork.Event
}

// Histories joins the events of each prompt, however far apart they are, and returns
// the prompts by their start. It skips events without a prompt and summaries. A time
// later than a day after now is replaced.
//
// Histories keeps all events; the caller bounds them.
func Histories(now time.Time, events []cowork.Event) []History {
	t := NewTracker(Settings{
		Idle: time.Hour, MaxOpen: math.MaxInt, MaxClosed: 1, MaxTextBytes: math.MaxInt,
		MaxDigests: math.MaxInt, MaxPromptDigests: math.MaxInt,
	})
	eventsOf := map[*entry][]cowork.Event{}
	for _, e := range events {
		name := e.Name()
		if name == "prompt_summary" {
			continue
		}
		if r := t.Add(now, e); r.Verdict == Counted {
			id := cowork.IdentityOf(e, name)
			en := t.entryOf(r.Trace, e.PromptID(), &id, e)
			eventsOf[en] = append(eventsOf[en], e)
		}
	}
	histories := make([]History, 0, len(eventsOf))
	for en, events := range eventsOf {
		slices.SortStableFunc(events, byTime)
		histories = append(histories, History{en.total(Shutdown), events})
	}
	slices.SortFunc(histories, func(a, b History) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), slices.Compare(a.ID[:], b.ID[:]), cmp.Compare(a.SessionID, b.SessionID))
	})
	return histories
}

// byTime orders events by their time. The sequence restarts with every process, so it
// orders only events of the same time.
func byTime(a, b cowork.Event) int {
	if order := cmp.Compare(a.Time(), b.Time()); order != 0 {
		return order
	}
	m, _ := a.Sequence()
	n, _ := b.Sequence()
	return cmp.Compare(m, n)
}
