package prompt

import (
	"cmp"
	"encoding/hex"
	"iter"
	"maps"
	"slices"
	"strconv"
	"time"
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

// StorageKey returns the key under which the part is stored while it is open. It is
// to be deleted once the part's summary was delivered.
func (t Trace) StorageKey() string { return partKey(t.key, t.Part) }

// Snapshot appends what changed since it was last called, of at most limit prompts,
// and says whether there is more. Only a Tracker whose settings are durable notes
// changes.
func (t *Tracker) Snapshot(to []Change, limit int) (changes []Change, more bool) {
	for _, key := range t.deleted {
		to = append(to, Change{Key: key})
	}
	t.deleted = nil
	n := min(limit, len(t.dirty))
	for _, e := range t.dirty[:n] {
		if e.dirty {
			e.dirty = false
			e.stored = e.stored || e.closed
			to = append(to, Change{e.storageKey(), e.encode()})
		}
	}
	if t.dirty = t.dirty[n:]; len(t.dirty) == 0 {
		t.dirty = nil
	}
	return to, len(t.dirty) > 0
}

// Restore takes back what was stored by a Tracker before, into one that has no
// prompts yet. A part whose prompt went on after it was closed without its summary
// being delivered is closed again, for [Tracker.Take]. It returns the keys that
// could not be read, which the storage can do without.
func (t *Tracker) Restore(now time.Time, stored iter.Seq2[string, []byte]) (unreadable []string) {
	t.tell(now)
	latest := map[key]*entry{}
	ids := map[*entry][]uint64{}
	for key, value := range stored {
		e, digests, err := decode(value)
		if err != nil || e.storageKey() != key {
			unreadable = append(unreadable, key)
			continue
		}
		ids[e] = digests
		earlier := e
		if other := latest[e.key]; other == nil || e.after(other) {
			latest[e.key], earlier = e, other
		}
		t.endEarlier(earlier)
	}
	for _, e := range slices.SortedFunc(maps.Values(latest), byActivity) {
		t.admit(e, ids[e])
	}
	return unreadable
}

// after reports whether e is what became of the other entry.
func (e *entry) after(other *entry) bool {
	return e.part > other.part || e.part == other.part && e.closed
}

// endEarlier closes a part that is not its prompt's last. What is left of a closed
// one is in the digests of the part that followed.
func (t *Tracker) endEarlier(e *entry) {
	if e == nil || e.closed {
		return
	}
	t.ended = append(t.ended, e.total(Idle))
	t.stats.Closed[Idle]++
}

func byActivity(a, b *entry) int {
	return cmp.Or(cmp.Compare(a.seen, b.seen), slices.Compare(a.trace[:], b.trace[:]))
}

// admit makes a restored entry one of the Tracker's.
func (t *Tracker) admit(e *entry, ids []uint64) {
	e.seen = min(e.seen, t.now)
	e.stored = true
	t.entries[e.key] = e
	for _, id := range ids {
		t.remember(e, id)
	}
	if e.closed {
		t.closed.pushNewest(e)
		for t.closed.n > t.set.MaxClosed {
			t.forgetEarly()
		}
		return
	}
	for t.open.n >= t.set.MaxOpen {
		t.close(t.open.oldest, Evicted)
	}
	for _, n := range e.names {
		t.textBytes += len(n.text.Value())
	}
	e.origin = t.share(e.origin)
	t.open.pushNewest(e)
}
