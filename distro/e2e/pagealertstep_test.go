package e2e

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// withAlerts shows the alerts of the rules on the page, which startPage does not.
const withAlerts = `service: {pipelines: {logs/alerts: {exporters: [file/alerts, cowork_dashboard]}}}`

// TestPageAlertStep follows an alert about one event: its link leads to the step, which is
// marked, and is within the window.
func TestPageAlertStep(t *testing.T) {
	t.Parallel()
	overlay := filepath.Join(t.TempDir(), "alerts.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(withAlerts), 0o600))
	p, b := openSteps(t, overlay)
	require.Eventually(t, func() bool {
		return len(p.answer(t, "alerts_firing", "?range=24h").Rows) > 1
	}, waitLimit, 100*time.Millisecond, "%s", p.log)
	for alert, kind := range map[string]string{
		"bypass_permissions": "Agent", // of the permission, which is shown within its call
		"tool_failure":       "Bash",
	} {
		b.visit(t, "/alerts")
		evaluate[bool](t, b, `[...document.querySelectorAll(".alert")].find(a => a.innerText.includes("`+alert+`")).querySelector(".files a").click(), true`)
		b.await(t, `location.hash === "#alert-step" && document.querySelector("li.marked") !== null`)
		require.Equal(t, 1, evaluate[int](t, b, `document.querySelectorAll("li.marked").length`))
		step := evaluate[string](t, b, `document.querySelector("li.marked .what").innerText`)
		require.Contains(t, step, kind)
		require.Contains(t, step, "caused the alert")
		b.await(t, `(r => r.top >= 0 && r.bottom <= innerHeight)(document.querySelector("li.marked .step").getBoundingClientRect())`)
	}
	b.requireUnharmed(t)
	b.requireQuiet(t)

	b.visit(t, "/prompts/"+stepsPrompt+"?event=abc#alert-step")
	require.Contains(t, evaluate[string](t, b, `document.querySelector("#fall").innerText`), "is not among the steps below")
}
