package synthetic

import (
	"iter"
	"slices"
)

// A Fleet generates the telemetry of the seats of an organization. Its batches can
// be generated once, since they change its state. It is not safe for concurrent
// use.
type Fleet struct {
	settings *Settings
	schedule schedule
	pending  batchQueue
}

// maxPendingRecords limits the records that wait for their turn. A load test has
// more prompts in progress than fit in memory. Over the limit the earliest batch
// is returned although an earlier one may follow. The batches of one session stay
// in order.
const maxPendingRecords = 20_000

// New returns the fleet that the settings describe.
func New(set Settings) (*Fleet, error) {
	if err := set.Validate(); err != nil {
		return nil, err
	}
	set.Start = set.Start.UTC().Round(0)
	organizations := newOrganizations(set.Seed)
	day := set.Seed ^ uint64(set.Start.UnixNano())*0x9e3779b97f4a7c15
	c := schedule{settings: &set, scenario: newScenario(set), rng: newRandom(day, 1<<41)}
	for i := range set.Seats {
		s := newSeat(set.Seed, i, organizations)
		s.rng = newRandom(day, uint64(i))
		s.hooked = s.hooked && c.scenario.hasHooks(i)
		c.seats = append(c.seats, s)
	}
	f := &Fleet{settings: &set, schedule: c}
	if c.scenario != nil {
		c.scenario.bypassSeat = bypassSeat(c.seats)
		for _, b := range alertBatches(c.scenario, set.Start, c.nightlySeat().person) {
			f.pending.insert(b)
		}
	}
	return f, nil
}

// Batches yields what the clients send, in order of time, until the end that the
// settings set. Without one the sequence is infinite.
func (f *Fleet) Batches() iter.Seq[Batch] {
	return func(yield func(Batch) bool) {
		for p := range f.schedule.prompts() {
			for f.pending.hasBefore(p.at) || f.pending.records > maxPendingRecords {
				if !yield(f.pending.next()) {
					return
				}
			}
			for _, b := range f.runPrompt(p) {
				f.pending.insert(b)
			}
		}
		for f.pending.Len() > 0 {
			if !yield(f.pending.next()) {
				return
			}
		}
	}
}

// runPrompt runs a prompt in an idle session of its seat, or in a new one if all
// are busy.
func (f *Fleet) runPrompt(p scheduledPrompt) []Batch {
	s := p.seat
	i := slices.IndexFunc(s.open, func(o *session) bool { return !o.until.After(p.at) })
	if i < 0 {
		i = len(s.open)
		s.open = append(s.open, newSession(s, f.settings, f.schedule.scenario))
	}
	batches := s.open[i].runPrompt(p.at, p.text)
	if s.open[i].promptsLeft == 0 {
		s.open = slices.Delete(s.open, i, i+1)
	}
	return batches
}
