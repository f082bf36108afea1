package monthly

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"
)

// A Report is the content of a report.
type Report struct {
	Month, Before string
	Partial       string // until when, "" for a complete month
	Generated     string
	Summary       []string
	Days          []Day
	Highest       string // the cost of the day that costs most
	Sections      []Section
}

// A Day is a bar of the chart of days, in units of its view box.
type Day struct {
	X, Y, Height float64
	Label, Cost  string
}

// A Section is a part of the report.
type Section struct {
	Title   string
	Text    []string
	Figures []Figure
	Tables  []Table
}

// A Figure is a number with that of the month before.
type Figure struct {
	Title, Value, Before, Change string
	Bad                          bool
}

// A reader reads the answers for a month and the month before.
type reader struct {
	ctx           context.Context //nolint:containedctx // lives as long as one report
	client        *Client
	month, before Month
	budgets       budgets
	err           error
	answers       map[string]*table
}

// Read reads the report on a month from a page.
func Read(ctx context.Context, client *Client, m Month, now time.Time) (*Report, error) {
	r := &reader{ctx: ctx, client: client, month: m, before: m.before(), answers: map[string]*table{}}
	if err := client.get(ctx, "/api/state", &r.budgets); err != nil {
		if errors.Is(err, errMissing) {
			err = errors.New("page: has no API (set --endpoint to the address of cowork_dashboard)")
		}
		return nil, err
	}
	report := &Report{
		Month: m.String(), Before: r.before.String(), Generated: now.Format("2 January 2006 15:04 MST"), Summary: r.summary(),
	}
	if m.partial {
		report.Partial = m.last.Format("2 January 2006")
	}
	report.Days, report.Highest = r.days()
	for _, s := range sections {
		report.Sections = append(report.Sections, r.section(&s))
	}
	return report, r.err
}

// answer returns the answer of a panel for a month, nil if the page lacks it.
func (r *reader) answer(panel string, m Month) *table {
	key := panel + m.query()
	if t, known := r.answers[key]; known || r.err != nil {
		return t
	}
	t, err := r.client.answer(r.ctx, panel, m)
	if err != nil {
		r.err = err
		return nil
	}
	r.answers[key] = t
	return t
}

// both returns a figure of the month and of the month before, false if the page lacks it.
func (r *reader) both(panel string) (now, before float64, known bool) {
	t := r.answer(panel, r.month)
	return t.figure(), r.answer(panel, r.before).figure(), t != nil
}

// summary returns the sentences at the top.
func (r *reader) summary() (list []string) {
	cost, costBefore, _ := r.both("cost")
	first := "Cowork cost " + dollars(cost) + " in " + r.month.String()
	if r.month.partial {
		first += " so far"
	}
	list = append(list, first+compared(cost, costBefore, r.before)+".")
	if budget := r.budgets.Monthly; budget > 0 {
		list = append(list, overBudget(cost, budget))
	}
	if teams := r.answer("cost_by_team", r.month); teams != nil && len(teams.Rows) > 0 && cost > 0 {
		top := teams.Rows[0]
		spent := number(top, teams.column("Cost"))
		list = append(list, fmt.Sprintf("The team that costs most is %s, with %s or %.0f\u00a0%% of all.", clean(text(top, 0)), dollars(spent), 100*spent/cost))
	}
	users, usersBefore, _ := r.both("active_users")
	prompts, promptsBefore, _ := r.both("prompts")
	list = append(list, fmt.Sprintf("%s used it%s, and typed %s%s.", count(users, "person", "people"), compared(users, usersBefore, r.before),
		count(prompts, "prompt", "prompts"), compared(prompts, promptsBefore, r.before)))
	calls, callsBefore, known := r.both("calls")
	failed, failedBefore, _ := r.both("failed_calls")
	if known && calls > 0 {
		sentence := fmt.Sprintf("%s of %s of tools failed", format(failed/calls, "1"), count(calls, "call", "calls"))
		if callsBefore > 0 {
			sentence += fmt.Sprintf(" (%s: %s)", r.before, format(failedBefore/callsBefore, "1"))
		}
		list = append(list, sentence+".")
	}
	if n, before, known := r.both("unconfirmed"); known {
		sentence := "Cowork never acted without confirmation."
		if n > 0 {
			sentence = "Cowork acted without confirmation " + count(n, "time", "times") + compared(n, before, r.before) + "."
		}
		list = append(list, sentence)
	}
	return list
}

// overBudget compares a cost with its budget.
func overBudget(cost, budget float64) string {
	if cost > budget {
		return fmt.Sprintf("That is %s over the budget of %s.", dollars(cost-budget), dollars(budget))
	}
	return fmt.Sprintf("That is %.0f\u00a0%% of the budget of %s.", 100*cost/budget, dollars(budget))
}

// The view box of the chart of days.
const (
	chartWidth, chartHeight = 620.0, 120.0
	dayWidth                = 20.0
)

// days returns the bars of the cost by day.
func (r *reader) days() (days []Day, highest string) {
	t := r.answer("cost_over_time", r.month)
	if t == nil {
		return nil, ""
	}
	zone, err := time.LoadLocation(t.Filter.Zone)
	if err != nil {
		zone = time.UTC
	}
	costs := map[int]float64{}
	most := 0.0
	for _, row := range t.Rows {
		at, err := time.Parse(time.RFC3339, text(row, 0))
		if err != nil {
			continue
		}
		day := at.In(zone).Day()
		for i := 1; i < len(row); i++ {
			costs[day] += number(row, i)
		}
		most = math.Max(most, costs[day])
	}
	if most == 0 {
		return nil, ""
	}
	for day := 1; day <= r.month.last.Day(); day++ {
		height := math.Round(costs[day]/most*(chartHeight-10)*10) / 10
		days = append(days, Day{
			X: float64(day-1) * dayWidth, Y: chartHeight - height, Height: height, Cost: dollars(costs[day]),
			Label: r.month.first.AddDate(0, 0, day-1).Format("2 Jan"),
		})
	}
	return days, dollars(most)
}
