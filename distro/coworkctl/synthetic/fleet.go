package synthetic

import (
	"container/heap"
	"iter"
	"slices"
)

// A Fleet tells what the seats of an organisation do. It can be told once: what
// happened so far is part of it. It is not safe for concurrent use.
type Fleet struct {
	settings Settings
	seats    []*seat
	calendar dice
	plot     *plot // nil where nothing happens
	held     waiting
}

// heldRecords is how many records wait for their turn at most. A fleet as busy
// as a load test has more prompts under way than would fit in memory; over the
// limit the earliest batch leaves although another might still come before it.
// The batches of one session stay in order all the same.
const heldRecords = 20_000

// New returns the fleet that the settings describe.
func New(set Settings) (*Fleet, error) {
	if err := set.Validate(); err != nil {
		return nil, err
	}
	set.Start = set.Start.UTC().Round(0)
	f := &Fleet{settings: set, plot: newPlot(set)}
	organizations := newOrganizations(set.Seed)
	day := set.Seed ^ uint64(set.Start.UnixNano())*0x9e3779b97f4a7c15
	f.calendar = newDice(day, 1<<41)
	for i := range set.Seats {
		s := newSeat(set.Seed, i, organizations)
		s.d = newDice(day, uint64(i))
		s.hooked = s.hooked && f.plot.hooks(i)
		f.seats = append(f.seats, s)
	}
	f.alerts()
	return f, nil
}

// Batches yields what the clients send, in order of time, until the settings
// say that the story ends. Without an end it goes on for ever; break out of it.
func (f *Fleet) Batches() iter.Seq[Batch] {
	return func(yield func(Batch) bool) {
		for a := range f.arrivals() {
			for f.held.before(a) || f.held.records > heldRecords {
				if !yield(f.held.next()) {
					return
				}
			}
			for _, b := range f.prompt(a) {
				f.held.add(b)
			}
		}
		for f.held.Len() > 0 {
			if !yield(f.held.next()) {
				return
			}
		}
	}
}

// prompt lets a seat begin a prompt: in a session of theirs that is idle, or in
// a new one where all are busy.
func (f *Fleet) prompt(a arrival) []Batch {
	s := a.seat
	i := slices.IndexFunc(s.open, func(o *session) bool { return !o.until.After(a.at) })
	if i < 0 {
		i = len(s.open)
		s.open = append(s.open, newSession(s, &f.settings, f.plot))
	}
	told := s.open[i].tell(a.at, a.errand)
	if s.open[i].turns == 0 {
		s.open = slices.Delete(s.open, i, i+1)
	}
	return told
}

// waiting are the batches that are told and not yet sent, earliest first. The
// zero value is empty.
type waiting struct {
	batches []ordered
	added   int
	records int
}

// ordered remembers which of two batches of the same time came first.
type ordered struct {
	Batch
	order int
}

func (w *waiting) before(a arrival) bool {
	return len(w.batches) > 0 && w.batches[0].Time.Before(a.at)
}

func (w *waiting) add(b Batch) {
	w.added++
	w.records += b.Logs.LogRecordCount()
	heap.Push(w, ordered{b, w.added})
}

func (w *waiting) next() Batch {
	b := heap.Pop(w).(ordered).Batch
	w.records -= b.Logs.LogRecordCount()
	return b
}

// Len implements heap.Interface.
func (w *waiting) Len() int { return len(w.batches) }

// Less implements heap.Interface.
func (w *waiting) Less(i, j int) bool {
	a, b := w.batches[i], w.batches[j]
	if !a.Time.Equal(b.Time) {
		return a.Time.Before(b.Time)
	}
	return a.order < b.order
}

// Swap implements heap.Interface.
func (w *waiting) Swap(i, j int) { w.batches[i], w.batches[j] = w.batches[j], w.batches[i] }

// Push implements heap.Interface.
func (w *waiting) Push(x any) { w.batches = append(w.batches, x.(ordered)) }

// Pop implements heap.Interface.
func (w *waiting) Pop() any {
	last := len(w.batches) - 1
	b := w.batches[last]
	w.batches[last] = ordered{}
	w.batches = w.batches[:last]
	return b
}
