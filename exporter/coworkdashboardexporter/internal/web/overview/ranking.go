package overview

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// The rows of a ranking. Teams are read beyond those shown, since each can have a budget.
const (
	maxRanked = 6
	maxTeams  = 200
)

// A Ranking is who costs most this month.
type Ranking struct {
	Trouble string
	Empty   string // the text without rows
	Rows    []Ranked
	More    string // how many more there are
	Href    string

	cut, over int // rows that are not shown, and those of them that are over their budget
}

// A Ranked is a row of a ranking.
type Ranked struct {
	Name   chart.Cell
	Amount chart.Cell
	Bar    string // width of 100
	Badge  string // of the budget, "" if there is none
	Budget string // in words
}

// newRanking returns the ranking of a panel with a column of names and one of costs.
func newRanking(q *urlquery.Query, in *Input, panel, column, empty string) Ranking {
	r := Ranking{Empty: empty, Href: linkSince(q, "/people", startOfMonth(in.Now), in.Now)}
	var table report.Table
	table, r.Trouble = in.answer(panel)
	most := 0.0
	for _, row := range table.Rows {
		name, _ := row[0].(string)
		one := Ranked{Name: chart.Text(q, name, column), Amount: chart.UnknownCost}
		if usd, ok := row[1].(float64); ok {
			one.Amount = chart.Number(usd, "USD")
			most = max(most, usd)
			one.Bar = width(usd, most)
		}
		r.Rows = append(r.Rows, one)
	}
	r.cut = table.Cut
	return r
}

// withBudgets compares the rows with their budgets. Growth is the forecast by the cost so
// far, which is taken to be the same for all teams.
func (r Ranking) withBudgets(budgets map[string]float64, growth float64) Ranking {
	for i := range r.Rows {
		one := &r.Rows[i]
		m := newMeter(one.Amount.Amount, one.Amount.Amount*growth, budgets[one.Name.Text])
		one.Badge, one.Budget = m.Badge, m.Text
		if m.Badge == "bad" && i >= maxRanked {
			r.over++
		}
	}
	return r
}

// shortened returns the ranking with the rows that are shown.
func (r Ranking) shortened() Ranking {
	r.cut += max(0, len(r.Rows)-maxRanked)
	r.Rows = r.Rows[:min(len(r.Rows), maxRanked)]
	if r.cut > 0 {
		r.More = format.Count(float64(r.cut)) + " more"
	}
	if r.over > 0 {
		r.More += ", " + format.Count(float64(r.over)) + " over budget"
	}
	return r
}
