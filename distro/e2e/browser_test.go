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

// A browser is a tab of a real browser that looks at one page. It notes what must not
// happen: a request to anywhere else, an error on the console, a violation of the
// page's security policy, which the browser reports there too.
type browser struct {
	ctx  context.Context
	page string // where the page is, without a slash at the end

	mu      sync.Mutex
	amiss   []string
	fetched []string
}

// The sizes of a window that pages are looked at in.
const (
	windowWidth  = 1280
	windowHeight = 900
)

// look starts a browser for a page, or skips the test where there is none.
func look(t *testing.T, page string) *browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium here (Debian's package of that name has it): the page is not looked at")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(windowWidth, windowHeight),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	b := &browser{ctx: ctx, page: page}
	require.NoError(t, chromedp.Listen(ctx, b.note))
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	require.NoError(t, err)
	return b
}

// note keeps what is amiss. The browser asks for an icon by itself.
func (b *browser) note(event any) {
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

// requireQuiet checks that nothing was amiss so far.
func (b *browser) requireQuiet(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	require.Empty(t, b.amiss)
	require.NotEmpty(t, b.fetched)
}

// visit goes to an address below the page's.
func (b *browser) visit(t *testing.T, path string) {
	t.Helper()
	b.do(t, chromedp.Navigate(b.page+path), chromedp.WaitReady(chromedp.CSS("body")))
}

// do carries out steps within a test's patience.
func (b *browser) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	require.NoError(t, chromedp.Do(ctx, steps...))
}

// ask returns what an expression of JavaScript comes to in the page.
func ask[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(t, err, expression)
	return answer
}

// await waits until an expression of JavaScript is true in the page, be it another page
// by then.
func (b *browser) await(t *testing.T, expression string) {
	t.Helper()
	require.Eventually(t, func() bool {
		is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression))
		return err == nil && is
	}, patience, 50*time.Millisecond, "it never came to be that %s", expression)
}

// prefer has the browser say which colours its user likes: light or dark.
func (b *browser) prefer(t *testing.T, scheme string) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	require.NoError(t, err)
}

// withoutScripts switches JavaScript off, for pages visited from now on.
func (b *browser) withoutScripts(t *testing.T) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	require.NoError(t, err)
}

// saying has every request carry a header.
func (b *browser) saying(t *testing.T, header, value string) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{header: value}})
	require.NoError(t, err)
}
