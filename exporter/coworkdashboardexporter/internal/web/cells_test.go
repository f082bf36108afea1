package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

func TestLinksOfNames(t *testing.T) {
	check := func(column, name, href string) {
		t.Helper()
		table := report.Table{Columns: columns(column, "", "Cost", "USD"), Rows: [][]any{{name, 1.0}}}
		for n := range renderPanel(t, report.Panel{Shape: report.Bar}, table).Descendants() {
			if n.Data == "th" && attr(n, "scope") == "row" {
				for d := range n.Descendants() {
					if d.Data == "a" {
						require.Equal(t, href, attr(d, "href"))
						return
					}
				}
			}
		}
		require.Empty(t, href, "no link")
	}
	check("Model", "claude-x", "/model?model=claude-x&user=kim")
	check("User", "a&b=c", "/user?user=a%26b%3Dc")
	check("User", "kim", "/user?user=kim")
	check("Tool", "Bash", "/tool?tool=Bash&user=kim")
	check("User", "(unknown)", "")
	check("User", "a\u202eb", "")
	check("User", strings.Repeat("u", 300), "")
	check("Skill", "pdf", "")
}

func TestMissingNumbersAreAlignedRight(t *testing.T) {
	table := report.Table{Columns: columns("Tool", "", "Mean", "s", "Plugin", ""), Rows: [][]any{{"Bash", nil, nil}}}
	for _, shape := range []report.Shape{report.Bar, report.Grid} {
		var classes []string
		for n := range renderPanel(t, report.Panel{Shape: shape}, table).Descendants() {
			if n.Data == "td" && textOf(n) == "–" {
				classes = append(classes, attr(n, "class"))
			}
		}
		require.Equal(t, []string{"n", ""}, classes, string(shape))
	}
}

// TestZones checks the zone in the text of the filter and in the charts.
func TestZones(t *testing.T) {
	check := func(zone *time.Location, shown, browser string) {
		t.Helper()
		set := settings(t)
		set.Zone = zone
		doc := parse(t, get(t, web.New(pagesOf(panels), newFakeSource(), set), "/"))
		require.Contains(t, textOf(byID(doc, "filters")), "times in "+shown)
		for n := range doc.Descendants() {
			if zone := attr(n, "data-zone"); zone != "" {
				require.Equal(t, browser, zone)
				return
			}
		}
		t.Fatal("no chart")
	}
	check(nil, "UTC", "UTC")
	check(berlin(t), "Europe/Berlin (UTC+01:00)", "Europe/Berlin")
	check(time.FixedZone("Local", 3600), "Local (UTC+01:00)", "+01:00")
}

func TestManyVersions(t *testing.T) {
	kinds := coreKinds()
	for i := range 9 {
		kinds[0].Versions = append(kinds[0].Versions, report.Version{Name: "2.1." + strings.Repeat("9", i+1), Events: 1, Last: now})
	}
	h := web.New(nil, fixedSetup{newFakeSource(), report.Setup{Kinds: kinds}}, settings(t))
	require.Contains(t, textOf(byID(parse(t, get(t, h, "/setup")), "kinds")), "2.1.9 , 2.1.99 , 2.1.999 , 2.1.9999 , 5 more")
}
