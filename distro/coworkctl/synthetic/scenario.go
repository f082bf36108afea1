package synthetic

import (
	"math"
	"time"
)

// A scenario is the sequence of incidents and changes of a demonstration. All of
// them are placed relative to its length, without random values. The nil scenario
// has none of them. A scenario is immutable.
type scenario struct {
	start, present time.Time
	overload       time.Time // begin of the hour in which the API is overloaded
	bypassSeat     int       // index of the user who works without confirmation
}

// Prompts of a demonstration are fewer and shorter than real ones, so that a
// collector processes a month of them in seconds.
const (
	scenarioPace  = 0.34
	scenarioSteps = 0.5
	weekendRate   = 0.12 // of the seats, on each day of the weekend
)

// newScenario returns nil if the settings have no present.
func newScenario(set Settings) *scenario {
	if set.Present.IsZero() {
		return nil
	}
	present := set.Present.UTC().Round(0)
	return &scenario{start: set.Start, present: present, overload: lastAfternoon(present.Add(-48 * time.Hour))}
}

// lastAfternoon returns 14:00 UTC of the last working day before a time, which is
// within office hours in Europe and America.
func lastAfternoon(before time.Time) time.Time {
	day := before.Truncate(24*time.Hour).AddDate(0, 0, -1)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, -1)
	}
	return day.Add(14 * time.Hour)
}

// progress returns the share of the time until the present that has passed, from 0
// to 1.
func (sc *scenario) progress(at time.Time) float64 {
	return min(1, max(0, float64(at.Sub(sc.start))/float64(max(1, sc.present.Sub(sc.start)))))
}

// adoption rises from 0 to 1 between two shares of the time, slowly at both ends.
func (sc *scenario) adoption(at time.Time, from, to float64) float64 {
	x := min(1, max(0, (sc.progress(at)-from)/(to-from)))
	return x * x * (3 - 2*x)
}

// stepFactor returns a factor of the length of prompts.
func (sc *scenario) stepFactor() float64 {
	if sc == nil {
		return 1
	}
	return scenarioSteps
}

// hasHooks reports whether the seat of an index may have hooks. In a demonstration
// only every third has, since hooks are a quarter of all events.
func (sc *scenario) hasHooks(index int) bool { return sc == nil || index%3 == 0 }

// remoteEmailRate returns the share of cloud sessions that carry the user's
// identity. In a demonstration most do, so that its users are recognizable.
func (sc *scenario) remoteEmailRate() float64 {
	if sc == nil {
		return remoteEmailRate
	}
	return 0.96
}

// cacheMisses returns how many of the cached tokens are written to the cache again.
// They decrease over the demonstration.
func (sc *scenario) cacheMisses(cached int64, at time.Time) int64 {
	if sc == nil {
		return 0
	}
	return int64(math.Round(float64(cached) * (0.03 + 0.2*(1-sc.progress(at)))))
}

// weekdayPrompts returns the number of prompts on a working day of a demonstration.
func weekdayPrompts(u *usageProfile, rng random) int {
	// A rounded share of few prompts would be zero for light users.
	n := u.promptsPerDay(scenarioPace, rng)
	if n == 0 && rng.chance(scenarioPace) {
		n = 1
	}
	return n
}

// weekendPrompts returns the number on a day of the weekend.
func weekendPrompts(u *usageProfile, rng random) int {
	if !rng.chance(weekendRate) {
		return 0
	}
	return 1 + u.promptsPerDay(scenarioPace/2, rng)
}
