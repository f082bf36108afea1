package synthetic

import (
	"slices"
	"time"
)

// A demonstration is looked at when it is told, be that on a Sunday night: in the
// hours before, and from then on, somebody is always at work.
const (
	watch      = 3 * time.Hour
	watchEvery = 3 * time.Minute
	liveEvery  = 10 * time.Second
)

// demonstration yields office hours until the present, the last of them with a few
// prompts more, and then prompts at an even pace for ever.
func (f *Fleet) demonstration(yield func(arrival) bool) {
	var past []arrival
	for a := range f.officeHours {
		if !a.at.Before(f.plot.present) {
			break
		}
		past = append(past, a)
	}
	began := f.plot.present.Add(-watch)
	if began.Before(f.settings.Start) {
		began = f.settings.Start
	}
	for a := range f.evenly(began, watchEvery) {
		if !a.at.Before(f.plot.present) {
			break
		}
		past = append(past, a)
	}
	slices.SortStableFunc(past, func(a, b arrival) int { return a.at.Compare(b.at) })
	for _, a := range past {
		if !yield(a) {
			return
		}
	}
	f.evenly(f.plot.present, liveEvery)(yield)
}

// The nightly task: what it asks for, when, and from which part of the story on it
// was scheduled twice and nobody has noticed.
const (
	nightlyErrand = "Collect the numbers of every region into the management report."
	nightlyHour   = 3
	nightlyTwice  = 0.55
)

// night returns the runs of the task that somebody scheduled for every night, weekend
// or not.
func (f *Fleet) night(day time.Time) []arrival {
	if f.plot == nil {
		return nil
	}
	s := f.nightly()
	at := day.Add(nightlyHour*time.Hour - s.zone)
	if at.Before(f.settings.Start) {
		return nil
	}
	runs := []arrival{{at, s, nightlyErrand}}
	if f.plot.passed(at) > nightlyTwice {
		runs = append(runs, arrival{at.Add(2 * time.Second), s, nightlyErrand})
	}
	return runs
}

// nightly returns whose task that is: the first batch user's, if there is one.
func (f *Fleet) nightly() *seat {
	return f.seats[max(0, slices.IndexFunc(f.seats, func(s *seat) bool { return s.habit.name == "batch" }))]
}
