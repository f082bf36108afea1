package e2e

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// figure is an expression for the large number of a panel on the open page.
func figure(id string) string {
	return fmt.Sprintf(`Number(document.querySelector("#p-%s data")?.value ?? NaN)`, id)
}

// filters filters the page by address and by form, and checks the figures.
func (p *dashboard) filters(t *testing.T, b *browser, now time.Time) {
	t.Helper()
	check := func(name, sums string) {
		t.Helper()
		costs := p.sum.sums["cost by "+sums]
		values := slices.DeleteFunc(slices.Sorted(maps.Keys(costs)), func(v string) bool { return v == "" })
		for _, value := range values[:min(2, len(values))] {
			want := costs[value]
			b.visit(t, "/cost"+always+"&"+url.Values{name: {value}}.Encode())
			require.InDelta(t, want, evaluate[float64](t, b, figure("cost")), 1e-9, "%s %s", name, value)
			require.InDelta(t, p.sum.sums["tokens by "+sums][value], evaluate[float64](t, b, figure("tokens")), 0.1, "%s %s", name, value)
		}
	}
	check("organization", "organization")
	check("user", "user")
	check("model", "model")

	model := slices.Sorted(maps.Keys(p.sum.sums["cost by model"]))[0]
	b.visit(t, "/cost")
	b.do(t, chromedp.SendKeys(chromedp.CSS("#f-model"), model+kb.Enter))
	b.await(t, `location.search.includes("model=") && document.readyState === "complete"`)
	require.Contains(t, evaluate[string](t, b, `location.search`), url.Values{"model": {model}}.Encode())

	b.visit(t, "/people")
	evaluate[bool](t, b, `[...document.querySelectorAll("#filter a")].find(a => a.search.includes("range=7d")).click(), true`)
	b.await(t, `location.search.includes("range=7d") && document.readyState === "complete"`)
	week := 0.0
	for i := range 7 {
		week += p.sum.sums["prompts by day"][now.AddDate(0, 0, -i).Format(time.DateOnly)]
	}
	require.InDelta(t, week, evaluate[float64](t, b, figure("prompts")), 0.1)
}

// A promptEntry is a prompt in the JSON list of the page.
type promptEntry struct {
	ID, Session  string
	CostUSD      float64 `json:"cost_usd"`
	Requests     int
	Tools        int
	ToolFailures int `json:"tool_failures"`
	Organization string
	Closed       bool
}

func (p *dashboard) prompts(t *testing.T, query string) []promptEntry {
	t.Helper()
	var list struct{ Prompts []promptEntry }
	p.read(t, "/api/prompts.json"+query, &list)
	return list.Prompts
}

// waterfall opens a prompt from the list and checks its steps.
func (p *dashboard) waterfall(t *testing.T, b *browser) {
	t.Helper()
	entries := p.prompts(t, always)
	require.NotEmpty(t, entries)
	for _, e := range entries {
		require.InDelta(t, p.sum.sums["cost by prompt"][e.ID], e.CostUSD, 1e-9, e.ID)
		require.InDelta(t, p.sum.sums["requests by prompt"][e.ID], e.Requests, 0.1, e.ID)
		require.InDelta(t, p.sum.sums["calls by prompt"][e.ID], e.Tools, 0.1, e.ID)
	}
	b.visit(t, "/prompts"+always)
	evaluate[bool](t, b, `document.querySelector("#list tbody th a").click(), true`)
	b.await(t, `location.pathname.length > "/prompts/".length && document.readyState === "complete"`)
	id := entries[0].ID
	require.Contains(t, evaluate[string](t, b, `location.pathname`), id)
	kinds := evaluate[[]string](t, b, `[...document.querySelectorAll(".fall > li .what")].map(p => (p.querySelector("code") || p.querySelector("strong")).textContent)`)
	count := map[string]int{}
	for _, kind := range kinds {
		count[kind]++
	}
	require.InDelta(t, p.sum.sums["requests by prompt"][id], count["api_request"], 0.1, "%v", count)
	require.InDelta(t, p.sum.sums["calls by prompt"][id], count["tool_result"], 0.1, "%v", count)
	require.Equal(t, len(kinds), evaluate[int](t, b, `document.querySelectorAll(".fall svg.lane rect").length / 2`), "a bar for each step")
}

// checkKeyboard moves through pages with the tab key and checks that it reaches every
// control, and that the focus is visible.
func (b *browser) checkKeyboard(t *testing.T, paths ...string) {
	t.Helper()
	const mine = `[...document.querySelectorAll("a[href]:not([tabindex='-1']), button, input:not([type=hidden]), select, summary, [tabindex='0']")].filter(e => e.checkVisibility())`
	for _, path := range paths {
		b.visit(t, path)
		n := evaluate[int](t, b, `addEventListener("focusin", e => {
			const style = getComputedStyle(e.target);
			e.target.dataset.walked = style.outlineStyle !== "none" || style.boxShadow !== "none" ? "seen" : "unseen";
		}), `+mine+`.length`)
		require.Positive(t, n)
		for range n + 20 { // a time field has several tab stops
			b.do(t, chromedp.KeyEvent(kb.Tab))
		}
		require.Empty(t, evaluate[[]string](t, b, mine+`.filter(e => e.dataset.walked !== "seen").map(e => (e.dataset.walked ?? "not reached") + ": " + e.outerHTML.slice(0, 200))`), path)
	}
}

// live checks that the open page updates a figure when events arrive.
func (p *dashboard) live(t *testing.T, b *browser, now time.Time) {
	t.Helper()
	b.visit(t, "/people")
	before := evaluate[float64](t, b, figure("prompts"))
	evaluate[bool](t, b, `window.stayed = true`)
	more := p.sum.sums["prompts"][""]
	p.sendEvents(t, &p.sum, eventsOfOtherOrganization(t, now))
	more = p.sum.sums["prompts"][""] - more
	require.Positive(t, more)
	b.await(t, fmt.Sprintf(`%s === %v`, figure("prompts"), before+more))
	require.True(t, evaluate[bool](t, b, `window.stayed === true`), "it was loaded again")
}
