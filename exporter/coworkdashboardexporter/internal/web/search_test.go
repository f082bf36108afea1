package web_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// linksByText returns the links of an element by their texts.
func linksByText(n *html.Node) map[string]string {
	links := map[string]string{}
	for a := range n.Descendants() {
		if a.Data == "a" {
			links[textOf(a)] = attr(a, "href")
		}
	}
	return links
}

// TestSearchReachesTheSource checks each parameter of a search.
func TestSearchReachesTheSource(t *testing.T) {
	src := newFakeSource()
	h := page(t, src)
	get(t, h, "/prompts?id=3f&session=s+1&outcome=failed&min_cost=0.5&max_cost=2&min_duration=90&max_duration=1h30m&sort=cost&order=asc&limit=7&tool=Bash&connector=crm&team=sales")
	require.Equal(t, report.Search{
		ID: "3f", Session: "s 1", Outcome: report.OutcomeFailed, MinCost: 0.5, MaxCost: 2,
		MinDuration: 90 * time.Second, MaxDuration: 90 * time.Minute, Sort: "cost", Ascending: true, Limit: 7, Now: now,
	}, src.searches[0])
	f := src.filters[0]
	require.Equal(t, []string{"Bash", "crm", "sales"}, []string{f.Tool, f.Connector, f.Team})
}

// TestBadSearches checks that a search that cannot be done is refused, on the page and in
// the API.
func TestBadSearches(t *testing.T) {
	h := page(t, newFakeSource())
	for query, want := range map[string]string{
		"outcome=lost":                       "outcome: must be one of ok, failed, rejected, refused and open",
		"sort=color":                         "sort: must be one of start, id,",
		"order=up":                           "order: must be one of asc and desc",
		"min_cost=-1":                        "min_cost: must be a number of US dollars above 0",
		"max_cost=NaN":                       "max_cost: must be a number of US dollars above 0",
		"min_cost=2&max_cost=1":              "min_cost: must not be above max_cost",
		"min_duration=soon":                  "min_duration: must be a duration above 0",
		"max_duration=0":                     "max_duration: must be a duration above 0",
		"min_duration=2h&max_duration=90":    "min_duration: must not be above max_duration",
		"color=red":                          "color: unknown parameter (this address takes",
		"after=" + strings.Repeat("a", 1e4):  "The address is too long",
		"after=" + strings.Repeat("a", 1025): "after: longer than 1024 bytes",
	} {
		for _, path := range []string{"/prompts?", "/sessions?"} {
			w := get(t, h, path+query)
			require.Equal(t, http.StatusBadRequest, w.Code, path+query)
			require.Contains(t, textOf(parse(t, w)), want)
			require.Equal(t, http.StatusBadRequest, get(t, h, "/api/prompts.csv?"+query).Code)
		}
	}
	require.Equal(t, http.StatusBadRequest, get(t, h, "/sessions?session=s1").Code, "the page of a session is /session")
}

// TestSearchLinks checks that each column sorts by a link which keeps the search, and that
// a link to another page of the list keeps it too.
func TestSearchLinks(t *testing.T) {
	h := page(t, newFakeSource())
	doc := parse(t, get(t, h, "/prompts?range=7d&outcome=failed&limit=5&after=5&sort=cost"))
	links := linksByText(byID(doc, "list"))
	require.Equal(t, "/prompts?order=asc&outcome=failed&range=7d&sort=cost", links["Cost ↓"])
	require.Equal(t, "/prompts?order=asc&outcome=failed&range=7d&sort=user", links["User"])
	require.Equal(t, "/prompts?order=desc&outcome=failed&range=7d&sort=duration", links["Duration"])
	require.Equal(t, "/prompts?after=10&outcome=failed&range=7d&sort=cost", links["Next page"])
	require.Equal(t, "/prompts?outcome=failed&range=7d&sort=cost", links["First page"])
	require.Equal(t, "/api/prompts.csv?outcome=failed&range=7d&sort=cost", links["CSV"])
	require.Equal(t, "/prompts?outcome=failed&range=90d&sort=cost", linksByText(byID(doc, "filter"))["90 days"])
	require.Equal(t, "/prompts?range=7d", linksByText(byID(doc, "filter"))["Clear"])
	require.Contains(t, textOf(byID(doc, "list")), "25 prompts by cost, the largest first")
}

// TestEmptyList checks that a search without a result offers what to do.
func TestEmptyList(t *testing.T) {
	src := newFakeSource()
	src.empty = true
	h := page(t, src)
	list := byID(parse(t, get(t, h, "/sessions?range=7d&user=ada&outcome=failed")), "list")
	require.Contains(t, textOf(list), "No session in this time range matches the search.")
	require.Equal(t, map[string]string{
		"Clear the search":        "/sessions?range=7d",
		"Search the last 90 days": "/sessions?outcome=failed&range=90d&user=ada",
	}, linksByText(list))
	require.Contains(t, textOf(byID(parse(t, get(t, h, "/prompts?range=90d")), "list")), "No prompts in this time range.")
}

// TestListFiles checks that CSV has all rows up to the limit, and the number of those beyond it.
func TestListFiles(t *testing.T) {
	h := page(t, newFakeSource())
	for path, heading := range map[string]string{"/api/prompts.csv": "Start,Prompt,Session,", "/api/sessions.csv": "Start,Session,User,"} {
		w := get(t, h, path)
		require.Equal(t, http.StatusOK, w.Code)
		require.True(t, strings.HasPrefix(w.Body.String(), heading), w.Body.String())
		rows, err := csv.NewReader(w.Body).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, users+1)
		w = get(t, h, path+"?limit=10")
		require.Equal(t, "15", w.Header().Get("Cowork-Rows-Omitted"))
		require.Contains(t, w.Body.String(), "# 15 further rows: limit=25")
	}
	var answer struct {
		Sessions []map[string]any
		Total    int
		After    string
	}
	decode(t, get(t, h, "/api/sessions.json?limit=3"), &answer)
	require.Len(t, answer.Sessions, 3)
	require.Equal(t, 25, answer.Total)
	require.Equal(t, "3", answer.After)
	require.Equal(t, 1.25, answer.Sessions[0]["cost_usd"])
	require.Equal(t, 1800.0, answer.Sessions[0]["duration_s"])
}

// TestSessionLinks checks that the numbers of a session lead to its prompts, whatever the
// filter of the list is.
func TestSessionLinks(t *testing.T) {
	h := page(t, newFakeSource())
	links := linksByText(byID(parse(t, get(t, h, "/sessions?range=24h&user=ada%40example.com&limit=1")), "list"))
	require.Equal(t, "/session?range=24h&session=s0&user=ada%40example.com", links["s0"])
	require.Equal(t, "/prompts?from=2026-11-20T13%3A42%3A07Z&session=s0&to=2026-11-20T15%3A12%3A09Z", links["4"])
	require.Equal(t, "/prompts?from=2026-11-20T13%3A42%3A07Z&outcome=rejected&session=s0&to=2026-11-20T15%3A12%3A09Z", links["1"])
}

// TestTimeline checks a session with a gap and two prompts at the same time: the gaps, the parallel prompts and the links of a session.
func TestTimeline(t *testing.T) {
	src := newFakeSource()
	at := func(minutes int) time.Time { return now.Add(time.Duration(minutes-120) * time.Minute) }
	src.timeline = report.Timeline{
		Session: report.Session{ID: "s1", User: "ada@example.com", Start: at(0), Duration: 100 * time.Minute, Prompts: 4, CostUSD: 2},
		Modes:   []string{"default", "bypassPermissions"},
		Prompts: []report.Prompt{
			{ID: "p1", Start: at(0), Duration: 10 * time.Minute, Closed: true},
			{ID: "p2", Start: at(30), Duration: 10 * time.Minute, ToolFailures: 1, Closed: true},
			{ID: "p3", Start: at(35), Duration: 30 * time.Minute, ToolRejects: 1, Closed: true},
			{ID: "p4", Start: at(65), Duration: 35 * time.Minute, Closed: true},
		},
		Alerts: []report.Alert{{Name: "bypass_permissions", Severity: "warning", Status: "firing", Group: "user ada@example.com", Message: "Ada <b>acts</b>", Prompt: "p2", Start: at(31)}},
	}
	h := page(t, src)
	doc := parse(t, get(t, h, "/session?session=s1"))
	require.Equal(t, "/prompts?from=2026-11-20T12%3A42%3A07Z&outcome=failed&session=s1&to=2026-11-20T15%3A22%3A09Z", linksByText(byID(doc, "outcomes"))["1 failed"])
	require.Equal(t, "/events?session=s1", linksByText(byID(doc, "outcomes"))["Its latest events"])
	require.Equal(t, "/sessions?user=ada%40example.com", linksByText(byID(doc, "main"))["Sessions of ada@example.com"])
	require.Contains(t, textOf(byID(doc, "summary")), "Permission modes default and bypassPermissions")
	require.Contains(t, textOf(byID(doc, "alerts")), "warning bypass_permissions firing user ada@example.com Ada <b>acts</b>")
	line := byID(doc, "timeline")
	require.Equal(t, "/prompts/p2", linksByText(line)["p2"])
	var seen []string
	for n := range line.Descendants() {
		if class := attr(n, "class"); n.Data == "li" && class != "" {
			seen = append(seen, class+": "+textOf(n))
		}
		if n.Data == "rect" && attr(n, "height") == "10" && attr(n, "y") != "" {
			seen = append(seen, attr(n, "class")+" "+attr(n, "x")+" "+attr(n, "y")+" "+attr(n, "width"))
		}
	}
	require.Equal(t, []string{"o-ok 0 0 100", "o-ok 650 0 350", "o-rejected 350 14 300", "o-failed 300 0 100"}, seen[:4])
	require.Equal(t, "gap: 20 min without a prompt", strings.ReplaceAll(seen[4], "\u00a0", " "))
	require.True(t, strings.HasPrefix(seen[5], "parallel: 2 prompts at the same time"), seen[5])
	require.Len(t, seen, 6)
	require.Equal(t, http.StatusNotFound, get(t, h, "/session?session=none").Code)
	require.Equal(t, http.StatusNotFound, get(t, h, "/session").Code)
}
