package prompt

import (
	"encoding/hex"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A key is what an entry is found by. The session is 0 in the key of a prompt whose
// prompt.id came first: most prompts have one session, and need no second key.
type key struct {
	trace   pcommon.TraceID
	session uint64
}

// An entry is a prompt: an open one with its sums, or a closed one of which only
// what its late events are known by is left.
//
// What every event needs stands first, in two cache lines: with a million prompts
// open, each line costs as much as all that is done with it.
type entry struct {
	newer, older *entry
	key
	by       uint64 // digest of the session, 0 while no record told one
	seen     int64  // time of the last arrival, nanoseconds
	ids      set
	part     int32
	closed   bool
	complete bool // a user_prompt was seen, in this part or before
	dirty    bool // changed since it was last stored
	kept     bool // is in the storage as open
	stored   bool // is in the storage as closed
	placed   bool // is in the order of its session

	start, end pcommon.Timestamp
	sums       Counts
	names      []name
	origin     *origin

	promptID, sessionID string
	previous            string // the prompt before it in its session
}

// during extends the prompt to a time.
func (e *entry) during(ts pcommon.Timestamp) {
	if e.start == 0 || ts < e.start {
		e.start = ts
	}
	e.end = max(e.end, ts)
}

// find returns the entry that a record belongs to, nil if there is none. A record
// without a session belongs to the session that the prompt has, and the first one
// that a prompt tells is its own.
func (t *Tracker) find(trace pcommon.TraceID, session uint64) *entry {
	first := t.entries[key{trace, 0}]
	if first != nil && (session == 0 || first.by == session) {
		return first
	}
	if session == 0 {
		return nil
	}
	if e := t.entries[key{trace, session}]; e != nil {
		return e
	}
	if first != nil && first.by == 0 {
		return first
	}
	return nil
}

// create adds an entry for a prompt of a session.
func (t *Tracker) create(trace pcommon.TraceID, session uint64) *entry {
	e := &entry{key: key{trace: trace}}
	if t.entries[e.key] != nil {
		e.session = session
	}
	t.entries[e.key] = e
	return e
}

// keepID returns an id to keep: itself, or if it is long, the trace that it stands
// for in the form of a UUID, which stands for the same trace.
func (t *Tracker) keepID(id string) string {
	if len(id) <= maxIDBytes {
		return id
	}
	t.stats.Cut[IDText]++
	trace := TraceID(id)
	var b [36]byte
	at := 0
	for _, part := range [...][]byte{trace[:4], trace[4:6], trace[6:8], trace[8:10], trace[10:]} {
		if at > 0 {
			b[at] = '-'
			at++
		}
		at += hex.Encode(b[at:], part)
	}
	return string(b[:])
}
