package synthetic

import (
	"slices"
	"time"
)

// A demonstration is viewed at its present, whatever the hour: before it and from
// then on prompts start at even intervals.
const (
	recentHours    = 3 * time.Hour
	recentInterval = 3 * time.Minute
	liveInterval   = 10 * time.Second
)

// demonstration yields office hours with additional recent prompts until the
// present, then prompts at an even pace without end.
func (c *schedule) demonstration(yield func(scheduledPrompt) bool) {
	present := c.scenario.present
	var past []scheduledPrompt
	for p := range c.officeHours {
		if !p.at.Before(present) {
			break
		}
		past = append(past, p)
	}
	recent := present.Add(-recentHours)
	if recent.Before(c.settings.Start) {
		recent = c.settings.Start
	}
	for p := range c.evenly(recent, recentInterval) {
		if !p.at.Before(present) {
			break
		}
		past = append(past, p)
	}
	sortPrompts(past)
	for _, p := range past {
		if !yield(p) {
			return
		}
	}
	c.evenly(present, liveInterval)(yield)
}

// The nightly task: its prompt, its hour, and the share of the demonstration from
// which on it is scheduled twice.
const (
	nightlyPrompt = "Collect the numbers of every region into the management report."
	nightlyHour   = 3
	nightlyTwice  = 0.55
)

// nightlyRuns returns the runs of the scheduled task on a day, weekends included.
func (c *schedule) nightlyRuns(day time.Time) []scheduledPrompt {
	if c.scenario == nil {
		return nil
	}
	s := c.nightlySeat()
	at := day.Add(nightlyHour*time.Hour - s.zone)
	if at.Before(c.settings.Start) {
		return nil
	}
	runs := []scheduledPrompt{{at, s, nightlyPrompt}}
	if c.scenario.progress(at) > nightlyTwice {
		runs = append(runs, scheduledPrompt{at.Add(2 * time.Second), s, nightlyPrompt})
	}
	return runs
}

// nightlySeat returns the owner of the task: the first batch user, if there is one.
func (c *schedule) nightlySeat() *seat {
	return c.seats[max(0, slices.IndexFunc(c.seats, func(s *seat) bool { return s.usage.name == "batch" }))]
}
