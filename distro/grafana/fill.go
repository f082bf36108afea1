package grafana

import "strings"

// A Page says what Grafana's own variables stand for: how long a time a page shows,
// and how far its points are apart.
type Page struct {
	Range, RateInterval, Interval string
}

// Week is a page of a week.
var Week = Page{Range: "7d", RateInterval: "1h", Interval: "15m"}

// Fill returns an expression as Grafana would send it, with all organizations, users
// and models chosen.
func Fill(expr string, page Page) string {
	return strings.NewReplacer(
		"$__range", page.Range, "$__rate_interval", page.RateInterval, "$__interval", page.Interval,
		"$organization", ".*", "$user", ".*", "$model", ".*",
	).Replace(expr)
}
