package metric

// Stats count what happened since they were last asked for. They are keyed by words
// of this package and of the schema, never by a sender's.
type Stats struct {
	// Invalid counts numbers that are negative, absurd or none, by attribute.
	Invalid map[string]int64
	// Duplicates counts events that came before, by kind.
	Duplicates map[string]int64
	// Overflow counts observations that found no room for a series of their own, by
	// metric.
	Overflow map[string]int64
	// Cut counts values of attributes that were shortened or mended.
	Cut int64
	// Forgotten counts events that are not known again, since others needed the room.
	Forgotten int64
}

func newStats() Stats {
	return Stats{Invalid: map[string]int64{}, Duplicates: map[string]int64{}, Overflow: map[string]int64{}}
}

// reset sets the counts to 0, without giving up their room.
func (s *Stats) reset() {
	clear(s.Invalid)
	clear(s.Duplicates)
	clear(s.Overflow)
	s.Cut, s.Forgotten = 0, 0
}

// add adds the counts of a batch.
func (s *Stats) add(o *Stats) {
	for key, n := range o.Invalid {
		s.Invalid[key] += n
	}
	s.Cut += o.Cut
}
