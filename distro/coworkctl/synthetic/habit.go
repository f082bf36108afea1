package synthetic

import "math"

// A habit is how somebody uses Cowork.
type habit struct {
	name    string
	prompts float64 // a working day's, on average
	steps   float64 // how long a prompt of theirs runs, as a factor
	spread  float64 // how much days differ
	early   float64 // when their day begins, in hours
	late    float64 // when it ends
}

// habits differ by more than ten to one, as seats do. Profile: 1,055 events a
// seat and day on average, about 15 prompts; the heaviest 6,600.
var habits = []share[*habit]{
	{38, &habit{"light", 4, 0.8, 0.7, 9, 17}},
	{34, &habit{"steady", 13, 1, 0.4, 8.5, 17.5}},
	{14, &habit{"heavy", 38, 1.1, 0.3, 8, 18.5}},
	{9, &habit{"evening", 12, 1, 0.6, 13, 22}},
	{5, &habit{"batch", 25, 1.6, 0.5, 7, 12}},
}

// day returns how many prompts somebody of this habit begins on a working day.
// One day in eight they do not come at all.
func (h *habit) day(d dice) int { return h.paced(1, d) }

// paced is day for a pace that is not the usual one.
func (h *habit) paced(pace float64, d dice) int {
	if d.chance(0.125) {
		return 0
	}
	// The factor takes the excess of a log-normal mean over its median back out.
	return int(math.Round(pace * d.around(h.prompts, h.spread) / math.Exp(h.spread*h.spread/2)))
}

// moment returns when in the day a prompt begins, in hours: more in the middle
// of the morning and of the afternoon than around lunch.
func (h *habit) moment(d dice) float64 {
	half := (h.late - h.early) / 2
	at := h.early + half*(d.Float64()+d.Float64())/2
	if d.chance(0.5) {
		at += half
	}
	return at
}
