package prompt

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Tracker joins the events of prompts. It keeps the open prompts in the order of
// their last activity, and for a while what it needs to know late events and
// duplicates of closed ones.
//
// It never reads the clock and starts no goroutine: its owner tells it the time.
// It is not safe for concurrent use. Make one with [NewTracker].
type Tracker struct {
	set     Settings
	now     int64 // the latest time told
	entries map[key]*entry
	open    list
	closed  list
	origins map[uint64]*origin
	// sessions has the latest prompt of each session, as long as it is known.
	sessions map[uint64]*entry

	slots     int // words of memory in all sets
	textBytes int // of names and origins
	failed    set // digests of events whose delivery failed

	ended   []Trace  // closed and not yet taken
	dirty   []*entry // changed and not yet stored
	deleted []string // keys that the storage can do without
	stats   Stats
}

// NewTracker returns a Tracker without prompts.
func NewTracker(set Settings) *Tracker {
	return &Tracker{
		set:      set.withDefaults(),
		entries:  map[key]*entry{},
		origins:  map[uint64]*origin{},
		sessions: map[uint64]*entry{},
	}
}

// A Verdict says what a record is to its prompt.
type Verdict uint8

// The verdicts.
const (
	// NoPrompt is a record that no prompt caused.
	NoPrompt Verdict = iota
	// Counted is an event that was not there before.
	Counted
	// Duplicate is an event that was counted before.
	Duplicate
	// Redelivery is an event that was counted before and did not reach its
	// destination then: it is to be passed on and not to be counted.
	Redelivery
)

// A Result says what became of a record.
type Result struct {
	Verdict Verdict
	// Trace is the prompt's trace.
	Trace pcommon.TraceID
	// Identity is a digest of the event by which [Tracker.Undelivered] knows it, 0
	// if nothing tells the event from others.
	Identity uint64
}

// Add counts a record towards its prompt, which it opens if it is the first, or
// opens again if it is late. Adding to an open prompt costs the same however many
// are open, and does not allocate but when the prompt's own memory has to grow.
func (t *Tracker) Add(now time.Time, e cowork.Event) Result {
	promptID := e.PromptID()
	if promptID == "" {
		return Result{}
	}
	t.tell(now)
	trace := TraceID(promptID)
	en := t.entryFor(trace, promptID, e)
	result := Result{Trace: trace, Identity: identity(trace, e)}
	if result.Identity != 0 && !t.remember(en, result.Identity) {
		t.stats.Duplicates++
		result.Verdict = Duplicate
		if t.failed.has(result.Identity) {
			result.Verdict = Redelivery
		}
		return result
	}
	t.wake(en, promptID, e)
	t.count(en, e)
	result.Verdict = Counted
	return result
}

// tell lets time pass. It never goes back.
func (t *Tracker) tell(now time.Time) { t.now = max(t.now, now.UnixNano()) }

// entryFor returns the entry that a record belongs to.
func (t *Tracker) entryFor(trace pcommon.TraceID, promptID string, e cowork.Event) *entry {
	sessionID := e.SessionID()
	session := uint64(0)
	if sessionID != "" {
		session = ofSession.text(sessionID).id()
	}
	en := t.find(trace, session)
	if en == nil {
		en = t.create(trace, session)
		t.begin(en, promptID, e)
	}
	if en.by == 0 && session != 0 {
		en.by, en.sessionID = session, strings.Clone(t.keepID(sessionID))
	}
	return en
}

// wake makes the prompt of a new event the one that was active last, and opens it
// again if it was closed.
func (t *Tracker) wake(en *entry, promptID string, e cowork.Event) {
	if en.part > 0 || en.closed {
		t.stats.Late++
	}
	if en.closed {
		t.closed.remove(en)
		en.part++
		t.begin(en, promptID, e)
	}
	en.seen = t.now
	t.open.touch(en)
	t.changed(en)
}

// begin opens a prompt, and closes another where there would be too many.
func (t *Tracker) begin(en *entry, promptID string, e cowork.Event) {
	for t.open.n >= t.set.MaxOpen {
		t.close(t.open.oldest, Evicted)
	}
	en.closed = false
	if en.promptID == "" {
		en.promptID = strings.Clone(t.keepID(promptID))
	}
	en.start, en.end = 0, 0
	en.origin = t.originOf(e)
	en.seen = t.now
	t.open.pushNewest(en)
}

// Expire closes the prompts that have been silent for too long, and forgets closed
// ones after their time.
func (t *Tracker) Expire(now time.Time) {
	t.tell(now)
	for e := t.open.oldest; e != nil && e.seen <= t.now-int64(t.set.Idle); e = t.open.oldest {
		t.close(e, Idle)
	}
	for e := t.closed.oldest; e != nil && e.seen <= t.now-int64(t.set.Remember); e = t.closed.oldest {
		t.forget(e)
	}
}

// Flush closes all prompts.
func (t *Tracker) Flush(reason Reason) {
	for t.open.oldest != nil {
		t.close(t.open.oldest, reason)
	}
}

// Take appends the prompts that were closed since it was last called.
func (t *Tracker) Take(to []Trace) []Trace {
	to = append(to, t.ended...)
	t.ended = nil
	return to
}

// Stats returns what the Tracker holds and did.
func (t *Tracker) Stats() Stats {
	stats := t.stats
	stats.Open, stats.Remembered = t.open.n, t.closed.n
	return stats
}

// close ends a part of a prompt. What is left knows its late events.
func (t *Tracker) close(e *entry, reason Reason) {
	t.open.remove(e)
	t.ended = append(t.ended, e.total(reason))
	t.stats.Closed[reason]++
	t.release(e.origin)
	t.dropNames(e)
	e.closed, e.kept, e.origin, e.sums = true, false, nil, Counts{}
	t.closed.pushNewest(e)
	t.changed(e)
	for t.closed.n > t.set.MaxClosed {
		t.forgetEarly()
	}
}

// forgetEarly makes room by forgetting the prompt that has been closed longest.
func (t *Tracker) forgetEarly() {
	t.stats.Forgotten += int64(t.closed.oldest.ids.len())
	t.forget(t.closed.oldest)
}

func (t *Tracker) forget(e *entry) {
	t.closed.remove(e)
	delete(t.entries, e.key)
	t.unplace(e)
	t.slots -= e.ids.slots()
	e.ids = set{}
	if e.stored {
		t.deleted = append(t.deleted, e.storageKey())
	}
	e.dirty = false
}

// changed notes an entry for the storage.
func (t *Tracker) changed(e *entry) {
	if t.set.Durable && !e.dirty {
		e.dirty = true
		t.dirty = append(t.dirty, e)
	}
}
