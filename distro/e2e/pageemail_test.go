package e2e

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// TestPageEmail keeps e-mail addresses, without a list of people: in a browser the overview
// answers with addresses who costs most, and an address leads to the page of its user.
func TestPageEmail(t *testing.T) {
	t.Parallel()
	config := filepath.Join(t.TempDir(), "keep.yaml")
	require.NoError(t, os.WriteFile(config, []byte("processors: {cowork_redaction: {identities: {action: keep}}}\n"), 0o600))
	p := startPage(t, config)
	p.sendDemo(t, &p.sum, time.Now().UTC(), 3, 4)
	p.awaitFigures(t)
	b := openBrowser(t, p.url())
	b.do(t, chromedp.EmulateViewport(1400, 900))
	b.visit(t, "/")
	first := evaluate[string](t, b, `document.querySelector("#p-users .who a").innerText`)
	require.Regexp(t, `^[^@ ]+@[^@ ]+$`, first)
	evaluate[bool](t, b, `document.querySelector("#p-users .who a").click(), true`)
	b.await(t, `location.pathname === "/user" && document.readyState === "complete"`)
	require.Contains(t, evaluate[string](t, b, `document.body.innerText`), first)
	b.requireQuiet(t)
}
