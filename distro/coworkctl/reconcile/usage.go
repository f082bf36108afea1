package reconcile

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

// A CostDifference is a day of a person, and a model if the report is by model, on which the
// costs or the tokens differ by more than permitted.
type CostDifference struct {
	Day       string  `json:"day"`
	User      string  `json:"user"`
	Model     string  `json:"model,omitempty"`
	Listed    Figures `json:"listed"`
	Telemetry Figures `json:"telemetry"`
	Reason    string  `json:"reason"`
	Evidence  string  `json:"evidence"`

	person, day int
	hasListed   bool
	hasSent     bool
}

// A CostReport compares the usage of the report with that of the telemetry.
type CostReport struct {
	Listed      Figures          `json:"listed"`
	Telemetry   Figures          `json:"telemetry"`
	Compared    int              `json:"compared"` // days of persons and models
	Differences []CostDifference `json:"differences"`
	// Omitted counts the requests beyond the bound of usage in memory.
	Omitted int `json:"omitted_requests"`
}

// maxModels bounds the models whose sum is compared for a day.
const maxModels = 200

type costKey struct {
	person, day int
	model       string
}

// A usageComparison compares the report with the telemetry.
type usageComparison struct {
	*comparison
	days                       map[costKey]*CostDifference
	byModel, hasCost, hasToken bool
	reported                   map[int]bool // persons in the report
	sent                       map[int]bool // persons with requests in the telemetry
	silent                     map[[2]int]int
	lastDay                    int // of the report
	models                     []string
}

// compareUsage compares the usage of the report with that of the telemetry.
func compareUsage(c *comparison) {
	u := &usageComparison{comparison: c, days: map[costKey]*CostDifference{}, reported: map[int]bool{}, sent: map[int]bool{}, silent: map[[2]int]int{}}
	for i := range c.Usage {
		c.join(&ListedSession{UserID: c.Usage[i].UserID, Email: c.Usage[i].Email})
		u.byModel = u.byModel || c.Usage[i].Model != ""
		u.hasCost, u.hasToken = u.hasCost || c.Usage[i].HasCost, u.hasToken || c.Usage[i].HasTokens
		u.lastDay = max(u.lastDay, c.Usage[i].Day)
	}
	u.addReport()
	u.addTelemetry()
	u.addSilentDays()
	report := &CostReport{Omitted: c.telemetry.usage.omitted, Differences: []CostDifference{}}
	for _, d := range u.days {
		if !u.covers(d.day) {
			continue
		}
		report.Compared++
		report.Listed.addFigures(d.Listed)
		report.Telemetry.addFigures(d.Telemetry)
		if u.differs(d) {
			d.Reason, d.Evidence = u.reason(d)
			d.Day = fmt.Sprintf("%04d-%02d-%02d", d.day/10000, d.day/100%100, d.day%100)
			report.Differences = append(report.Differences, *d)
		}
	}
	slices.SortFunc(report.Differences, func(a, b CostDifference) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.User, b.User), cmp.Compare(a.Model, b.Model))
	})
	c.report.Costs = report
}

func (u *usageComparison) at(person, day int, model string) *CostDifference {
	if !u.byModel {
		model = ""
	}
	key := costKey{u.telemetry.people.root(person), day, model}
	if u.days[key] == nil {
		if !slices.Contains(u.models, model) && len(u.models) < maxModels {
			u.models = append(u.models, model)
		}
		u.days[key] = &CostDifference{User: "(unknown)", Model: model, person: key.person, day: day}
	}
	return u.days[key]
}

func (u *usageComparison) addReport() {
	for i := range u.Usage {
		row := &u.Usage[i]
		l := &ListedSession{UserID: row.UserID, Email: row.Email}
		d := u.at(u.personOf(l), row.Day, row.Model)
		d.Listed.addFigures(row.Figures)
		d.User, d.hasListed = u.user(l), true
		u.reported[d.person] = true
	}
}

func (u *usageComparison) addTelemetry() {
	for key, figures := range u.telemetry.usage.sums {
		person := key.person
		if key.session != nil {
			if person = key.session.person; person == noPerson && u.taken[key.session] != nil {
				person = u.personOf(u.taken[key.session])
			}
		}
		d := u.at(person, key.day, key.model)
		d.Telemetry.addFigures(*figures)
		d.hasSent = true
		if label := u.telemetry.people.label[d.person]; label != "" && !d.hasListed {
			d.User = u.shown(label)
		}
		u.sent[d.person] = true
	}
}

// addSilentDays counts the silent sessions of persons by the days that they cover.
func (u *usageComparison) addSilentDays() {
	for _, l := range u.listed {
		if u.found[l] {
			continue
		}
		person := u.personOf(l)
		for at := l.Created.UTC().Truncate(24 * time.Hour); !at.After(l.end()); at = at.AddDate(0, 0, 1) {
			u.silent[[2]int{person, dayNumber(at)}]++
			if at.Sub(l.Created) > 31*24*time.Hour {
				break
			}
		}
	}
}

// covers reports whether a day is within the compared range.
func (u *usageComparison) covers(day int) bool {
	return (u.From.IsZero() || day >= dayNumber(u.From.UTC())) && (u.To.IsZero() || day <= dayNumber(u.To.UTC().Add(-time.Nanosecond)))
}

func (u *usageComparison) permitted(d *CostDifference) float64 {
	return max(0.01, d.Listed.CostUSD*u.CostTolerance/100)
}

// differs reports whether costs, or tokens of a report without costs, differ.
func (u *usageComparison) differs(d *CostDifference) bool {
	if u.hasCost {
		return math.Abs(d.Telemetry.CostUSD-d.Listed.CostUSD) > u.permitted(d)
	}
	return u.tokensDiffer(d.Telemetry.tokens(), d.Listed.tokens())
}

func (u *usageComparison) tokensDiffer(a, b int64) bool {
	return math.Abs(float64(a-b)) > max(100, float64(b)*u.CostTolerance/100)
}

// nextDay returns a day that is some days later.
func nextDay(day, by int) int {
	return dayNumber(time.Date(day/10000, time.Month(day/100%100), day%100+by, 0, 0, 0, 0, time.UTC))
}
