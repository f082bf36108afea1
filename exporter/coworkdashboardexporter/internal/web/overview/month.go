package overview

import (
	"math"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A Month is the cost of the present month, with its trend, forecast and budget.
type Month struct {
	Trouble string
	Name    string // such as November
	Spent   chart.Cell
	Href    string
	// Change compares the complete days with the same days of the month before.
	Change string
	// Forecast is the cost at the end of the month. Basis describes its calculation.
	Forecast chart.Cell
	Basis    string
	Budget   Meter
	Days     []Bar
	Width    int    // of all days
	Trend    string // the trend in words

	growth float64 // forecast by cost so far
}

// A Meter is an amount compared with a budget, 0 of 100 if there is none.
type Meter struct {
	Text  string
	Badge string // good, warn or bad; "" without a budget
	Used  string // width of the cost so far, of 100
	Due   string // width of the forecast, of 100
}

// A Bar is a day of the trend.
type Bar struct {
	X      int
	Y      string
	Height string
	Title  string
	Href   string
	Past   bool // of the month before
}

// The size of the trend. Each day takes barStep.
const (
	barStep     = 10
	trendHeight = 48.0
)

func newMonth(q *urlquery.Query, in *Input) Month {
	m := Month{Name: in.Now.Format("January"), Forecast: chart.Empty, Href: linkSince(q, "/cost", startOfMonth(in.Now), in.Now)}
	var table report.Table
	if table, m.Trouble = in.answer(costOverTime); m.Trouble != "" {
		return m
	}
	days := daysOf(table, in.Now)
	spent := costSince(days, startOfMonth(in.Now))
	m.Spent = chart.Number(spent, "USD")
	m.Change = changeText(days, in.Now)
	due, known := forecast(days, in.Now)
	m.growth = 1
	if known {
		m.Forecast, m.Basis = chart.Number(due, "USD"), "The cost so far, and for each day that is left the mean of its weekday in the last four weeks."
		if spent > 0 {
			m.growth = due / spent
		}
	} else {
		m.Basis = "The forecast starts after the first complete day."
		due = spent
	}
	m.Budget = newMeter(spent, due, in.Budget.of(q.Filter))
	m.Days, m.Trend = trend(q, days, in.Now)
	m.Width = len(m.Days) * barStep
	return m
}

// daysOf returns the days of a line in their order, in the zone of the page.
func daysOf(t report.Table, now time.Time) (days []dayCost) {
	for _, row := range t.Rows {
		at, ok := row[0].(time.Time)
		if !ok {
			continue
		}
		usd, _ := row[len(row)-1].(float64)
		days = append(days, dayCost{at.In(now.Location()), usd})
	}
	return days
}

// changeText compares the complete days of the month with the same days of the month
// before, "" if there is nothing to compare with.
func changeText(days []dayCost, now time.Time) string {
	last := startOfLastMonth(now)
	before, after := 0.0, 0.0
	for _, day := range days {
		if day.start.Day() >= now.Day() {
			continue
		}
		if day.start.Month() == now.Month() {
			after += day.usd
		} else if day.start.Month() == last.Month() {
			before += day.usd
		}
	}
	if before == 0 {
		return ""
	}
	change := (after - before) / before
	text := " less than on the same days of "
	if change >= 0 {
		text = " more than on the same days of "
	}
	return format.Percent(math.Abs(change)) + text + last.Format("January")
}

// newMeter compares a cost and its forecast with a budget.
func newMeter(spent, due, budget float64) Meter {
	if budget <= 0 {
		return Meter{}
	}
	m := Meter{Used: width(spent, max(spent, budget)), Due: width(due, max(spent, budget))}
	of := format.Number(budget, "USD")
	switch {
	case spent > budget:
		m.Badge, m.Text = "bad", "Over the budget of "+of+" by "+format.Number(spent-budget, "USD")
	case due > budget:
		m.Badge, m.Text = "warn", "The forecast exceeds the budget of "+of+" by "+format.Number(due-budget, "USD")
	default:
		m.Badge, m.Text = "good", format.Percent(spent/budget)+" of the budget of "+of
	}
	return m
}

// width returns a part as a width of 100.
func width(part, of float64) string {
	if of <= 0 {
		return "0"
	}
	return strconv.FormatFloat(chart.PerMille(part/of)/10, 'f', -1, 64)
}

// trend returns the bars of the days from the first day with a cost, and the trend in
// words.
func trend(q *urlquery.Query, days []dayCost, now time.Time) (bars []Bar, text string) {
	for len(days) > 0 && days[0].usd == 0 {
		days = days[1:]
	}
	most := dayCost{}
	for _, day := range days {
		if day.usd > most.usd {
			most = day
		}
	}
	for i, one := range days {
		height := one.usd / most.usd * trendHeight
		bars = append(bars, Bar{
			X: i * barStep, Y: strconv.FormatFloat(trendHeight-height, 'f', 1, 64), Height: strconv.FormatFloat(height, 'f', 1, 64),
			Title: one.start.Format("Mon 2 Jan") + ": " + format.Number(one.usd, "USD"),
			Href:  q.Link("/cost", "range", "", "from", day(one.start), "to", day(one.start)),
			Past:  one.start.Month() != now.Month(),
		})
	}
	if len(bars) == 0 {
		return nil, ""
	}
	return bars, "since " + days[0].start.Format("2 Jan") + "; most on " + most.start.Format("Mon 2 Jan") + ", " + format.Number(most.usd, "USD")
}
