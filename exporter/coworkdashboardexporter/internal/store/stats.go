package store

// Stats are counts since the previous call of [Store.TakeStats].
type Stats struct {
	// Events were added, Duplicates were dropped.
	Events, Duplicates int64
	// Lost are events without room in memory while commits failed.
	Lost int64
	// Old are events older than the retention.
	Old int64
	// Misdated are events with an impossible time, which count at the time of arrival.
	Misdated int64
	// Invalid are numbers that are negative, excessive or not numbers.
	Invalid int64
	// Cut are names that were truncated or were not valid UTF-8.
	Cut int64
	// Overflow are names beyond the limit, by category.
	Overflow [categories]int64
	// PromptsDropped, StepsDropped and AlertsDropped exceeded a limit.
	PromptsDropped, StepsDropped, AlertsDropped int64
	// Commits succeeded, Failures failed.
	Commits, Failures int64
}

// OverflowByName returns Overflow by the category's name.
func (s *Stats) OverflowByName() map[string]int64 {
	byName := map[string]int64{}
	for c, n := range s.Overflow {
		if n > 0 {
			byName[category(c).String()] = n
		}
	}
	return byName
}
