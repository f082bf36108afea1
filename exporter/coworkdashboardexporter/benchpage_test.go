package coworkdashboardexporter

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/store"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// measurePage prints how long the whole page takes over HTTP, and in a browser until it
// is ready. It returns the 99th percentile of the slower one in milliseconds, without the
// browser if there is none.
func measurePage(b *testing.B, s *store.Store) float64 {
	b.Helper()
	server := httptest.NewServer(web.New(panels, s, web.Settings{Now: func() time.Time { return noon }}))
	defer server.Close()
	inBrowser := startBrowser(b)
	if inBrowser != nil {
		inBrowser(server.URL) // the first page starts the browser
	}
	slowest := time.Duration(0)
	for _, days := range []int{7, 30, 90} {
		address := fmt.Sprintf("%s/?range=%dd", server.URL, days)
		slowest = max(slowest, printTimes(days, "page, answered", repeat(100, func() time.Duration { return fetchTime(b, address) })))
		if inBrowser != nil {
			slowest = max(slowest, printTimes(days, "page, ready in a browser", repeat(100, func() time.Duration { return inBrowser(address) })))
		}
	}
	return float64(slowest.Microseconds()) / 1e3
}

func repeat(n int, measure func() time.Duration) []time.Duration {
	took := make([]time.Duration, n)
	for i := range took {
		took[i] = measure()
	}
	return took
}

// printTimes prints times, since the log of a benchmark is truncated. It returns the 99th
// percentile.
func printTimes(days int, what string, took []time.Duration) time.Duration {
	slices.Sort(took)
	p99 := took[len(took)-1-len(took)/100]
	fmt.Printf("%2d days  %-28s median %6.1f ms  p99 %6.1f ms\n", days, what,
		float64(took[len(took)/2].Microseconds())/1e3, float64(p99.Microseconds())/1e3)
	return p99
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
