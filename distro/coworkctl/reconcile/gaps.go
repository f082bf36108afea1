package reconcile

import (
	"slices"
	"time"
)

// slot is the length of the intervals in which the telemetry is checked for gaps.
const slot = 5 * time.Minute

// A gap is a range of time without any event of anyone.
type gap struct{ from, to time.Time }

func slotOf(at time.Time) int64 { return at.UnixNano() / int64(slot) }

func timeOf(slotNumber int64) time.Time { return time.Unix(0, slotNumber*int64(slot)).UTC() }

// markEvents records that events are in a range of time.
func (t *Telemetry) markEvents(from, to time.Time) {
	for n := slotOf(from); n <= slotOf(to); n++ {
		if !t.slots[n] {
			t.slots[n], t.sorted = true, nil
		}
	}
}

// gapAt returns the gap that a range of time is in. ok is false if there are events in the
// range, or if it is not within the telemetry.
func (t *Telemetry) gapAt(from, to time.Time) (g gap, ok bool) {
	if from.Before(t.first) || to.After(t.last) {
		return gap{}, false
	}
	known := t.sortedSlots()
	next, found := slices.BinarySearch(known, slotOf(from))
	if found || next == 0 || next == len(known) || known[next] <= slotOf(to) {
		return gap{}, false
	}
	return gap{timeOf(known[next-1] + 1), timeOf(known[next])}, true
}

// sortedSlots returns the slots with an event in order.
func (t *Telemetry) sortedSlots() []int64 {
	if t.sorted == nil {
		for n := range t.slots {
			t.sorted = append(t.sorted, n)
		}
		slices.Sort(t.sorted)
	}
	return t.sorted
}
