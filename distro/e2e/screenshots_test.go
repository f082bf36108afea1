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

// pictures are what the README shows of the page: a name, how high, where to look, and
// what to scroll to.
var pictures = []struct {
	name   string
	height int64
	path   func(*testing.T, *dashboard) string
}{
	{"overview", 1180, at("/?range=30d")},
	{"use", 1190, at("/?range=30d&section=use")},
	{"tools", 900, at("/?range=30d&section=tools-and-connectors")},
	{"prompt", 1250, tellingPrompt},
	{"setup", 1000, at("/setup")},
}

const (
	pictureWidth = 1280
	allPictures  = 900 << 10 // bytes, all of them
)

func at(path string) func(*testing.T, *dashboard) string {
	return func(*testing.T, *dashboard) string { return path }
}

// tellingPrompt is one whose waterfall fits on a screen and has some of everything.
func tellingPrompt(t *testing.T, p *dashboard) string {
	t.Helper()
	for _, e := range p.prompts(t, "?range=30d&limit=500") {
		if e.Requests >= 5 && e.Requests <= 8 && e.Tools >= 6 && e.ToolFailures > 0 && e.Organization != "" {
			return "/prompts/" + e.ID
		}
	}
	require.Fail(t, "no prompt is telling")
	return ""
}

// TestScreenshots checks the README's pictures, or with -update takes them: of the page
// on a month of a made-up team, in light and in dark.
func TestScreenshots(t *testing.T) {
	folder := filepath.Join(root, "distro/screenshots")
	if *update {
		takePictures(t, folder)
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	size := 0
	for _, one := range pictures {
		for _, scheme := range []string{"light", "dark"} {
			name := one.name + "-" + scheme + ".png"
			picture, err := os.ReadFile(filepath.Join(folder, name))
			require.NoError(t, err, "make screenshots takes it")
			header, err := png.DecodeConfig(bytes.NewReader(picture))
			require.NoError(t, err)
			require.Equal(t, pictureWidth, header.Width, name)
			require.Contains(t, string(readme), "distro/screenshots/"+name)
			size += len(picture)
		}
	}
	require.Less(t, size, allPictures)
}

// summed waits until the summaries of all prompts have come.
func (p *dashboard) summed(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool {
		entries := p.prompts(t, "?range=30d")
		return len(entries) > 0 && !slices.ContainsFunc(entries, func(e promptEntry) bool { return !e.Closed })
	}, patience, 500*time.Millisecond)
	p.rest(t)
}

func takePictures(t *testing.T, folder string) {
	t.Helper()
	config := filepath.Join(t.TempDir(), "pictures.yaml")
	require.NoError(t, os.WriteFile(config, []byte(`
processors: {cowork_correlation: {idle_timeout: 1s}}
exporters: {cowork_dashboard: {collector_url: "https://collector.example.com:4318", seat_value_usd: 100}}
`), 0o600))
	p := startPage(t, config)
	p.tellDemo(t, &p.sum, time.Now().UTC(), 29, 30)
	p.summed(t)
	b := look(t, p.url())
	require.NoError(t, os.MkdirAll(folder, 0o755))
	for _, one := range pictures {
		path := one.path(t, p)
		for _, scheme := range []string{"light", "dark"} {
			b.do(t, chromedp.EmulateViewport(pictureWidth, one.height))
			b.prefer(t, scheme)
			b.visit(t, path)
			b.await(t, `document.fonts.status === "loaded" && !document.querySelector("[data-chart] svg:not([aria-hidden])")`)
			time.Sleep(500 * time.Millisecond) // for what moves to come to rest
			shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(folder, one.name+"-"+scheme+".png"), reduced(t, shot), 0o600))
		}
	}
	b.requireQuiet(t)
}
