package coworkdashboardexporter

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer/answertest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// measurePage measures whole pages of panels over HTTP to the last byte, and in a browser until it
// is ready, if there is one. An event is committed before each page.
func measurePage(b *testing.B, table *goals, engine string, s *testStore) {
	b.Helper()
	server := httptest.NewServer(web.New(panels.Pages, s, web.Settings{Now: func() time.Time { return noon }}))
	defer server.Close()
	inBrowser := startBrowser(b)
	if inBrowser != nil {
		inBrowser(server.URL) // the first page starts the browser
	}
	measure := func(days int, path, what, goal string, page func(string) time.Duration) {
		what = path + ", " + what
		took := repeat(20, func() time.Duration {
			s.commitOne(b)
			return page(fmt.Sprintf("%s%s?range=%dd", server.URL, path, days))
		})
		printTimes(days, engine+" "+what, took)
		table.set(fmt.Sprintf("%s, %d days", what, days), goal, engine, fmt.Sprintf("median %s, p99 %s", milliseconds(took[len(took)/2]), milliseconds(p99(took))))
	}
	for _, path := range []string{"/", "/cost", "/people", "/tools", "/api-requests", "/security"} {
		for _, days := range []int{7, 90} {
			measure(days, path, "last byte", "", func(address string) time.Duration { return fetchTime(b, address) })
			if inBrowser != nil {
				measure(days, path, "interactive in Chromium", "< 1 s", inBrowser)
			}
		}
	}
}

// BenchmarkFullTables measures pages over databases whose tables all have rows for each of ten
// thousand users on most of ninety days: also those of permissions, hosts and redactions. Run it with
//
//	go test -run '^$' -bench FullTables -benchtime 1x -timeout 60m ./exporter/coworkdashboardexporter
func BenchmarkFullTables(b *testing.B) {
	table := &goals{}
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			for b.Loop() {
				s, err := openStore(b.Context(), e.open(b))
				require.NoError(b, err)
				b.Cleanup(func() { require.NoError(b, s.close(context.Background())) })
				full := answertest.Fleet{Users: 10_000, Organizations: 5, Teams: 50, Days: 90, Hourly: 2, To: noon}
				require.NoError(b, full.Fill(b.Context(), s.db))
				s.analyze(b)
				measurePage(b, table, e.name, s)
			}
		})
	}
	table.print()
}

// fetchTime returns how long an address takes to the last byte.
func fetchTime(b *testing.B, address string) time.Duration {
	b.Helper()
	start := time.Now()
	resp, err := http.Get(address) //nolint:noctx // ends with the benchmark's server
	require.NoError(b, err)
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	require.NoError(b, err)
	require.Equal(b, http.StatusOK, resp.StatusCode)
	return time.Since(start)
}

// ready is the time from the request until scripts have run, in milliseconds.
const ready = `new Promise(done => {
	const tell = () => done(performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd);
	document.readyState === "complete" ? tell() : addEventListener("load", () => setTimeout(tell));
})`

// startBrowser returns a function that measures an address in a browser, nil if there is
// no browser.
func startBrowser(b *testing.B) func(address string) time.Duration {
	b.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		b.Log("there is no chromium here (Debian's package of that name has it): the page is not opened in it")
		return nil
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	b.Cleanup(end)
	ctx, end := chromedp.NewContext(allocator)
	b.Cleanup(end)
	return func(address string) time.Duration {
		require.NoError(b, chromedp.Do(ctx, chromedp.Navigate(address)))
		took, err := chromedp.Run(ctx, chromedp.Evaluate[float64](ready, chromedp.EvalAwaitPromise))
		require.NoError(b, err)
		return time.Duration(took * float64(time.Millisecond))
	}
}
