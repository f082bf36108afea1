package synthetic

import "time"

// apiConditions are the failure rates of the API at some time.
type apiConditions struct {
	errors   float64 // of requests
	noStatus float64 // of errors
	failures []weighted[failure]
}

var (
	normalConditions = apiConditions{apiErrorRate, noStatusRate, failures}
	overloaded       = apiConditions{0.7, 0.04, []weighted[failure]{{94, failure{529, "Overloaded"}}, {6, failure{500, "Internal server error"}}}}
)

// apiConditions returns the conditions of the API at a time.
func (sc *scenario) apiConditions(at time.Time) apiConditions {
	if sc == nil || at.Before(sc.overload) || !at.Before(sc.overload.Add(time.Hour)) {
		return normalConditions
	}
	return overloaded
}

// flakyConnector fails more often than the others, mostly for a week, and today.
const flakyConnector = "ticketing"

// failingFrom is the share of the time from which on the flaky connector fails again, until
// today.
const failingFrom = 0.97

// flakyPhases are the failure rates of the flaky connector over the demonstration.
var flakyPhases = []struct {
	from, to           float64 // share of the time
	calls, connections float64
}{
	{0, 0.6, 0.08, 0.12},
	{0.6, 0.85, 0.45, 0.4},
	{0.85, failingFrom, 0.1, 0.15},
	{failingFrom, 2, 0.6, 0.5},
}

// toolFailureRate returns the failure rate of the tools of a connector, nil for
// built-in tools.
func (sc *scenario) toolFailureRate(c *connector, at time.Time) float64 {
	if calls, _, ok := sc.flakyRates(c, at); ok {
		return calls
	}
	return toolFailureRate
}

// connectionFailureRate returns the failure rate of connections to a connector.
func (sc *scenario) connectionFailureRate(c *connector, at time.Time) float64 {
	if _, connections, ok := sc.flakyRates(c, at); ok {
		return connections
	}
	return connectionFailureRate
}

func (sc *scenario) flakyRates(c *connector, at time.Time) (calls, connections float64, ok bool) {
	if sc == nil || c == nil || c.name != flakyConnector {
		return 0, 0, false
	}
	now := sc.progress(at)
	for _, phase := range flakyPhases {
		if now >= phase.from && now < phase.to {
			return phase.calls, phase.connections, true
		}
	}
	return 0, 0, false
}
