package prompt

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// A Tracker joins the events of prompts. It holds the open prompts in the order of
// their last activity. Of a closed prompt it holds for a while what recognises late
// events and duplicates.
//
// A Tracker never reads the clock and starts no goroutine: its owner passes the time.
// It is not safe for concurrent use. Make one with [NewTracker].
type Tracker struct {
	set      Settings
	now      int64 // the latest time that was passed
	entries  entryTable
	open     list
	closed   list
	sessions sessionOrder
	texts    textBudget
	digests  digestBudget

	ended   []Trace  // closed and not yet taken
	dirty   []*entry // changed and not yet stored
	deleted []string // keys to delete from the storage
	stats   Stats
}

// NewTracker returns a Tracker without prompts.
func NewTracker(set Settings) *Tracker {
	t := &Tracker{set: set.withDefaults(), entries: entryTable{}, sessions: sessionOrder{}}
	t.digests = digestBudget{limit: t.set.MaxDigests, maxSlots: t.set.MaxPromptDigests / 2}
	t.texts = textBudget{limit: t.set.MaxTextBytes, senders: map[digest.Digest]*sender{}, cut: &t.stats.Cut}
	return t
}

// A Verdict is the result of adding a record.
type Verdict uint8

// The verdicts.
const (
	// NoPrompt is a record without a prompt.id.
	NoPrompt Verdict = iota
	// Counted is a new event.
	Counted
	// Duplicate is an event that was counted before.
	Duplicate
)

// A Result describes a record that was added.
type Result struct {
	Verdict Verdict
	// Trace is the prompt's trace id.
	Trace pcommon.TraceID
}

// Add counts a record towards its prompt. It opens the prompt if the record is its
// first, and opens it again if the record is late. The cost does not depend on the
// number of open prompts, and Add allocates only where a prompt's own memory grows.
func (t *Tracker) Add(now time.Time, e cowork.Event) Result {
	name, promptID := e.Name(), e.PromptID()
	id := cowork.IdentityOf(e, name)
	return t.AddArrival(now, &Arrival{e, name, promptID, id, id.RedeliveryIn(promptID)})
}

// An Arrival is an event with what the caller has read of it already.
type Arrival struct {
	Event      cowork.Event
	Name       string
	PromptID   string
	Identity   cowork.Identity
	Redelivery digest.Digest // of the identity
}

// AddArrival is [Tracker.Add] for callers that have read the identity.
func (t *Tracker) AddArrival(now time.Time, a *Arrival) Result {
	e, name, promptID, id := a.Event, a.Name, a.PromptID, &a.Identity
	if promptID == "" {
		return Result{}
	}
	t.advance(now)
	trace := TraceID(promptID)
	en := t.entryOf(trace, promptID, id, e)
	result := Result{Trace: trace}
	if a.Redelivery != 0 && !t.remember(en, a.Redelivery) {
		t.stats.Duplicates++
		result.Verdict = Duplicate
		return result
	}
	t.activate(en, promptID, e)
	t.count(en, e, name, id)
	result.Verdict = Counted
	return result
}

// advance sets the time, which never goes back.
func (t *Tracker) advance(now time.Time) { t.now = max(t.now, now.UnixNano()) }

// entryOf returns the entry that a record belongs to.
func (t *Tracker) entryOf(trace pcommon.TraceID, promptID string, id *cowork.Identity, e cowork.Event) *entry {
	sessionID, session := id.Session()
	en := t.entries.lookup(trace, session)
	if en == nil {
		en = t.entries.insert(trace, session)
		t.begin(en, promptID, e)
	}
	if en.by == 0 && session != 0 {
		en.by, en.sessionID = session, strings.Clone(t.texts.bounded(sessionID))
	}
	return en
}

// activate makes a prompt the latest active one, and opens it again if it was closed.
func (t *Tracker) activate(en *entry, promptID string, e cowork.Event) {
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
	t.markChanged(en)
}

// begin opens a prompt. It closes another one where too many are open.
func (t *Tracker) begin(en *entry, promptID string, e cowork.Event) {
	for t.open.n >= t.set.MaxOpen {
		t.closePart(t.open.oldest, Evicted)
	}
	en.closed = false
	if en.promptID == "" {
		en.promptID = strings.Clone(t.texts.bounded(promptID))
	}
	en.start, en.end = 0, 0
	en.sender = t.texts.senderOf(e)
	en.seen = t.now
	t.open.pushNewest(en)
}

// count adds a new event to its prompt. What is reported in several records is added
// once.
func (t *Tracker) count(en *entry, e cowork.Event, name string, id *cowork.Identity) {
	en.sums[Events]++
	at := t.timeOf(e)
	if earlier := t.sessions.place(en, at); earlier != nil {
		t.markChanged(earlier)
	}
	en.extendTo(at)
	if hasOtherTrace(e, en.trace) {
		en.sums[ClientTraced]++
	}
	add := counted[name]
	if add == nil || e.Desktop() {
		return
	}
	if d, ok := id.CountedByID(); !ok || t.remember(en, d) {
		add(eventCounter{&t.texts, &t.stats}, en, e)
	}
}

// timeOf returns when an event happened. A time that cannot be is corrected, or replaced
// by the time of arrival.
func (t *Tracker) timeOf(e cowork.Event) pcommon.Timestamp {
	ts, ok := cowork.TimeAt(e, pcommon.Timestamp(t.now))
	if !ok {
		t.stats.Invalid[TimeMeasure]++
	}
	return ts
}

// remember inserts a digest into an entry's set and reports whether it is new.
func (t *Tracker) remember(e *entry, d digest.Digest) bool {
	if e.digests.Contains(d) {
		return false
	}
	full := t.digests.full(&e.digests)
	if full && t.closed.oldest != nil && t.closed.oldest != e {
		t.forgetOldest()
	}
	t.stats.Forgotten += int64(t.digests.insert(&e.digests, d, !full))
	return true
}

// Expire closes the prompts that have been idle for too long, and drops closed ones
// after their time.
func (t *Tracker) Expire(now time.Time) {
	t.advance(now)
	for e := t.open.oldest; e != nil && e.seen <= t.now-int64(t.set.Idle); e = t.open.oldest {
		t.closePart(e, Idle)
	}
	for e := t.closed.oldest; e != nil && e.seen <= t.now-int64(t.set.Remember); e = t.closed.oldest {
		t.forget(e)
	}
}

// Flush closes all prompts.
func (t *Tracker) Flush(reason Reason) {
	for t.open.oldest != nil {
		t.closePart(t.open.oldest, reason)
	}
}

// Take appends the prompts that were closed since the last call.
func (t *Tracker) Take(to []Trace) []Trace {
	to = append(to, t.ended...)
	t.ended = nil
	return to
}

// Stats returns the Tracker's counters.
func (t *Tracker) Stats() Stats {
	stats := t.stats
	stats.Open, stats.Remembered = t.open.n, t.closed.n
	return stats
}

// closePart ends a part of a prompt. The entry keeps what recognises late events.
func (t *Tracker) closePart(e *entry, reason Reason) {
	t.open.remove(e)
	t.ended = append(t.ended, e.total(reason))
	t.stats.Closed[reason]++
	t.texts.releaseSender(e.sender)
	t.texts.releaseNames(e)
	e.closed, e.kept, e.sender, e.sums = true, false, nil, Counts{}
	t.closed.pushNewest(e)
	t.markChanged(e)
	for t.closed.n > t.set.MaxClosed {
		t.forgetOldest()
	}
}

// forgetOldest drops the prompt that has been closed longest, before its time.
func (t *Tracker) forgetOldest() {
	t.stats.Forgotten += int64(t.closed.oldest.digests.Len())
	t.forget(t.closed.oldest)
}

func (t *Tracker) forget(e *entry) {
	t.closed.remove(e)
	delete(t.entries, e.key)
	t.sessions.remove(e)
	t.digests.release(&e.digests)
	if e.stored {
		t.deleted = append(t.deleted, e.storageKey())
	}
	e.dirty = false
}

// markChanged adds an entry to those that the next snapshot stores.
func (t *Tracker) markChanged(e *entry) {
	if t.set.Durable && !e.dirty {
		e.dirty = true
		t.dirty = append(t.dirty, e)
	}
}
