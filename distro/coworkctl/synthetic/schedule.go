package synthetic

import (
	"iter"
	"slices"
	"time"
)

// A schedule decides which seat starts a prompt when.
type schedule struct {
	settings *Settings
	seats    []*seat
	scenario *scenario // nil without a demonstration
	rng      random
}

// A scheduledPrompt is a prompt of a seat.
type scheduledPrompt struct {
	at   time.Time
	seat *seat
	text string // empty for a random one
}

// prompts yields the prompts in order of time, within the limits of the settings.
func (c *schedule) prompts() iter.Seq[scheduledPrompt] {
	source := c.officeHours
	switch {
	case c.settings.Every > 0:
		source = c.evenly(c.settings.Start, c.settings.Every)
	case c.scenario != nil:
		source = c.demonstration
	}
	return func(yield func(scheduledPrompt) bool) {
		n := 0
		for p := range source {
			if !c.settings.Until.IsZero() && !p.at.Before(c.settings.Until) {
				return
			}
			if !yield(p) {
				return
			}
			if n++; n == c.settings.Prompts {
				return
			}
		}
	}
}

// evenly yields a prompt at every interval. The seat is random, weighted by its
// prompts per day.
func (c *schedule) evenly(from time.Time, every time.Duration) iter.Seq[scheduledPrompt] {
	table := make([]weighted[*seat], len(c.seats))
	for i, s := range c.seats {
		table[i] = weighted[*seat]{s.usage.prompts, s}
	}
	return func(yield func(scheduledPrompt) bool) {
		for at := from; ; at = at.Add(every) {
			if !yield(scheduledPrompt{at: at, seat: pickWeighted(c.rng, table)}) {
				return
			}
		}
	}
}

// maxZoneOffset is the maximum time by which a local day begins before the day in
// UTC.
const maxZoneOffset = 14 * time.Hour

// officeHours yields the working days of all seats, each in its own time zone. A
// local day can overlap the next day in UTC: prompts are kept until no earlier one
// can follow.
func (c *schedule) officeHours(yield func(scheduledPrompt) bool) {
	day := c.settings.Start.Truncate(24*time.Hour).AddDate(0, 0, -1)
	var pending []scheduledPrompt
	for ; ; day = day.AddDate(0, 0, 1) {
		for _, s := range c.seats {
			pending = append(pending, c.workday(s, day)...)
		}
		pending = append(pending, c.nightlyRuns(day)...)
		sortPrompts(pending)
		complete := day.AddDate(0, 0, 1).Add(-maxZoneOffset)
		for len(pending) > 0 && pending[0].at.Before(complete) {
			if !yield(pending[0]) {
				return
			}
			pending = pending[1:]
		}
		// Days without any prompt do not reach the check of Until in prompts.
		if !c.settings.Until.IsZero() && complete.After(c.settings.Until) && len(pending) == 0 {
			return
		}
	}
}

func sortPrompts(list []scheduledPrompt) {
	slices.SortStableFunc(list, func(a, b scheduledPrompt) int { return a.at.Compare(b.at) })
}

// workday returns the prompts of one seat on one day, none before the start.
func (c *schedule) workday(s *seat, day time.Time) []scheduledPrompt {
	var list []scheduledPrompt
	for range c.promptsOn(s, day) {
		hours := s.usage.timeOfDay(c.rng)
		at := day.Add(time.Duration(hours*float64(time.Hour)) - s.zone).Truncate(time.Millisecond)
		if !at.Before(c.settings.Start) {
			list = append(list, scheduledPrompt{at: at, seat: s})
		}
	}
	return list
}

// promptsOn returns the number of prompts of a seat on a day.
func (c *schedule) promptsOn(s *seat, day time.Time) int {
	weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
	switch {
	case c.scenario != nil && weekend:
		return weekendPrompts(s.usage, c.rng)
	case c.scenario != nil:
		return weekdayPrompts(s.usage, c.rng)
	case weekend:
		return 0
	}
	return s.usage.promptsPerDay(1, c.rng)
}
