package reconcile

import (
	"cmp"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Usage is what a person's use of Cowork cost at list prices on a day.
type Usage struct {
	UserID, Email string
	Day           string // UTC
	Cost          float64
}

// A CostDifference is a day of a person on which the costs differ by more than permitted.
type CostDifference struct {
	Day       string  `json:"day"`
	User      string  `json:"user"`
	Listed    float64 `json:"listed_usd"`
	Telemetry float64 `json:"telemetry_usd"`
}

// ReadUsage reads the cost report of the Analytics API by user and day, in the forms that
// ReadSessions reads. Amounts are in cents. Rows of other products and without a user are
// not returned.
func ReadUsage(in io.Reader) ([]Usage, error) {
	var all []Usage
	err := readRows(in, func(r row) error {
		at, err := time.Parse(time.RFC3339Nano, r["starting_at"])
		cents, amountErr := strconv.ParseFloat(r.first("list_amount", "cost.list_amount"), 64)
		if err != nil || amountErr != nil || math.IsNaN(cents) || math.IsInf(cents, 0) {
			return errUsage
		}
		u := Usage{
			UserID: r.first("actor.user_id", "actor.id", "group.actor.user_id", "group.actor.id", "user_id"),
			Email:  r.first("actor.email_address", "actor.email", "group.actor.email_address", "group.actor.email", "email"),
			Day:    at.UTC().Format(time.DateOnly), Cost: cents / 100,
		}
		product := r.first("product", "group.product")
		switch {
		case u.UserID == "" && u.Email == "", product != "" && !strings.HasPrefix(product, "cowork"):
			return nil
		case len(all) == MaxSessions:
			return errTooMany
		}
		all = append(all, u)
		return nil
	})
	return all, err
}

// compareCosts adds the days of persons on which the costs differ.
func (c *comparison) compareCosts() {
	type key struct {
		person int
		day    string
	}
	people := c.telemetry.people
	days := map[key]*CostDifference{}
	at := func(person int, day string) *CostDifference {
		k := key{people.root(person), day}
		if days[k] == nil {
			days[k] = &CostDifference{Day: day, User: "(unknown)"}
		}
		return days[k]
	}
	for _, u := range c.Usage {
		people.join(u.UserID, u.Email)
	}
	for _, u := range c.Usage {
		d := at(people.join(u.UserID, u.Email), u.Day)
		d.Listed += u.Cost
		d.User = c.user(&Listed{UserID: u.UserID, Email: u.Email})
	}
	for _, a := range c.telemetry.order {
		if a.other != "" || a.thirdParty {
			continue
		}
		person := a.person
		if l := c.taken[a]; person == noPerson && l != nil {
			person = c.personOf(l)
		}
		for day, cost := range a.costs {
			d := at(person, day)
			d.Telemetry += cost
			if label := people.label[people.root(person)]; label != "" && d.Listed == 0 {
				d.User = c.shown(label)
			}
		}
	}
	for _, d := range days {
		permitted := max(0.01, d.Listed*c.CostTolerance/100)
		before := !c.From.IsZero() && d.Day < c.From.UTC().Format(time.DateOnly)
		after := !c.To.IsZero() && d.Day >= c.To.UTC().Format(time.DateOnly)
		if !before && !after && math.Abs(d.Listed-d.Telemetry) > permitted {
			c.report.Costs = append(c.report.Costs, *d)
		}
	}
	slices.SortFunc(c.report.Costs, func(a, b CostDifference) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.User, b.User))
	})
}
