package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPageReport writes the report on the current month from a real page, and opens it in
// a browser: it has the page's figures and budget, is accessible, and loads nothing.
func TestPageReport(t *testing.T) {
	t.Parallel()
	budget := filepath.Join(t.TempDir(), "budget.yaml")
	require.NoError(t, os.WriteFile(budget, []byte("exporters: {cowork_dashboard: {monthly_budget_usd: 0.01}}\n"), 0o600))
	p := startPage(t, budget)
	now := time.Now().UTC()
	p.sendDemo(t, &p.sum, now, 2, 5)
	p.awaitIdle(t)
	month := now.Format("2006-01")
	file := filepath.Join(t.TempDir(), "report.html")
	out, err := exec.Command(command("coworkctl"), "report", "--endpoint", p.url(), "--month", month, "--out", file).CombinedOutput()
	require.NoError(t, err, "%s", out)

	b := openBrowser(t, "file://"+file)
	b.visit(t, "")
	shown := evaluate[string](t, b, `document.querySelector("main").innerText`)
	cost := p.answer(t, "cost", "?from="+month+"-01").Rows[0][0].(float64)
	if cost < 100 { // the last days were in this month
		require.Contains(t, shown, fmt.Sprintf("Cowork cost $%.2f in %s so far", cost, now.Format("January 2006")))
	}
	require.Contains(t, shown, "over the budget of $0.01")
	for _, heading := range []string{"Cost", "Adoption", "Failures", "Security"} {
		require.Contains(t, shown, heading)
	}
	require.Zero(t, evaluate[int](t, b, `performance.getEntriesByType("resource").length`), "it loads nothing")
	require.Zero(t, evaluate[int](t, b, `document.scripts.length`))
	b.checkAccessible(t, "report")
}
