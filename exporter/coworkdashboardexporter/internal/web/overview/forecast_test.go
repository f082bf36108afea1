package overview

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// noon is Friday 20 November.
var noon = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

// daysBefore returns days until today, each with the cost that a function gives it.
func daysBefore(now time.Time, n int, usd func(time.Time) float64) (days []dayCost) {
	for i := -n; i <= 0; i++ {
		day := report.StartOfDay(now, i)
		days = append(days, dayCost{day, usd(day)})
	}
	return days
}

// workdays is 100 dollars on working days.
func workdays(day time.Time) float64 {
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		return 0
	}
	return 100
}

// TestForecast checks forecasts against months counted by hand: November has 21 working
// days, of which 14 are complete at noon of the 20th.
func TestForecast(t *testing.T) {
	check := func(want float64, days []dayCost, now time.Time) {
		t.Helper()
		got, ok := forecast(days, now)
		require.True(t, ok)
		require.InDelta(t, want, got, 1e-9)
	}
	today := func(usd float64) func(time.Time) float64 {
		return func(day time.Time) float64 {
			if day.Equal(report.StartOfDay(noon, 0)) {
				return usd
			}
			return workdays(day)
		}
	}
	check(14*100+50+50+6*100, daysBefore(noon, 40, today(50)), noon)
	check(14*100+0+50+6*100, daysBefore(noon, 40, today(0)), noon)
	check(14*100+300+50+6*100, daysBefore(noon, 40, today(300)), noon)
	// One complete day, Thursday: other weekdays count as it does.
	check(100+20+50+10*100, daysBefore(noon, 1, today(20)), noon)
	// The days before the first cost do not lower the mean.
	late := func(day time.Time) float64 {
		if day.Before(noon.AddDate(0, 0, -2)) {
			return 0
		}
		return 100
	}
	check(1*100+100+50+10*100, daysBefore(noon, 40, late), noon)
	// Days older than four weeks do not count.
	check(20*10+5+10*10, daysBefore(noon, 60, func(day time.Time) float64 {
		if day.Before(report.StartOfDay(noon, -28)) {
			return 1000
		}
		return 10
	}), noon)
	// The last day of a month.
	last := time.Date(2026, time.November, 30, 23, 59, 59, 0, time.UTC)
	got, ok := forecast(daysBefore(last, 40, workdays), last)
	require.True(t, ok)
	require.InDelta(t, 2100, got, 0.01)

	_, ok = forecast(daysBefore(noon, 0, today(20)), noon)
	require.False(t, ok, "there is no complete day")
	_, ok = forecast(nil, noon)
	require.False(t, ok)
}

// TestForecastBounds checks that a forecast is not below the cost so far, and not above
// every day at the cost of the most expensive one, in zones whose days differ in length.
func TestForecastBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"UTC", "Europe/Berlin", "America/Santiago", "Africa/Cairo"}).Draw(t, "zone"))
		require.NoError(t, err)
		now := time.Date(2026, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour"), 30, 0, 0, zone)
		costs := rapid.SliceOfN(rapid.Float64Range(1, 1000), 63, 63).Draw(t, "costs")
		i, most := -1, 0.0
		days := daysBefore(now, rapid.IntRange(1, 62).Draw(t, "days"), func(time.Time) float64 {
			i++
			most = max(most, costs[i])
			return costs[i]
		})
		got, ok := forecast(days, now)
		require.True(t, ok)
		spent := costSince(days, startOfMonth(now))
		require.GreaterOrEqual(t, got, spent)
		left := startOfMonth(now).AddDate(0, 1, 0).Sub(now).Hours()/24 + 1
		require.LessOrEqual(t, got, spent+left*most+1e-6)
	})
}
