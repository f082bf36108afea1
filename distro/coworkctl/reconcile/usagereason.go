package reconcile

import (
	"fmt"
	"math"
)

// A usageReason explains a difference. The first one that applies is the likely one.
type usageReason struct {
	name     string
	applies  func(u *usageComparison, d *CostDifference) bool
	evidence func(u *usageComparison, d *CostDifference) string
}

func constant(s string) func(*usageComparison, *CostDifference) string {
	return func(*usageComparison, *CostDifference) string { return s }
}

// usageReasons are the reasons, the surest first.
var usageReasons = []usageReason{
	{
		"user_never_seen",
		func(u *usageComparison, d *CostDifference) bool { return !d.hasSent && !u.sent[d.person] },
		constant("the telemetry has no request of the user"),
	},
	{
		"user_not_in_report",
		func(u *usageComparison, d *CostDifference) bool { return !d.hasListed && !u.reported[d.person] },
		constant("the report has no row of the user: another organization, a session without a user, or usage that is not of Cowork"),
	},
	{
		"unpriced",
		func(u *usageComparison, d *CostDifference) bool { return u.below(d) > 0 && d.Telemetry.Unpriced > 0 },
		func(_ *usageComparison, d *CostDifference) string {
			return fmt.Sprintf("%d of %d requests have no cost: their model has no price in the client (prices of cowork_event can give one)", d.Telemetry.Unpriced, d.Telemetry.Requests)
		},
	},
	{
		"silent_sessions",
		func(u *usageComparison, d *CostDifference) bool {
			return u.below(d) > 0 && u.silent[[2]int{d.person, d.day}] > 0
		},
		func(u *usageComparison, d *CostDifference) string {
			return "without telemetry on the day: " + count(u.silent[[2]int{d.person, d.day}], "session")
		},
	},
	{"other_model", (*usageComparison).isOtherModel, constant("the sum of all models of the day agrees: the name of the model differs")},
	{"day_boundary", (*usageComparison).isOtherDay, constant("the sum with the days before and after agrees: requests around midnight UTC, or days of another time zone")},
	{
		"not_reported_yet",
		func(u *usageComparison, d *CostDifference) bool { return u.below(d) < 0 && d.day >= u.lastDay },
		constant("the day is the last one of the report, or later: the report may be incomplete"),
	},
	{
		"cache_tokens",
		func(u *usageComparison, d *CostDifference) bool {
			return u.comparesTokens(d) && u.tokensDiffer(d.Telemetry.cache(), d.Listed.cache()) && !u.tokensDiffer(d.Telemetry.Input+d.Telemetry.Output, d.Listed.Input+d.Listed.Output)
		},
		func(_ *usageComparison, d *CostDifference) string {
			return fmt.Sprintf("input and output agree; the report has %d tokens of the cache, the telemetry %d", d.Listed.cache(), d.Telemetry.cache())
		},
	},
	{
		"price",
		func(u *usageComparison, d *CostDifference) bool {
			return u.comparesTokens(d) && !u.tokensDiffer(d.Telemetry.tokens(), d.Listed.tokens())
		},
		constant("tokens agree: the client has other prices (a cache write of an hour, a long context, the region)"),
	},
	{
		"repeated_requests",
		func(_ *usageComparison, d *CostDifference) bool {
			return d.Listed.Requests > 0 && d.Telemetry.Requests > d.Listed.Requests
		},
		func(_ *usageComparison, d *CostDifference) string {
			return fmt.Sprintf("the report has %d requests, the telemetry %d", d.Listed.Requests, d.Telemetry.Requests)
		},
	},
	{
		"missing_requests",
		func(u *usageComparison, d *CostDifference) bool { return u.below(d) > 0 },
		constant("requests did not arrive, or are not of Cowork"),
	},
	{
		"not_in_report",
		func(*usageComparison, *CostDifference) bool { return true },
		constant("the report lacks requests that arrived: late data (values change until a week after the month), or another product"),
	},
}

func (u *usageComparison) reason(d *CostDifference) (reason, evidence string) {
	for _, r := range usageReasons {
		if r.applies(u, d) {
			return r.name, r.evidence(u, d)
		}
	}
	return "", ""
}

// below returns by how much the telemetry is below the report.
func (u *usageComparison) below(d *CostDifference) float64 {
	if u.hasCost {
		return d.Listed.CostUSD - d.Telemetry.CostUSD
	}
	return float64(d.Listed.tokens() - d.Telemetry.tokens())
}

// comparesTokens reports whether the report has tokens, and both have some of the day.
func (u *usageComparison) comparesTokens(d *CostDifference) bool {
	return u.hasToken && d.Listed.tokens() > 0 && d.Telemetry.tokens() > 0
}

// explains reports whether the sums of some days or models agree, although those of a day
// do not. Large sums that agree do not hide a small difference.
func (u *usageComparison) explains(sum, d *CostDifference) bool {
	return !u.differs(sum) && math.Abs(u.below(sum)) < math.Abs(u.below(d))/2
}

func (u *usageComparison) isOtherModel(d *CostDifference) bool {
	if !u.byModel || d.hasListed && d.hasSent {
		return false
	}
	var sum CostDifference
	for _, model := range u.models {
		if other := u.days[costKey{d.person, d.day, model}]; other != nil {
			sum.merge(other)
		}
	}
	return u.explains(&sum, d)
}

func (u *usageComparison) isOtherDay(d *CostDifference) bool {
	var sum CostDifference
	for by := -1; by <= 1; by++ {
		if other := u.days[costKey{d.person, nextDay(d.day, by), d.Model}]; other != nil {
			sum.merge(other)
		}
	}
	return u.explains(&sum, d)
}

func (d *CostDifference) merge(other *CostDifference) {
	d.Listed.addFigures(other.Listed)
	d.Telemetry.addFigures(other.Telemetry)
}
