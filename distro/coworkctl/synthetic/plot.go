package synthetic

import (
	"math"
	"time"
)

// A plot is what happens to a fleet before the present besides everyday work, so
// that whoever looks has something to find. All of it is placed by the story's own
// length, and no dice of everyday work are thrown for it. A nil plot is a fleet to
// which nothing happens. A plot is safe for concurrent use.
type plot struct {
	from, present time.Time
	outage        time.Time // when the hour begins in which the API is overloaded
}

// A month of a team must pass through a collector in seconds, so its people ask less
// often than real ones, and their prompts are shorter.
const (
	plotPace    = 0.34
	plotSteps   = 0.5
	weekendRate = 0.12 // of the seats, each day of the weekend
)

func newPlot(set Settings) *plot {
	if set.Present.IsZero() {
		return nil
	}
	p := &plot{from: set.Start, present: set.Present.UTC().Round(0)}
	p.outage = p.afternoon(p.present.Add(-48 * time.Hour))
	return p
}

// afternoon returns two o'clock in UTC of the last working day before a time: both
// sides of the Atlantic are at their desks.
func (p *plot) afternoon(before time.Time) time.Time {
	day := before.Truncate(24*time.Hour).AddDate(0, 0, -1)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, -1)
	}
	return day.Add(14 * time.Hour)
}

// passed returns how much of the time until the present has passed, from 0 to 1.
func (p *plot) passed(at time.Time) float64 {
	return min(1, max(0, float64(at.Sub(p.from))/float64(max(1, p.present.Sub(p.from)))))
}

// rise goes from 0 at one share of the story to 1 at another, slowly at both ends, as
// what spreads among people does.
func (p *plot) rise(at time.Time, from, to float64) float64 {
	x := min(1, max(0, (p.passed(at)-from)/(to-from)))
	return x * x * (3 - 2*x)
}

// day returns how many prompts a habit begins on a working day.
func (p *plot) day(h *habit, d dice) int {
	// A rounded share of few prompts would leave those who ask seldom without any.
	n := h.paced(plotPace, d)
	if n == 0 && d.chance(plotPace) {
		n = 1
	}
	return n
}

// weekend returns how many it begins on a day of the weekend.
func (p *plot) weekend(h *habit, d dice) int {
	if !d.chance(weekendRate) {
		return 0
	}
	return 1 + h.paced(plotPace/2, d)
}

// steps is how long prompts are, as a factor.
func (p *plot) steps() float64 {
	if p == nil {
		return 1
	}
	return plotSteps
}

// hooks reports whether the seat of an index may have hooks: in a demonstration every
// third, since they are a quarter of all events and there is little to see of them.
func (p *plot) hooks(index int) bool { return p == nil || index%3 == 0 }

// remoteEmailRate is how many cloud sessions know whose they are. Those that do not
// would fill a small team's list of people with strangers.
func (p *plot) remoteEmailRate() float64 {
	if p == nil {
		return remoteEmailRate
	}
	return 0.96
}

// version returns what a seat runs from a time on. The newest release is rolled out
// in the middle of the story.
func (p *plot) version(s *seat, at time.Time) version {
	newest, before := versions[0].what, versions[1].what
	if p == nil || s.version != newest || s.lateness < p.rise(at, 0.3, 0.85) {
		return s.version
	}
	return before
}

// missed returns how many of the tokens that could be read from the cache are written
// to it again: fewer every week, as people learn to keep their conversations.
func (p *plot) missed(cached int64, at time.Time) int64 {
	if p == nil {
		return 0
	}
	return int64(math.Round(float64(cached) * (0.03 + 0.2*(1-p.passed(at)))))
}
