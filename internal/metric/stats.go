package metric

// Stats count what happened since they were last read. Their keys are names of this
// package and of the schema, never a sender's.
type Stats struct {
	// Invalid counts numbers that are negative, too large or not a number, by
	// attribute.
	Invalid map[string]int64
	// Duplicates counts events that were counted before, by kind.
	Duplicates map[string]int64
	// Overflow counts observations without room for a series of their own, by metric.
	Overflow map[string]int64
	// Evicted counts series that were dropped to make room for others, by metric.
	Evicted map[string]int64
	// Cut counts values of attributes that were shortened or corrected.
	Cut int64
	// Forgotten counts identities that were dropped for newer ones.
	Forgotten int64
}

func newStats() Stats {
	return Stats{Invalid: map[string]int64{}, Duplicates: map[string]int64{}, Overflow: map[string]int64{}, Evicted: map[string]int64{}}
}

// reset sets the counts to 0 and keeps their memory.
func (s *Stats) reset() {
	clear(s.Invalid)
	clear(s.Duplicates)
	clear(s.Overflow)
	clear(s.Evicted)
	s.Cut, s.Forgotten = 0, 0
}

// merge adds the counts of a batch.
func (s *Stats) merge(o *Stats) {
	for key, n := range o.Invalid {
		s.Invalid[key] += n
	}
	for key, n := range o.Duplicates {
		s.Duplicates[key] += n
	}
	s.Cut += o.Cut
}
