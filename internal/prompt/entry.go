package prompt

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/digest"
)

// A key identifies an entry. The session is 0 in the key of the first prompt with a
// prompt.id: most prompts have one session and need no second key.
type key struct {
	trace   pcommon.TraceID
	session digest.Digest
}

// ofSender begins the digests of senders.
const ofSender digest.Digest = 6

// An entry is a prompt: an open one with its sums, or a closed one with only what
// recognises late events.
//
// The fields that every event needs come first, in two cache lines: with a million
// open prompts, each line costs as much as all the work on it.
type entry struct {
	newer, older *entry
	key
	by       digest.Digest // of the session, 0 while no record has one
	seen     int64         // time of the last arrival, nanoseconds
	digests  digest.Set
	part     int32
	closed   bool
	complete bool // a user_prompt arrived, in this part or an earlier one
	origin   origin
	dirty    bool // changed since it was last stored
	kept     bool // is in the storage as open
	stored   bool // is in the storage as closed
	placed   bool // is in the order of its session

	start, end pcommon.Timestamp
	sums       Counts
	names      []name
	sender     *sender

	promptID, sessionID string
	previous            string // the prompt before it in its session
}

// extendTo extends the prompt to a time.
func (e *entry) extendTo(ts pcommon.Timestamp) {
	if e.start == 0 || ts < e.start {
		e.start = ts
	}
	e.end = max(e.end, ts)
}

// total returns the sums of a prompt.
func (e *entry) total(reason Reason) Trace {
	return Trace{
		ID: e.trace, PromptID: e.promptID, SessionID: e.sessionID, Previous: e.previous,
		Part: int(e.part), Reason: reason, Complete: e.complete, Origin: e.origin.value(),
		Start: e.start, End: e.end, Sums: e.sums,
		Models: namesOf(e.names, models), Tools: namesOf(e.names, tools), Connectors: namesOf(e.names, connectors),
		Skills: namesOf(e.names, skills), Subagents: namesOf(e.names, subagents),
		sender: e.sender, names: e.names, key: e.key, kept: e.kept,
	}
}

// storageKey returns the entry's key in the storage. Each open part has its own key,
// so that it remains until its summary is delivered. A closed prompt has one key.
func (e *entry) storageKey() string {
	if e.closed {
		return e.key.String()
	}
	return partKey(e.key, int(e.part))
}

// An entryTable holds all entries, open and closed.
type entryTable map[key]*entry

// lookup returns the entry that a record belongs to, nil if there is none. A record
// without a session belongs to the first entry of its prompt, and the first session of
// a prompt belongs to that entry too.
func (t entryTable) lookup(trace pcommon.TraceID, session digest.Digest) *entry {
	first := t[key{trace, 0}]
	if first != nil && (session == 0 || first.by == session) {
		return first
	}
	if session == 0 {
		return nil
	}
	if e := t[key{trace, session}]; e != nil {
		return e
	}
	if first != nil && first.by == 0 {
		return first
	}
	return nil
}

// insert adds an entry for a prompt of a session.
func (t entryTable) insert(trace pcommon.TraceID, session digest.Digest) *entry {
	e := &entry{key: key{trace: trace}}
	if t[e.key] != nil {
		e.session = session
	}
	t[e.key] = e
	return e
}

// A digestBudget bounds the memory of the digests of all entries, in words.
type digestBudget struct {
	used     int
	limit    int // of all sets together; a set's first tables may exceed it
	maxSlots int // of one generation of one set
}

// full reports whether a set must not grow any more.
func (b *digestBudget) full(s *digest.Set) bool { return b.used+s.Slots() >= b.limit }

// insert adds a digest to a set and returns how many it dropped.
func (b *digestBudget) insert(s *digest.Set, d digest.Digest, grow bool) (dropped int) {
	maxSlots := 0
	if grow {
		maxSlots = b.maxSlots
	}
	b.used -= s.Slots()
	dropped = s.Insert(d, maxSlots)
	b.used += s.Slots()
	return dropped
}

// release empties a set.
func (b *digestBudget) release(s *digest.Set) {
	b.used -= s.Slots()
	*s = digest.Set{}
}
