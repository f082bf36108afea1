package fleet

import (
	"iter"
	"slices"
	"time"
)

// An arrival is a seat that begins a prompt.
type arrival struct {
	at   time.Time
	seat *seat
}

// arrivals yields who begins a prompt when, in order of time, within the bounds
// of the settings.
func (f *Fleet) arrivals() iter.Seq[arrival] {
	source := f.officeHours
	if f.settings.Every > 0 {
		source = f.evenly
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
func (f *Fleet) evenly(yield func(arrival) bool) {
	table := make([]share[*seat], len(f.seats))
	for i, s := range f.seats {
		table[i] = share[*seat]{s.habit.prompts, s}
	}
	for at := f.settings.Start; ; at = at.Add(f.settings.Every) {
		if !yield(arrival{at, draw(f.calendar, table)}) {
			return
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
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		return nil
	}
	var list []arrival
	for range s.habit.day(f.calendar) {
		hours := s.habit.moment(f.calendar)
		at := day.Add(time.Duration(hours*float64(time.Hour)) - s.zone).Truncate(time.Millisecond)
		if !at.Before(f.settings.Start) {
			list = append(list, arrival{at, s})
		}
	}
	return list
}
