package synthetic

import "math"

// A usageProfile is how a user uses Cowork.
type usageProfile struct {
	name    string
	prompts float64 // per working day, on average
	steps   float64 // factor of the length of a prompt
	spread  float64 // variation between days
	early   float64 // begin of the day, in hours
	late    float64 // end of the day
}

// usageProfiles differ by more than ten to one. Source: 1,055 events per seat and
// day on average, about 15 prompts; 6,600 events for the heaviest user.
var usageProfiles = []weighted[*usageProfile]{
	{38, &usageProfile{"light", 4, 0.8, 0.7, 9, 17}},
	{34, &usageProfile{"steady", 13, 1, 0.4, 8.5, 17.5}},
	{14, &usageProfile{"heavy", 38, 1.1, 0.3, 8, 18.5}},
	{9, &usageProfile{"evening", 12, 1, 0.6, 13, 22}},
	{5, &usageProfile{"batch", 25, 1.6, 0.5, 7, 12}},
}

// promptsPerDay returns the number of prompts on a working day, none on one day in
// eight. The pace is a factor.
func (u *usageProfile) promptsPerDay(pace float64, rng random) int {
	if rng.chance(0.125) {
		return 0
	}
	// The divisor is the ratio of a log-normal mean to its median.
	return int(math.Round(pace * rng.logNormal(u.prompts, u.spread) / math.Exp(u.spread*u.spread/2)))
}

// timeOfDay returns when a prompt starts, in hours: more often in the middle of the
// morning and of the afternoon than at noon.
func (u *usageProfile) timeOfDay(rng random) float64 {
	half := (u.late - u.early) / 2
	at := u.early + half*(rng.Float64()+rng.Float64())/2
	if rng.chance(0.5) {
		at += half
	}
	return at
}
