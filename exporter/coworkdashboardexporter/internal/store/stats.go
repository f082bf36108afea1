package store

// Stats count what happened since they were last taken.
type Stats struct {
	// Events were added up, Duplicates had come before.
	Events, Duplicates int64
	// Lost found no room in memory while nothing could be committed.
	Lost int64
	// Old are events of a time that is not kept any more.
	Old int64
	// Misdated had a time that cannot be, and were given that of their arrival.
	Misdated int64
	// Invalid are numbers that are negative, absurd or none.
	Invalid int64
	// Cut are names that were shortened or mended.
	Cut int64
	// Overflow are names that found no room, by category.
	Overflow [categories]int64
	// PromptsDropped, StepsDropped and AlertsDropped found no room.
	PromptsDropped, StepsDropped, AlertsDropped int64
	// Commits and Failures are flushes that were committed and those that were not.
	Commits, Failures int64
}

// OverflowByName returns what overflowed, by the category's name.
func (s *Stats) OverflowByName() map[string]int64 {
	byName := map[string]int64{}
	for c, n := range s.Overflow {
		if n > 0 {
			byName[category(c).String()] = n
		}
	}
	return byName
}
