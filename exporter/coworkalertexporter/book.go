package coworkalertexporter

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// A book holds the alerts that Alertmanager is to know of, and what it was told.
//
// It never reads the clock. It is not safe for concurrent use.
type book struct {
	resend, expiry, minimum, forget time.Duration
	max                             int
	entries                         map[string]*entry
	// named are the keys of the alerts that fire, by what they are called.
	named map[string]string
	// changed are the keys whose entries differ from what is stored.
	changed map[string]struct{}
}

// An entry is an alert and how far the telling of it has come.
type entry struct {
	Alert alert `json:"alert"`
	// Heard is when a record last told of the alert.
	Heard time.Time `json:"heard"`
	// Fired is when Alertmanager first took it as firing, Over when it first took
	// it as resolved. Zero: not yet.
	Fired time.Time `json:"fired,omitzero"`
	Over  time.Time `json:"over,omitzero"`
	// sent is when it was last taken in this run.
	sent time.Time
}

// overFor is for how long a resolved alert is said again, as Alertmanager asks of
// its clients.
const overFor = 5 * time.Minute

func newBook(cfg *Config) *book {
	return &book{
		resend: cfg.ResendInterval, expiry: cfg.Expiry, minimum: cfg.MinimumFiring, forget: cfg.ForgetAfter, max: cfg.MaxAlerts,
		entries: map[string]*entry{}, named: map[string]string{}, changed: map[string]struct{}{},
	}
}

// note enters what a record tells. It reports false if the book knows better: a
// record that a crash had sent again may come after its successor. Again says that
// the same batch told of the alert before: its records are in order.
func (b *book) note(key string, a alert, now time.Time, again bool) bool {
	e, known := b.entries[key]
	switch {
	case !known && a.firing():
		e = &entry{}
	case !known:
		// Its firing was told by another run. It has lasted long enough.
		e = &entry{Fired: now.Add(-b.minimum)}
	case a.At.Before(e.Alert.At), a.At.Equal(e.Alert.At) && a.firing() && !e.Alert.firing() && !again:
		return false
	case a.firing() && !e.Over.IsZero():
		e.Fired, e.Over = time.Time{}, time.Time{} // it fires again
	}
	if !known || a.firing() != e.Alert.firing() {
		e.sent = time.Time{}
	}
	e.Alert, e.Heard = a, now
	b.enter(key, e)
	b.changed[key] = struct{}{}
	return true
}

// status returns what is said of an alert now. It fires for as long as it must, even
// if it was resolved before anyone could hear that it fired: whoever is on call
// learns of both, in order.
func (b *book) status(e *entry, now time.Time) string {
	if e.Alert.firing() || e.Fired.IsZero() || now.Before(e.Fired.Add(b.minimum)) {
		return firing
	}
	return resolved
}

const (
	firing   = "firing"
	resolved = "resolved"
)

// due returns the keys of the alerts that are to be said now, oldest first.
func (b *book) due(now time.Time) (keys []string) {
	for key, e := range b.entries {
		if b.isDue(e, now) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(x, y string) int {
		return cmp.Or(b.entries[x].Alert.StartsAt.Compare(b.entries[y].Alert.StartsAt), cmp.Compare(x, y))
	})
	return keys
}

// isToSay reports whether an alert is there, and due.
func (b *book) isToSay(key string, now time.Time) bool {
	e, ok := b.entries[key]
	return ok && b.isDue(e, now)
}

func (b *book) isDue(e *entry, now time.Time) bool {
	return e.sent.IsZero() || now.Sub(e.sent) >= b.resend || e.Over.IsZero() && b.status(e, now) == resolved
}

// taken enters that Alertmanager took what was said of an alert.
func (b *book) taken(key string, status string, now time.Time) {
	e := b.entries[key]
	e.sent = now
	switch {
	case status == firing && e.Fired.IsZero():
		e.Fired = now
	case status == resolved && e.Over.IsZero():
		e.Over = now
	default:
		return
	}
	b.changed[key] = struct{}{}
}

func (b *book) drop(key string) {
	b.forgetName(key)
	delete(b.entries, key)
	b.changed[key] = struct{}{}
}

// expire drops the alerts that were said for long enough, and those over the limit:
// the one first that was heard of longest ago. It returns how many of them fired.
func (b *book) expire(now time.Time) (forgotten, evicted int) {
	b.turnBack(now)
	for key, e := range b.entries {
		switch {
		case !e.Over.IsZero() && now.Sub(e.Over) >= overFor:
			b.drop(key)
		case now.Sub(e.Heard) >= b.forget:
			b.drop(key)
			forgotten++
		}
	}
	over := len(b.entries) - b.max
	if over <= 0 {
		return forgotten, 0
	}
	keys := slices.SortedFunc(maps.Keys(b.entries), func(x, y string) int {
		return cmp.Or(b.rank(x, y), b.entries[x].Heard.Compare(b.entries[y].Heard), cmp.Compare(x, y))
	})
	for _, key := range keys[:over] {
		b.drop(key)
	}
	return forgotten, over
}

// rank puts what is over before what is not.
func (b *book) rank(x, y string) int {
	return -cmp.Compare(b.entries[x].Over.Unix(), b.entries[y].Over.Unix())
}

// count returns how many alerts fire and how many are resolved.
func (b *book) count(now time.Time) map[string]int64 {
	n := map[string]int64{firing: 0, resolved: 0}
	for _, e := range b.entries {
		n[b.status(e, now)]++
	}
	return n
}

// waiting returns the keys of the alerts that are over, which nobody has heard yet.
func (b *book) waiting() (keys []string) {
	for key, e := range b.entries {
		if !e.Alert.firing() && e.Over.IsZero() {
			keys = append(keys, key)
		}
	}
	return keys
}
