package e2e

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// subjectPages are the pages about one name: the parameter, and the panel whose first name
// is used.
var subjectPages = map[string]string{
	"user": "cost_by_user", "organization": "cost_by_organization", "model": "cost_by_model", "tool": "tools", "connector": "connector_error_rate",
}

// TestPageLinks walks from a figure to its cause: by keyboard from the cost of all to a
// user, to the user's prompts and to one of them; from a number to the prompts that it
// counts; and from a point of a line to its day.
func TestPageLinks(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	p.sendDemo(t, &p.sum, time.Now().UTC(), 15, 6) // with a week before the last one
	p.awaitFigures(t)
	b := openBrowser(t, p.url())
	t.Run("keyboard", func(t *testing.T) { p.walkByKeyboard(t, b) })
	t.Run("failures", func(t *testing.T) { p.walkToFailures(t, b) })
	t.Run("point", func(t *testing.T) { walkToDay(t, b) })
	t.Run("subjects", func(t *testing.T) { p.opensSubjects(t, b) })
	t.Run("options", func(t *testing.T) { choosesOptions(t, b) })
	t.Run("widths", func(t *testing.T) { p.fitsWidths(t, b) })
	b.requireQuiet(t)
}

// follow moves with the tab key to a link that a selector finds, and opens it with Enter.
func (b *browser) follow(t *testing.T, selector string) {
	t.Helper()
	at := evaluate[string](t, b, fmt.Sprintf(`document.querySelector(%q)?.href ?? ""`, selector))
	require.NotEmpty(t, at, "no link %s on %s", selector, evaluate[string](t, b, `location.href`))
	focused := fmt.Sprintf(`document.activeElement === document.querySelector(%q)`, selector)
	for range 400 {
		b.do(t, chromedp.KeyEvent(kb.Tab))
		if evaluate[bool](t, b, focused) {
			b.do(t, chromedp.KeyEvent(kb.Enter))
			b.await(t, fmt.Sprintf(`location.href === %q && document.readyState === "complete"`, at))
			return
		}
	}
	require.Fail(t, "the tab key does not reach a link", selector)
}

func (p *dashboard) walkByKeyboard(t *testing.T, b *browser) {
	t.Helper()
	b.visit(t, "/people?range=30d")
	user := p.answer(t, "people", "?range=30d").Rows[0][0].(string)
	b.follow(t, `#p-people tbody th a`)
	require.Equal(t, user, evaluate[string](t, b, `document.querySelector("h1").textContent`))
	require.InDelta(t, p.sum.sums["cost by user"][user], evaluate[float64](t, b, figure("cost")), 1e-9)
	b.follow(t, `#ways a[href^="/prompts"]`)
	require.Equal(t, user, evaluate[string](t, b, `new URLSearchParams(location.search).get("user")`))
	b.follow(t, `#list tbody th a`)
	require.True(t, strings.HasPrefix(evaluate[string](t, b, `location.pathname`), "/prompts/"))
}

// walkToFailures opens the failures of a tool, and finds prompts with failures only.
func (p *dashboard) walkToFailures(t *testing.T, b *browser) {
	t.Helper()
	b.visit(t, "/tools?range=7d")
	evaluate[bool](t, b, `document.querySelector("#p-tools tbody a[href*='outcome=failed']").click(), true`)
	b.await(t, `location.pathname === "/prompts" && document.readyState === "complete"`)
	query := evaluate[string](t, b, `location.search`)
	shown := evaluate[int](t, b, `document.querySelectorAll("#list tbody tr").length`)
	require.Positive(t, shown)
	list := p.prompts(t, query)
	require.Len(t, list, shown)
	require.False(t, slices.ContainsFunc(list, func(e promptEntry) bool { return e.ToolFailures == 0 }))
}

// walkToDay opens a point of a chart, with the keyboard and by its table.
func walkToDay(t *testing.T, b *browser) {
	t.Helper()
	b.visit(t, "/cost?range=30d")
	last := evaluate[string](t, b, `[...document.querySelectorAll("#p-cost_over_time tbody th a")].at(-1).href`)
	b.do(t, chromedp.Focus(chromedp.CSS("#p-cost_over_time figure")), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.Enter))
	b.await(t, fmt.Sprintf(`location.href === %q && document.readyState === "complete"`, last))
	today := time.Now().UTC().Format(time.DateOnly)
	require.Equal(t, today, evaluate[string](t, b, `new URLSearchParams(location.search).get("to")`))
	require.Equal(t, "/cost", evaluate[string](t, b, `location.pathname`))
}

// opensSubjects opens the pages about names, which have no barriers.
func (p *dashboard) opensSubjects(t *testing.T, b *browser) {
	t.Helper()
	for name, id := range subjectPages {
		values := url.Values{"range": {"7d"}, name: {p.answer(t, id, "?range=7d").Rows[0][0].(string)}}
		path := "/" + name + "?" + values.Encode()
		b.visit(t, path)
		require.Equal(t, values.Get(name), evaluate[string](t, b, `document.querySelector("h1").textContent`))
		require.Positive(t, evaluate[int](t, b, `document.querySelectorAll(".panel table, .figure data").length`), path)
		require.Empty(t, evaluate[[]string](t, b, `[...document.querySelectorAll(".trouble")].map(e => e.textContent)`), path)
		evaluate[bool](t, b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
		b.checkAccessible(t, path)
	}
}

// choosesOptions chooses a theme, a time zone and a comparison, which the next page keeps.
func choosesOptions(t *testing.T, b *browser) {
	t.Helper()
	b.prefer(t, "light")
	b.visit(t, "/cost?range=7d")
	light := evaluate[string](t, b, `getComputedStyle(document.body).backgroundColor`)
	evaluate[bool](t, b, `[...document.querySelectorAll(".options a")].find(a => a.textContent === "Dark").click(), true`)
	b.await(t, `location.search.includes("theme=dark") && document.readyState === "complete"`)
	require.NotEqual(t, light, evaluate[string](t, b, `getComputedStyle(document.body).backgroundColor`))
	b.checkAccessible(t, "dark by choice")
	evaluate[bool](t, b, `[...document.querySelectorAll(".top nav a")].find(a => a.textContent === "People").click(), true`)
	b.await(t, `location.pathname === "/people" && location.search.includes("theme=dark") && document.readyState === "complete"`)

	b.visit(t, "/cost?range=7d&compare=week&tz=Asia/Tokyo")
	require.Contains(t, evaluate[string](t, b, `document.querySelector("#filters").textContent`), "times in Asia/Tokyo (UTC+09:00)")
	require.Equal(t, 2, evaluate[int](t, b, `document.querySelectorAll("#p-cost_over_time .legend li").length`))
}

// fitsWidths checks that no page is wider than a window, and that no panel is cut: what is
// wider than its panel scrolls within it.
func (p *dashboard) fitsWidths(t *testing.T, b *browser) {
	t.Helper()
	user := p.answer(t, "people", "?range=7d").Rows[0][0].(string)
	paths := append([]string{"/user?user=" + url.QueryEscape(user), "/prompts", "/setup"}, panelPages...)
	for _, width := range []int64{1920, 1400, 390} {
		b.do(t, chromedp.EmulateViewport(width, 900))
		for _, path := range paths {
			b.visit(t, path)
			assert.LessOrEqual(t, evaluate[int](t, b, `document.documentElement.scrollWidth`), int(width), "%s at %d", path, width)
			assert.Empty(t, evaluate[[]string](t, b, `[...document.querySelectorAll(".top a, .panel, .figure, .filter > *")].filter(e => {
				const { left, right } = e.getBoundingClientRect();
				return left < -1 || right > innerWidth + 1 || e.matches(".panel, .figure") && e.scrollWidth > e.clientWidth + 1;
			}).map(e => e.outerHTML.slice(0, 120))`), "%s at %d", path, width)
			if width > 1000 {
				assert.Empty(t, evaluate[[]string](t, b, `[...document.querySelectorAll(".panels .scroll:not(:has(.heat))")].filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map(e => e.ariaLabel)`), "cut tables of %s at %d", path, width)
			}
		}
	}
}
