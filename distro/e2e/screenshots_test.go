package e2e

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// pictures are the screenshots of the page: the document that shows it, its name and
// height, and the address of the page.
var pictures = []struct {
	document, name string
	height         int64
	path           func(*testing.T, *dashboard) string
}{
	{"README.md", "overview", 1180, at("/?range=30d")},
	{"docs/page.md", "use", 1190, at("/people?range=30d")},
	{"docs/page.md", "tools", 900, at("/tools?range=30d")},
	{"README.md", "prompt", 1250, representativePrompt},
	{"docs/page.md", "setup", 1000, at("/setup")},
}

const (
	pictureWidth = 1280
	allPictures  = 900 << 10 // bytes in total
)

func at(path string) func(*testing.T, *dashboard) string {
	return func(*testing.T, *dashboard) string { return path }
}

// representativePrompt returns the address of a prompt that has requests, tools and a
// failure, and whose waterfall fits on a screen.
func representativePrompt(t *testing.T, p *dashboard) string {
	t.Helper()
	for _, e := range p.prompts(t, "?range=30d&limit=500") {
		if e.Requests >= 5 && e.Requests <= 8 && e.Tools >= 6 && e.ToolFailures > 0 && e.Organization != "" {
			return "/prompts/" + e.ID
		}
	}
	require.Fail(t, "no prompt has requests, tools and a failure")
	return ""
}

// TestScreenshots checks that the documents show the screenshots. With -update it takes
// them from the page, with 30 days of synthetic data, in light and in dark.
func TestScreenshots(t *testing.T) {
	folder := filepath.Join(root, "distro/screenshots")
	if *update {
		takePictures(t, folder)
	}
	size := 0
	for _, one := range pictures {
		document, err := os.ReadFile(filepath.Join(root, one.document))
		require.NoError(t, err)
		for _, scheme := range []string{"light", "dark"} {
			name := one.name + "-" + scheme + ".png"
			picture, err := os.ReadFile(filepath.Join(folder, name))
			require.NoError(t, err, "make screenshots takes it")
			header, err := png.DecodeConfig(bytes.NewReader(picture))
			require.NoError(t, err)
			require.Equal(t, pictureWidth, header.Width, name)
			require.Contains(t, string(document), "distro/screenshots/"+name, one.document)
			size += len(picture)
		}
	}
	require.Less(t, size, allPictures)
}

// summed waits until every prompt has its summary.
func (p *dashboard) summed(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool {
		entries := p.prompts(t, "?range=30d")
		return len(entries) > 0 && !slices.ContainsFunc(entries, func(e promptEntry) bool { return !e.Closed })
	}, waitLimit, 500*time.Millisecond)
	p.awaitIdle(t)
}

func takePictures(t *testing.T, folder string) {
	t.Helper()
	config := filepath.Join(t.TempDir(), "pictures.yaml")
	require.NoError(t, os.WriteFile(config, []byte(`
processors: {cowork_correlation: {idle_timeout: 1s}}
exporters: {cowork_dashboard: {collector_url: "https://collector.example.com:4318", seat_value_usd: 100}}
`), 0o600))
	p := startPage(t, config)
	p.sendDemo(t, &p.sum, time.Now().UTC(), 29, 30)
	p.summed(t)
	b := openBrowser(t, p.url())
	require.NoError(t, os.MkdirAll(folder, 0o755))
	for _, one := range pictures {
		path := one.path(t, p)
		for _, scheme := range []string{"light", "dark"} {
			b.do(t, chromedp.EmulateViewport(pictureWidth, one.height))
			b.prefer(t, scheme)
			b.visit(t, path)
			b.await(t, `document.fonts.status === "loaded" && !document.querySelector("[data-chart] svg:not([aria-hidden])")`)
			time.Sleep(500 * time.Millisecond) // until transitions have ended
			shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(folder, one.name+"-"+scheme+".png"), reduced(t, shot), 0o600))
		}
	}
	b.requireQuiet(t)
}
