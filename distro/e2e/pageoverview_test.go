package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// overviewConfig gives the page people with names and teams, and budgets that are exceeded.
const overviewConfig = `
processors: {cowork_roster: {file: %q}, cowork_correlation: {idle_timeout: 1s}}
exporters: {cowork_dashboard: {monthly_budget_usd: 0.01, team_budgets_usd: {Sales: 0.01}}}
service: {pipelines: {logs: {processors: [memory_limiter, cowork_event, cowork_roster, cowork_redaction, cowork_correlation]}}}
`

// TestPageOverviewFits reads the overview in a browser: it is on one screen of 1400 × 900
// pixels, and answers by name who costs most, what failed today and what is dangerous. The
// number of failed prompts leads to exactly these.
func TestPageOverviewFits(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	people := filepath.Join(folder, "people.csv")
	require.NoError(t, exec.CommandContext(t.Context(), command("coworkctl"), "gen", "demo", "--seats", "8", "--roster", people).Run())
	config := filepath.Join(folder, "overview.yaml")
	require.NoError(t, os.WriteFile(config, fmt.Appendf(nil, overviewConfig, people), 0o600))
	p := startPage(t, config)
	p.sendDemo(t, &p.sum, time.Now().UTC(), 20, 8)
	p.summed(t)
	b := openBrowser(t, p.url())
	for _, scheme := range []string{"light", "dark"} {
		b.prefer(t, scheme)
		for _, size := range [][2]int64{{1400, 900}, {1920, 1080}, {390, 844}} {
			b.do(t, chromedp.EmulateViewport(size[0], size[1]))
			b.visit(t, "/")
			require.LessOrEqual(t, evaluate[int64](t, b, `document.documentElement.scrollWidth`), size[0], "%d: scrolls sideways: %v", size[0], evaluate[[]string](t, b, wideElements))
			if size[0] > 1000 {
				require.LessOrEqual(t, evaluate[int64](t, b, `document.documentElement.scrollHeight`), size[1], "%d: does not fit", size[0])
			}
			require.Empty(t, evaluate[[]string](t, b, cutTexts), "%d: cut texts", size[0])
			b.checkAccessible(t, fmt.Sprint("/ ", size, scheme))
		}
	}
	text := func(id string) string {
		return evaluate[string](t, b, fmt.Sprintf(`document.querySelector("#p-%s").innerText`, id))
	}
	require.Regexp(t, `[A-Z][a-z]+ [A-Z][a-z]+`, text("users"), "names of people")
	require.Contains(t, text("month"), "Over the budget of $0.010")
	require.Contains(t, text("teams"), "over budget")
	require.Contains(t, text("danger"), "without confirmation")

	failed := evaluate[int](t, b, `Number(document.querySelector("#p-today .value data").value)`)
	require.Positive(t, failed)
	evaluate[bool](t, b, `document.querySelector("#p-today .value a").click(), true`)
	b.await(t, `location.pathname === "/prompts" && document.readyState === "complete"`)
	require.Equal(t, failed, evaluate[int](t, b, `document.querySelectorAll("#list tbody tr").length`))

	b.visit(t, "/")
	evaluate[bool](t, b, `document.querySelector("#p-users .who a").click(), true`)
	b.await(t, `location.pathname === "/user" && document.readyState === "complete"`)
	b.requireQuiet(t)
	b.withoutScripts(t)
	b.visit(t, "/")
	require.Contains(t, evaluate[string](t, b, `document.querySelector("#p-month .value").innerText`), "$")
}

// wideElements is an expression for what is beyond the right edge of the window.
const wideElements = `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.outerHTML.slice(0, 120))`

// cutTexts is an expression for the texts of the overview's figures that are wider than
// their tile.
const cutTexts = `[...document.querySelectorAll(".tile .value, .tile .state, .tile h2, .counts li")].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)`
