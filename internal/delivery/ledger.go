package delivery

import (
	"slices"

	"github.com/cowork-otel/collector/internal/digest"
)

// A State is what a [Ledger] has recorded of an event.
type State uint8

// The states.
const (
	// New is an event that was not passed on, or whose record cannot be recognised.
	New State = iota
	// Refused is an event that was passed on and counted, and not accepted.
	Refused
	// Delivered is an event that was accepted, or that occurs earlier in its batch.
	Delivered
)

// Settings bound the memory of a [Ledger].
type Settings struct {
	// MaxDelivered is how many of the latest delivered events are recognised, at least.
	MaxDelivered int
	// MaxRefused is the same for refused events.
	MaxRefused int
	// Durable reports whether [Ledger.Snapshot] returns changes.
	Durable bool
}

// Stats count the events of a [Ledger] since it was created.
type Stats struct {
	// Duplicates are the events that were delivered before.
	Duplicates int64
	// Redelivered are the events that were refused before and passed on again.
	Redelivered int64
	// Forgotten are the events that are no longer recognised, since there was no room.
	Forgotten int64
}

// A Ledger records the events of batches that are passed on. It is not safe for
// concurrent use. Make one with [NewLedger].
type Ledger struct {
	set       Settings
	delivered digest.Set
	refused   digest.Set
	inFlight  []*Flight // in the order of their start
	segments  segments
	stats     Stats
}

// NewLedger returns a Ledger without events.
func NewLedger(set Settings) *Ledger {
	l := &Ledger{set: set}
	l.segments.limit = uint64(max(set.MaxDelivered/segmentSize, 1))
	return l
}

// Blocking returns a channel that is closed at the end of a flight that has one of the
// events, nil if there is no such flight. Until then it is not known whether the event
// must be passed on.
func (l *Ledger) Blocking(ids []digest.Digest) <-chan struct{} {
	for _, f := range l.inFlight {
		if slices.ContainsFunc(ids, f.contains) {
			return f.done
		}
	}
	return nil
}

// Start adds a flight, which [Ledger.End] removes.
func (l *Ledger) Start(f *Flight) { l.inFlight = append(l.inFlight, f) }

// Begin adds an event to a flight that was started, unless the event is delivered, and
// returns its state. No other flight may have it. The digest is 0 if the event cannot be recognised.
func (l *Ledger) Begin(f *Flight, d digest.Digest) State {
	switch {
	case d == 0:
		return New
	case l.delivered.Contains(d), !f.add(d):
		l.stats.Duplicates++
		return Delivered
	}
	if l.refused.Contains(d) {
		l.stats.Redelivered++
		return Refused
	}
	return New
}

// End records the outcome of a flight.
func (l *Ledger) End(f *Flight, accepted bool) {
	i := slices.Index(l.inFlight, f)
	l.inFlight = slices.Delete(l.inFlight, i, i+1)
	for _, d := range f.ids {
		switch {
		case accepted:
			l.deliver(d)
			if l.set.Durable {
				l.stats.Forgotten += l.segments.add(d)
			}
		case !l.refused.Contains(d):
			l.stats.Forgotten += int64(l.refused.Insert(d, digest.SlotsFor(l.set.MaxRefused)))
		}
	}
	close(f.done)
}

func (l *Ledger) deliver(d digest.Digest) {
	l.stats.Forgotten += int64(l.delivered.Insert(d, digest.SlotsFor(l.set.MaxDelivered)))
}

// Stats returns the counts.
func (l *Ledger) Stats() Stats { return l.stats }
