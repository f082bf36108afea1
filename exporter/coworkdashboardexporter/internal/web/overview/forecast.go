package overview

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A dayCost is the cost of a day, so far if it is today.
type dayCost struct {
	start time.Time
	usd   float64
}

// learnedDays bounds the complete days that a forecast is based on: four of each weekday.
const learnedDays = 28

// forecast returns the cost of a month at its end: the cost so far, and for what is left
// of today and for each later day the mean of the same weekday in the last four weeks. A
// weekday that was not seen counts as the mean of all days seen. Days before the first
// cost do not count. It reports false before the first complete day.
func forecast(days []dayCost, now time.Time) (float64, bool) {
	usual, ok := newWeek(days, now)
	if !ok {
		return 0, false
	}
	today := report.StartOfDay(now, 0)
	tomorrow := report.StartOfDay(now, 1)
	usd := costSince(days, startOfMonth(now)) + usual.of(today)*float64(tomorrow.Sub(now))/float64(tomorrow.Sub(today))
	for day := tomorrow; day.Month() == now.Month(); day = report.StartOfDay(day, 1) {
		usd += usual.of(day)
	}
	return usd, true
}

// A week holds the sum of the costs of each weekday and the number of its days.
type week struct {
	usd  [7]float64
	days [7]float64
}

// newWeek returns the weekdays of the last complete days, false if there are none.
func newWeek(days []dayCost, now time.Time) (week, bool) {
	var w week
	first, today := report.StartOfDay(now, -learnedDays), report.StartOfDay(now, 0)
	began := false
	for _, day := range days {
		if began = began || day.usd > 0; began && !day.start.Before(first) && day.start.Before(today) {
			w.usd[day.start.Weekday()] += day.usd
			w.days[day.start.Weekday()]++
		}
	}
	return w, w.days != [7]float64{}
}

// of returns the mean cost of the weekday of a day.
func (w *week) of(day time.Time) float64 {
	if at := day.Weekday(); w.days[at] > 0 {
		return w.usd[at] / w.days[at]
	}
	usd, days := 0.0, 0.0
	for at := range w.days {
		usd, days = usd+w.usd[at], days+w.days[at]
	}
	return usd / days
}

// costSince returns the cost from a day on.
func costSince(days []dayCost, from time.Time) (usd float64) {
	for _, day := range days {
		if !day.start.Before(from) {
			usd += day.usd
		}
	}
	return usd
}

// startOfMonth returns the first instant of the month of a time.
func startOfMonth(t time.Time) time.Time { return report.StartOfDay(t, 1-t.Day()) }
