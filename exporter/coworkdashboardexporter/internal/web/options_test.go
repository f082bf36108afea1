package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// TestTimeZoneOfThePage checks that the parameter tz changes the times that are shown and
// those of the address, and not the days of figures.
func TestTimeZoneOfThePage(t *testing.T) {
	h := page(t, newFakeSource())
	doc := parse(t, get(t, h, "/?tz=America/New_York&range=7d"))
	require.Contains(t, textOf(byID(doc, "filters")), "times in America/New_York (UTC-05:00), days in Europe/Berlin (UTC+01:00)")
	require.Contains(t, textOf(byID(doc, "p-alerts")), "20 Nov 09:42", "it is 15:42 in Berlin")
	require.Contains(t, textOf(byID(doc, "p-cost_by_day")), "Sat 14 Nov", "days are those of the figures")
	require.Contains(t, linksIn(byID(doc, "p-cost_by_user")), "/user?range=7d&tz=America%2FNew_York&user=ada%40example.com")

	f := filterOf(t, "/api/panels/cost.json?from=2026-11-02")
	require.True(t, time.Date(2026, 11, 2, 0, 0, 0, 0, berlin(t)).Equal(f.From))
	src := newFakeSource()
	require.Equal(t, http.StatusOK, get(t, page(t, src), "/user?user=kim&tz=UTC&from=2026-11-02T08:00&to=2026-11-02T09:00").Code)
	require.Equal(t, time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC), src.filters[0].From.UTC())

	for _, zone := range []string{"Local", "Europe/Nowhere", "../../etc/passwd", "a%00b", strings.Repeat("x", 300)} {
		require.Equal(t, http.StatusBadRequest, get(t, h, "/?tz="+zone).Code, zone)
	}
}

// TestChoicesOfZones checks the zones that a page offers: that of the collector, UTC unless
// it is that, and the one that is shown.
func TestChoicesOfZones(t *testing.T) {
	check := func(zone *time.Location, query, want string) {
		t.Helper()
		set := settings(t)
		set.Zone = zone
		doc := parse(t, get(t, web.New(pagesOf(panels), newFakeSource(), set), "/?"+query))
		for n := range doc.Descendants() {
			if attr(n, "aria-label") == "Display" {
				require.Equal(t, want+" Theme System Light Dark", textOf(n))
				return
			}
		}
		t.Fatal("no choices")
	}
	check(time.UTC, "", "Times UTC")
	check(berlin(t), "", "Times Europe/Berlin (UTC+01:00) UTC")
	check(berlin(t), "tz=Asia/Tokyo", "Times Europe/Berlin (UTC+01:00) UTC Asia/Tokyo (UTC+09:00)")
}

// TestTheme checks that the parameter theme is on the page and in its links.
func TestTheme(t *testing.T) {
	h := page(t, newFakeSource())
	doc := parse(t, get(t, h, "/?theme=dark"))
	require.Equal(t, "dark", attr(byID(doc, "main").Parent.Parent, "data-theme"))
	require.Contains(t, linksIn(doc), "/setup?theme=dark")
	require.Contains(t, linksIn(doc), "/?theme=light")
	require.Equal(t, http.StatusBadRequest, get(t, h, "/?theme=blue").Code)
}

// TestCompare checks the filters of a comparison, and its second line.
func TestCompare(t *testing.T) {
	for compare, want := range map[string]string{
		"":           "0001-01-01",
		"week":       "2026-11-07",
		"month":      "2026-10-14",
		"year":       "2025-11-14",
		"2026-08-01": "2026-08-01",
	} {
		src := newFakeSource()
		require.Equal(t, http.StatusOK, get(t, page(t, src), "/api/panels/cost.json?range=7d&compare="+compare).Code)
		require.Equal(t, want, src.filters[0].Compare.In(berlin(t)).Add(time.Hour).Format(time.DateOnly))
	}
	h := page(t, newFakeSource())
	require.Contains(t, textOf(byID(parse(t, get(t, h, "/?range=7d&compare=week")), "p-cost")), "a week earlier")
	for _, compare := range []string{"decade", "2026-11-20", "2027-01-01", "1999-01-01"} {
		require.Equal(t, http.StatusBadRequest, get(t, h, "/?range=7d&compare="+compare).Code, compare)
	}
	require.Equal(t, http.StatusBadRequest, get(t, h, "/prompts?compare=week").Code, "it has no figures")
}

// An earlierSource answers with the number of days since the start of October.
type earlierSource struct{ *fakeSource }

func (s earlierSource) Answer(_ context.Context, p report.Panel, f report.Filter, _ int) (report.Table, error) {
	table := report.Table{Columns: p.Columns}
	for day := f.From; day.Before(f.To); day = report.StartOfDay(day, 1) {
		table.Rows = append(table.Rows, []any{day, day.Sub(time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)).Hours() / 24})
	}
	return table, nil
}

func TestComparedLine(t *testing.T) {
	p := report.Panel{ID: "x", Section: "Use", Title: "X", Shape: report.Line, Columns: columns("Time", "time", "Prompts", "{prompt}")}
	set := settings(t)
	set.Zone = time.UTC
	doc := parse(t, get(t, web.New(pagesOf([]report.Panel{p}), earlierSource{newFakeSource()}, set), "/?from=2026-10-20&to=2026-10-22&compare=week"))
	require.Contains(t, textOf(byID(doc, "p-x")), "Time this time range a week earlier Tue 20 Oct 19 12 Wed 21 Oct 20 13 Thu 22 Oct 21 14")
}
