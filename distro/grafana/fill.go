package grafana

import "strings"

// A Page holds the values of Grafana's built-in variables: the time range of a page,
// and the distance between its points.
type Page struct {
	Range, RateInterval, Interval string
}

// Week is a page that shows a week.
var Week = Page{Range: "7d", RateInterval: "1h", Interval: "15m"}

// Fill returns an expression as Grafana sends it, with all organizations, teams, users
// and models selected.
func Fill(expr string, page Page) string {
	return strings.NewReplacer(
		"$__range", page.Range, "$__rate_interval", page.RateInterval, "$__interval", page.Interval,
		"$organization", ".*", "$team", ".*", "$user", ".*", "$model", ".*",
	).Replace(expr)
}
