package prompt

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"
)

// Restore loads what another Tracker stored into one that has no prompts yet.
// [Tracker.Take] then returns the parts whose summaries were not delivered. Restore
// returns the keys that could not be read; the caller can delete them.
func (t *Tracker) Restore(now time.Time, stored iter.Seq2[string, []byte]) (unreadable []string) {
	t.advance(now)
	latest := map[key]record{}
	for key, value := range stored {
		r, err := decodeRecord(value)
		if err != nil || r.storageKey() != key {
			unreadable = append(unreadable, key)
			continue
		}
		if r.kind == endedRecord {
			t.endAgain(r, r.reason)
			continue
		}
		earlier := r
		if other, ok := latest[r.key]; !ok || r.after(other) {
			latest[r.key], earlier = r, other
		}
		// A storage that writes each batch atomically has no such part.
		if earlier.entry != nil && !earlier.closed {
			t.endAgain(earlier, Idle)
		}
	}
	slices.SortFunc(t.ended, func(a, b Trace) int {
		return cmp.Or(cmp.Compare(a.End, b.End), slices.Compare(a.ID[:], b.ID[:]), cmp.Compare(a.Part, b.Part))
	})
	for _, r := range slices.SortedFunc(maps.Values(latest), byActivity) {
		t.admit(r)
	}
	return unreadable
}

// after reports whether r is a later state of the other's prompt.
func (r record) after(other record) bool {
	return r.part > other.part || r.part == other.part && r.closed
}

// endAgain adds a part that the previous run closed and counted as closed.
func (t *Tracker) endAgain(r record, reason Reason) {
	trace := r.total(reason)
	trace.kept, trace.saved = true, r.kind == endedRecord
	t.ended = append(t.ended, trace)
}

func byActivity(a, b record) int {
	return cmp.Or(cmp.Compare(a.seen, b.seen), slices.Compare(a.trace[:], b.trace[:]), cmp.Compare(a.session, b.session))
}

// admit adds a restored entry.
func (t *Tracker) admit(r record) {
	e := r.entry
	e.seen = min(e.seen, t.now)
	t.entries[e.key] = e
	t.sessions.restore(e)
	for _, d := range r.digests {
		t.remember(e, d)
	}
	if e.closed {
		e.stored = true
		t.closed.pushNewest(e)
		for t.closed.n > t.set.MaxClosed {
			t.forgetOldest()
		}
		return
	}
	// The key under which an earlier part was stored as closed may still exist.
	e.kept, e.stored = true, e.part > 0
	for t.open.n >= t.set.MaxOpen {
		t.closePart(t.open.oldest, Evicted)
	}
	t.texts.used += nameBytes(e)
	e.sender = t.texts.share(e.sender)
	t.open.pushNewest(e)
}
