package urlquery

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A Range is a named time range that ends now.
type Range struct {
	Name  string // in an address
	Label string // on a button
	Title string // in a sentence
	start func(now time.Time, zone *time.Location) time.Time
}

// Ranges are the named ranges. Ranges of several days start with a day, so that they
// hold complete days.
var Ranges = []Range{
	{"24h", "24 h", "Last 24 hours", func(now time.Time, _ *time.Location) time.Time {
		return now.Add(-24 * time.Hour).Truncate(time.Hour)
	}},
	{"7d", "7 days", "Last 7 days", daysBack(7)},
	{"30d", "30 days", "Last 30 days", daysBack(30)},
	{"90d", "90 days", "Last 90 days", daysBack(90)},
}

const defaultRange = "30d"

func daysBack(n int) func(time.Time, *time.Location) time.Time {
	return func(now time.Time, zone *time.Location) time.Time {
		return report.StartOfDay(now.In(zone), 1-n)
	}
}
