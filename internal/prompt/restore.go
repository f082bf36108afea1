package prompt

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"
)

// Restore takes back what was stored by a Tracker before, into one that has no
// prompts yet. [Tracker.Take] then returns the parts whose summaries were not
// delivered. It returns the keys that could not be read, which the storage can do
// without.
func (t *Tracker) Restore(now time.Time, stored iter.Seq2[string, []byte]) (unreadable []string) {
	t.tell(now)
	latest := map[key]record{}
	for key, value := range stored {
		r, err := decode(value)
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
		// A storage that keeps each batch whole has no such part.
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

// after reports whether r is what became of the other.
func (r record) after(other record) bool {
	return r.part > other.part || r.part == other.part && r.closed
}

// endAgain is for a part that the run before closed and counted as closed.
func (t *Tracker) endAgain(r record, reason Reason) {
	trace := r.total(reason)
	trace.kept, trace.saved = true, r.kind == endedRecord
	t.ended = append(t.ended, trace)
}

func byActivity(a, b record) int {
	return cmp.Or(cmp.Compare(a.seen, b.seen), slices.Compare(a.trace[:], b.trace[:]), cmp.Compare(a.session, b.session))
}

// admit makes a restored entry one of the Tracker's.
func (t *Tracker) admit(r record) {
	e := r.entry
	e.seen = min(e.seen, t.now)
	t.entries[e.key] = e
	t.replace(e)
	for _, id := range r.ids {
		t.remember(e, id)
	}
	if e.closed {
		e.stored = true
		t.closed.pushNewest(e)
		for t.closed.n > t.set.MaxClosed {
			t.forgetEarly()
		}
		return
	}
	// The key of what was left of it when it was closed before may still be there.
	e.kept, e.stored = true, e.part > 0
	for t.open.n >= t.set.MaxOpen {
		t.close(t.open.oldest, Evicted)
	}
	for _, n := range e.names {
		t.textBytes += len(n.text.Value())
	}
	e.origin = t.share(e.origin)
	t.open.pushNewest(e)
}
