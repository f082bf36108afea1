package prompt

import (
	"encoding/hex"
	"strconv"
)

// A Change is an operation on the storage: set a key, or delete it where the value is
// nil.
type Change struct {
	Key   string
	Value []byte
}

// String returns the key as text.
func (k key) String() string {
	return hex.EncodeToString(k.trace[:]) + "." + strconv.FormatUint(uint64(k.session), 16)
}

func partKey(k key, part int) string { return k.String() + "." + strconv.Itoa(part) }

// Snapshot appends what changed since the last call, for at most limit prompts, and
// reports whether there is more. Changes are recorded only if the settings are
// durable. The parts that [Tracker.Take] returned are not included; see [Trace.Save].
func (t *Tracker) Snapshot(to []Change, limit int) (changes []Change, more bool) {
	for _, key := range t.deleted {
		to = append(to, Change{Key: key})
	}
	t.deleted = nil
	n := min(limit, len(t.dirty))
	for _, e := range t.dirty[:n] {
		if !e.dirty {
			continue // was dropped
		}
		e.dirty = false
		if e.closed {
			e.stored = true
		} else {
			e.kept = true
		}
		to = append(to, Change{e.storageKey(), recordFor(e).encode()})
	}
	if t.dirty = t.dirty[n:]; len(t.dirty) == 0 {
		t.dirty = nil
	}
	return to, len(t.dirty) > 0
}

// Save appends the change that stores a part until its summary is delivered, unless
// the part is saved already. It reports whether it was not.
func (t *Trace) Save(to []Change) (changes []Change, isNew bool) {
	if t.saved {
		return to, false
	}
	t.saved, t.kept = true, true
	e := entry{
		key: t.key, part: int32(t.Part), complete: t.Complete, origin: originOf(t.Origin), start: t.Start, end: t.End, sums: t.Sums,
		names: t.names, sender: t.sender, promptID: t.PromptID, sessionID: t.SessionID, previous: t.Previous,
	}
	return append(to, Change{partKey(t.key, t.Part), record{entry: &e, kind: endedRecord, reason: t.Reason}.encode()}), true
}

// Drop appends the change that deletes a part whose summary was delivered, if the
// part is stored.
func (t *Trace) Drop(to []Change) []Change {
	if !t.kept {
		return to
	}
	return append(to, Change{Key: partKey(t.key, t.Part)})
}
