package synthetic

import "time"

// A weather is how the API and the connectors are at some time.
type weather struct {
	errors   float64 // of requests
	noStatus float64 // of errors
	failures []share[failure]
}

var (
	fair  = weather{apiErrorRate, noStatusRate, failures}
	storm = weather{0.7, 0.04, []share[failure]{{94, failure{529, "Overloaded"}}, {6, failure{500, "Internal server error"}}}}
)

// weather returns how the API is at a time.
func (p *plot) weather(at time.Time) weather {
	if p == nil || at.Before(p.outage) || !at.Before(p.outage.Add(time.Hour)) {
		return fair
	}
	return storm
}

// flakyConnector fails more often than the others, and for a week most of the time.
const flakyConnector = "ticketing"

// flaky is how often the flaky connector fails: its calls, its connections.
var flaky = []struct {
	from, to          float64 // of the story
	calls, connecting float64
}{
	{0, 0.6, 0.08, 0.12},
	{0.6, 0.85, 0.45, 0.4},
	{0.85, 2, 0.1, 0.15},
}

// toolFailureRate is how many calls of a connector fail, or with none of any tool.
func (p *plot) toolFailureRate(c *connector, at time.Time) float64 {
	if calls, _, is := p.flaky(c, at); is {
		return calls
	}
	return toolFailureRate
}

// connectionFailureRate is how many connections to a connector fail.
func (p *plot) connectionFailureRate(c *connector, at time.Time) float64 {
	if _, connecting, is := p.flaky(c, at); is {
		return connecting
	}
	return connectionFailureRate
}

func (p *plot) flaky(c *connector, at time.Time) (calls, connecting float64, is bool) {
	if p == nil || c == nil || c.name != flakyConnector {
		return 0, 0, false
	}
	now := p.passed(at)
	for _, f := range flaky {
		if now >= f.from && now < f.to {
			return f.calls, f.connecting, true
		}
	}
	return 0, 0, false
}
