package prompt

import (
	"encoding/hex"
	"strconv"
)

// A Change is what a storage has to do to know what a [Tracker] knows: to set a key,
// or to delete it where the value is nil.
type Change struct {
	Key   string
	Value []byte
}

// storageKey names an entry in the storage: each open part has a key of its own, so
// that it stays until its summary was delivered, and what is left of a closed prompt
// has one.
func (e *entry) storageKey() string {
	if e.closed {
		return e.key.String()
	}
	return partKey(e.key, int(e.part))
}

// String returns the key as text.
func (k key) String() string {
	return hex.EncodeToString(k.trace[:]) + "." + strconv.FormatUint(k.session, 16)
}

func partKey(k key, part int) string { return k.String() + "." + strconv.Itoa(part) }

// Snapshot appends what changed since it was last called, of at most limit prompts,
// and says whether there is more. Only a Tracker whose settings are durable notes
// changes. Of the parts that [Tracker.Take] returned it says nothing: see
// [Trace.Save].
func (t *Tracker) Snapshot(to []Change, limit int) (changes []Change, more bool) {
	for _, key := range t.deleted {
		to = append(to, Change{Key: key})
	}
	t.deleted = nil
	n := min(limit, len(t.dirty))
	for _, e := range t.dirty[:n] {
		if !e.dirty {
			continue // forgotten since
		}
		e.dirty = false
		if e.closed {
			e.stored = true
		} else {
			e.kept = true
		}
		to = append(to, Change{e.storageKey(), e.encode()})
	}
	if t.dirty = t.dirty[n:]; len(t.dirty) == 0 {
		t.dirty = nil
	}
	return to, len(t.dirty) > 0
}

// Save appends the change that keeps a part until its summary was delivered, unless
// it was saved before. It reports whether it was not.
func (t *Trace) Save(to []Change) (changes []Change, isNew bool) {
	if t.saved {
		return to, false
	}
	t.saved, t.kept = true, true
	e := entry{
		key: t.key, part: int32(t.Part), complete: t.Complete, start: t.Start, end: t.End, sums: t.Sums,
		names: t.names, origin: t.origin, promptID: t.PromptID, sessionID: t.SessionID, previous: t.Previous,
	}
	return append(to, Change{partKey(t.key, t.Part), record{entry: &e, kind: endedRecord, reason: t.Reason}.encode()}), true
}

// Drop appends the change that forgets a part whose summary was delivered, if the
// storage knows it.
func (t *Trace) Drop(to []Change) []Change {
	if !t.kept {
		return to
	}
	return append(to, Change{Key: partKey(t.key, t.Part)})
}
