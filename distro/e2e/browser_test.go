package e2e

import (
	"context"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// A browser is a tab of a real browser with the page. It records what must not happen:
// requests to other hosts, errors on the console, and violations of the page's security
// policy, which the browser reports there too.
type browser struct {
	ctx  context.Context
	page string // address of the page, without a trailing slash

	mu      sync.Mutex
	amiss   []string
	fetched []string
}

// The size of the window.
const (
	windowWidth  = 1280
	windowHeight = 900
)

// openBrowser starts a browser for a page, or skips the test without one.
func openBrowser(t *testing.T, page string) *browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium command: install the Debian package chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(windowWidth, windowHeight),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	b := &browser{ctx: ctx, page: page}
	require.NoError(t, chromedp.Listen(ctx, b.record))
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	require.NoError(t, err)
	return b
}

// record stores problems. The browser requests an icon by itself.
func (b *browser) record(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.fetched = append(b.fetched, e.Request.URL)
		if !strings.HasPrefix(e.Request.URL, b.page+"/") && !strings.HasPrefix(e.Request.URL, "data:") {
			b.amiss = append(b.amiss, "a request to "+e.Request.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			b.amiss = append(b.amiss, "on the console: "+string(e.Args[0].Value)+e.Args[0].Description)
		}
	case *runtime.EventExceptionThrown:
		b.amiss = append(b.amiss, "an exception: "+e.ExceptionDetails.Text+" "+e.ExceptionDetails.Exception.Description)
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			b.amiss = append(b.amiss, "in the log: "+e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

// requireQuiet checks that there was no problem so far.
func (b *browser) requireQuiet(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	require.Empty(t, b.amiss)
	require.NotEmpty(t, b.fetched)
}

// visit opens an address of the page.
func (b *browser) visit(t *testing.T, path string) {
	t.Helper()
	b.do(t, chromedp.Navigate(b.page+path), chromedp.WaitReady(chromedp.CSS("body")))
}

// do runs steps within waitLimit.
func (b *browser) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, waitLimit)
	defer cancel()
	require.NoError(t, chromedp.Do(ctx, steps...))
}

// evaluate returns the value of a JavaScript expression in the page.
func evaluate[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, waitLimit)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(t, err, expression)
	return answer
}

// await waits until a JavaScript expression is true, also across a page load.
func (b *browser) await(t *testing.T, expression string) {
	t.Helper()
	require.Eventually(t, func() bool {
		is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression))
		return err == nil && is
	}, waitLimit, 50*time.Millisecond, "it never came to be that %s", expression)
}

// prefer sets the preferred colour scheme: light or dark.
func (b *browser) prefer(t *testing.T, scheme string) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	require.NoError(t, err)
}

// withoutScripts turns JavaScript off for pages that are opened later.
func (b *browser) withoutScripts(t *testing.T) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	require.NoError(t, err)
}

// setHeader adds a header to every request.
func (b *browser) setHeader(t *testing.T, header, value string) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{header: value}})
	require.NoError(t, err)
}
