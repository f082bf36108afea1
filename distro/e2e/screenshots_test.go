package e2e

import (
	"bytes"
	"cmp"
	"fmt"
	"image/png"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// pictures are the screenshots that documents show: the document, their name and height,
// and the address of the page.
var pictures = []struct {
	document, name string
	height         int64
	path           func(*testing.T, *dashboard) string
}{
	{"README.md", "overview", 860, at("/")},
	{"README.md", "person", 1250, busiestUser},
	{"README.md", "session", 1000, representativeSession},
	{"README.md", "security", 1180, at("/security?range=7d")},
	{"docs/page.md", "people", 1190, at("/people?range=30d")},
	{"docs/page.md", "tools", 900, at("/tools?range=30d")},
	{"docs/page.md", "prompt", 1250, representativePrompt},
	{"docs/page.md", "setup", 1000, at("/setup")},
}

// pageSizes are the windows in which every page is taken, for people to look at. These
// screenshots are not part of the repository.
var pageSizes = [][2]int64{{1920, 1080}, {1400, 900}, {390, 844}}

const (
	pictureWidth = 1400
	allPictures  = 2 << 20 // bytes in total
)

func at(path string) func(*testing.T, *dashboard) string {
	return func(*testing.T, *dashboard) string { return path }
}

// busiestUser returns the address of the user who costs most.
func busiestUser(t *testing.T, p *dashboard) string {
	t.Helper()
	user, _ := p.answer(t, "cost_by_user", "?range=30d").Rows[0][0].(string)
	return "/user?range=30d&" + url.Values{"user": {user}}.Encode()
}

// representativeSession returns the address of the session of the representative prompt.
func representativeSession(t *testing.T, p *dashboard) string {
	t.Helper()
	return "/session?" + url.Values{"session": {representative(t, p).Session}}.Encode()
}

func representativePrompt(t *testing.T, p *dashboard) string {
	t.Helper()
	return "/prompts/" + representative(t, p).ID
}

// representative returns a prompt that has requests, tools and a failure, and whose
// waterfall fits on a screen.
func representative(t *testing.T, p *dashboard) promptEntry {
	t.Helper()
	for _, e := range p.prompts(t, "?range=30d&limit=500") {
		if e.Requests >= 5 && e.Requests <= 8 && e.Tools >= 6 && e.ToolFailures > 0 && e.Organization != "" {
			return e
		}
	}
	require.Fail(t, "no prompt has requests, tools and a failure")
	return promptEntry{}
}

// TestScreenshots checks that the documents show the screenshots. With -update it takes
// them from the page, with 30 days of synthetic data, in light and in dark, and all pages in
// three windows into the folder pages, which git ignores.
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
	people := filepath.Join(t.TempDir(), "people.csv")
	require.NoError(t, exec.CommandContext(t.Context(), command("coworkctl"), "gen", "demo", "--roster", people).Run())
	config := filepath.Join(t.TempDir(), "pictures.yaml")
	now := time.Now().UTC()
	require.NoError(t, os.WriteFile(config, fmt.Appendf(nil, picturesConfig, people, 25*now.Day(), 7*now.Day()), 0o600))
	p := startPage(t, config)
	p.sendDemo(t, &p.sum, now, 29, 30)
	p.summed(t)
	b := openBrowser(t, p.url())
	every := filepath.Join(folder, "pages")
	require.NoError(t, os.RemoveAll(every))
	require.NoError(t, os.MkdirAll(every, 0o755))
	for _, scheme := range []string{"light", "dark"} {
		b.prefer(t, scheme)
		for _, one := range pictures {
			b.take(t, one.path(t, p), pictureWidth, one.height, filepath.Join(folder, one.name+"-"+scheme+".png"))
		}
		paths := slices.Concat(panelPages, []string{"/prompts", "/sessions", "/events", "/setup", representativePrompt(t, p), representativeSession(t, p), busiestUser(t, p)})
		for _, path := range paths {
			name, _, _ := strings.Cut(strings.Trim(path, "/"), "?")
			name, _, _ = strings.Cut(cmp.Or(name, "overview"), "/")
			if strings.HasPrefix(path, "/prompts/") {
				name = "prompt"
			}
			for _, size := range pageSizes {
				b.take(t, path, size[0], size[1], filepath.Join(every, fmt.Sprintf("%s-%d-%s.png", name, size[0], scheme)))
			}
		}
	}
	b.requireQuiet(t)
}

// picturesConfig gives the page people with names and teams, and budgets.
const picturesConfig = `
processors: {cowork_roster: {file: %q}, cowork_correlation: {idle_timeout: 1s}}
exporters: {cowork_dashboard: {collector_url: "https://collector.example.com:4318", seat_value_usd: 100, monthly_budget_usd: %d, team_budgets_usd: {Finance: %[3]d, Sales: %[3]d}}}
service: {pipelines: {logs: {processors: [memory_limiter, cowork_event, cowork_roster, cowork_redaction, cowork_correlation]}}}
`

// take writes a screenshot of a page to a file: of its first screen, or of the whole page
// for the folder pages.
func (b *browser) take(t *testing.T, path string, width, height int64, file string) {
	t.Helper()
	b.do(t, chromedp.EmulateViewport(width, height))
	b.visit(t, path)
	b.await(t, `document.fonts.status === "loaded" && !document.querySelector("[data-chart] svg:not([aria-hidden])")`)
	if filepath.Base(filepath.Dir(file)) == "pages" {
		whole := evaluate[int64](t, b, `Math.min(6000, document.documentElement.scrollHeight)`)
		b.do(t, chromedp.EmulateViewport(width, max(height, whole)))
	}
	time.Sleep(500 * time.Millisecond) // until transitions have ended
	shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, reduced(t, shot), 0o600))
}
