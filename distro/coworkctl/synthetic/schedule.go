package synthetic

import (
	"iter"
	"slices"
	"time"
)

// An arrival is a seat that begins a prompt.
type arrival struct {
	at     time.Time
	seat   *seat
	errand string // what for; empty is anything
}

// arrivals yields who begins a prompt when, in order of time, within the bounds
// of the settings.
func (f *Fleet) arrivals() iter.Seq[arrival] {
	source := f.officeHours
	switch {
	case f.settings.Every > 0:
		source = f.evenly(f.settings.Start, f.settings.Every)
	case f.plot != nil:
		source = f.demonstration
	}
	return func(yield func(arrival) bool) {
		n := 0
		for a := range source {
			if !f.settings.Until.IsZero() && !a.at.Before(f.settings.Until) {
				return
			}
			if !yield(a) {
				return
			}
			if n++; n == f.settings.Prompts {
				return
			}
		}
	}
}

// evenly yields a prompt at every interval, of any seat: the more somebody uses
// Cowork, the likelier of theirs.
func (f *Fleet) evenly(from time.Time, every time.Duration) iter.Seq[arrival] {
	table := make([]share[*seat], len(f.seats))
	for i, s := range f.seats {
		table[i] = share[*seat]{s.habit.prompts, s}
	}
	return func(yield func(arrival) bool) {
		for at := from; ; at = at.Add(every) {
			if !yield(arrival{at: at, seat: draw(f.calendar, table)}) {
				return
			}
		}
	}
}

// farthest is how far a day may begin before it does in UTC.
const farthest = 14 * time.Hour

// officeHours yields the working days of all seats, each by the clock on its own
// wall. A local day may reach into the next in UTC; what could still be overtaken
// by somebody's next day is kept until that is known.
func (f *Fleet) officeHours(yield func(arrival) bool) {
	day := f.settings.Start.Truncate(24*time.Hour).AddDate(0, 0, -1)
	var pending []arrival
	for ; ; day = day.AddDate(0, 0, 1) {
		for _, s := range f.seats {
			pending = append(pending, f.workday(s, day)...)
		}
		pending = append(pending, f.night(day)...)
		slices.SortStableFunc(pending, func(a, b arrival) int { return a.at.Compare(b.at) })
		known := day.AddDate(0, 0, 1).Add(-farthest)
		for len(pending) > 0 && pending[0].at.Before(known) {
			if !yield(pending[0]) {
				return
			}
			pending = pending[1:]
		}
		// Without anybody at work the days still pass, so the bound must be seen.
		if !f.settings.Until.IsZero() && known.After(f.settings.Until) && len(pending) == 0 {
			return
		}
	}
}

// workday returns the prompts of one seat on one day, from the start of the
// story on.
func (f *Fleet) workday(s *seat, day time.Time) []arrival {
	var list []arrival
	for range f.promptsOn(s, day) {
		hours := s.habit.moment(f.calendar)
		at := day.Add(time.Duration(hours*float64(time.Hour)) - s.zone).Truncate(time.Millisecond)
		if !at.Before(f.settings.Start) {
			list = append(list, arrival{at: at, seat: s})
		}
	}
	return list
}

// promptsOn returns how many prompts a seat begins on a day.
func (f *Fleet) promptsOn(s *seat, day time.Time) int {
	weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
	switch {
	case f.plot != nil && weekend:
		return f.plot.weekend(s.habit, f.calendar)
	case f.plot != nil:
		return f.plot.day(s.habit, f.calendar)
	case weekend:
		return 0
	}
	return s.habit.day(f.calendar)
}
