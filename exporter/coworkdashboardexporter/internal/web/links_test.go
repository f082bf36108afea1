package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// linkedPanels are panels with links of figures and of numbers.
func linkedPanels() []report.Panel {
	list := append([]report.Panel{}, panels...)
	list[0].Href = "/user?user=kim"
	return list
}

// TestEveryLinkLeadsToAPage follows all links of all pages, and those of the pages that
// they lead to: each leads to a page that takes its parameters.
func TestEveryLinkLeadsToAPage(t *testing.T) {
	src := newFakeSource()
	h := web.New(pagesOf(linkedPanels()), src, settings(t))
	seen := map[string]bool{"": true}
	next := []string{"/?range=7d", "/user?user=kim&range=24h", "/tool?tool=Bash&user=kim", "/prompts", "/setup"}
	for range 2 {
		var found []string
		for _, address := range next {
			if seen[address] {
				continue
			}
			seen[address] = true
			w := get(t, h, address)
			require.Equal(t, http.StatusOK, w.Code, address)
			if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				continue
			}
			for n := range parse(t, w).Descendants() {
				if href := attr(n, "href"); n.Data == "a" && strings.HasPrefix(href, "/") {
					found = append(found, href)
				}
			}
		}
		next = found[:min(len(found), 1500)]
	}
	require.Greater(t, len(seen), 100)
}

func TestFigureLinks(t *testing.T) {
	doc := parse(t, get(t, web.New(pagesOf(linkedPanels()), newFakeSource(), settings(t)), "/?range=7d&model=m"))
	require.Equal(t, []string{"/user?model=m&range=7d&user=kim"}, linksIn(byID(doc, "p-cost")))
}

// TestNumbersLinkToTheirList checks that a number of a row leads to the list of what it
// counts, with the names of the row.
func TestNumbersLinkToTheirList(t *testing.T) {
	table := report.Table{
		Columns: columns("Tool", "", "Connector", "", "Failures", "{call}", "Share", "1"),
		Rows:    [][]any{{"Bash", "crm", int64(3), 0.5}, {"Read", nil, int64(0), 0.0}, {"Edit", nil, int64(1), 1.0}, {"Edit", "(unknown)", int64(1), 1.0}},
	}
	table.Columns[2].Href = "/prompts?outcome=failed"
	var links []string
	for _, href := range linksIn(renderPanel(t, report.Panel{Shape: report.Grid}, table)) {
		if strings.HasPrefix(href, "/prompts") {
			links = append(links, href)
		}
	}
	require.Equal(t, []string{
		"/prompts?connector=crm&outcome=failed&tool=Bash&user=kim",
		"/prompts?outcome=failed&tool=Edit&user=kim",
	}, links)
}

// TestPointsLinkToTheirTime checks the links of the points of a line: to a day, to an hour,
// and from the page of one hour to its prompts.
func TestPointsLinkToTheirTime(t *testing.T) {
	line := func(times []time.Time, end time.Time, query string) []string {
		t.Helper()
		table := report.Table{Columns: columns("Time", "time", "Cost", "USD"), To: end}
		for _, at := range times {
			table.Rows = append(table.Rows, []any{at, 1.0})
		}
		h := web.New(pagesOf([]report.Panel{{ID: "x", Section: "Use", Title: "X", Shape: report.Line}}), fixedAnswer{newFakeSource(), table}, settings(t))
		var links []string
		for _, href := range linksIn(byID(parse(t, get(t, h, "/?"+query)), "p-x")) {
			if strings.Contains(href, "from=") && !strings.HasPrefix(href, "/api/") {
				links = append(links, href)
			}
		}
		return links
	}
	at := func(day, hour int) time.Time { return time.Date(2026, 10, day, hour, 0, 0, 0, berlin(t)) }
	require.Equal(t, []string{"/?from=2026-10-24&model=m&to=2026-10-24", "/?from=2026-10-25&model=m&to=2026-10-25"},
		line([]time.Time{at(24, 0), at(25, 0)}, at(26, 0), "model=m&from=2026-10-24&to=2026-10-25"), "one of them has 25 hours")
	require.Equal(t, []string{"/?from=2026-10-20T08%3A00%3A00Z&to=2026-10-20T09%3A00%3A00Z", "/?from=2026-10-20T09%3A00%3A00Z&to=2026-10-20T10%3A00%3A00Z"},
		line([]time.Time{at(20, 10), at(20, 11)}, at(20, 12), ""))
	require.Equal(t, []string{"/prompts?from=2026-10-20T08%3A00%3A00Z&to=2026-10-20T09%3A00%3A00Z"},
		line([]time.Time{at(20, 10)}, at(20, 11), "from=2026-10-20T10:00&to=2026-10-20T11:00"))
}

// TestHeatLinks checks the links of a heat map: to the page of a user and day, and to the
// prompts of the latest of an hour of the week.
func TestHeatLinks(t *testing.T) {
	table := report.Table{Columns: columns("User", "", "Day", "", "Tokens", "{token}"), Rows: [][]any{{"lee", "2026-11-02", int64(100)}}}
	require.Contains(t, linksIn(renderPanel(t, report.Panel{Shape: report.Heat}, table)), "/user?from=2026-11-02&to=2026-11-02&user=lee")
	table = report.Table{Columns: columns("Day", "", "Hour", "", "Prompts", "{prompt}"), Rows: [][]any{
		{"Friday", "15", int64(1)}, {"Friday", "18", int64(1)}, {"Monday", "09", int64(0)}, {"Monday", "10", int64(1)},
	}}
	links := linksIn(renderPanel(t, report.Panel{Shape: report.Heat}, table)) // it is Friday, 16:42
	require.Contains(t, links, "/prompts?from=2026-11-20T14%3A00%3A00Z&to=2026-11-20T15%3A00%3A00Z&user=kim")
	require.Contains(t, links, "/prompts?from=2026-11-13T17%3A00%3A00Z&to=2026-11-13T18%3A00%3A00Z&user=kim")
	require.Contains(t, links, "/prompts?from=2026-11-16T09%3A00%3A00Z&to=2026-11-16T10%3A00%3A00Z&user=kim")
}

// TestSubjectPageListsFailures checks the latest failures of a page about a name.
func TestSubjectPageListsFailures(t *testing.T) {
	src := newFakeSource()
	doc := parse(t, get(t, page(t, src), "/user?user=kim&range=7d"))
	require.Contains(t, strings.Join(linksIn(byID(doc, "p-latest_failures")), " "), "/prompts/00000000-4c1e-4d77-8a41-72c9e15b6d02?range=7d&user=kim")
	require.Contains(t, linksIn(byID(doc, "ways")), "/prompts?outcome=failed&range=7d&user=kim")
}
