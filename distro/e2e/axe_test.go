package e2e

import (
	"compress/gzip"
	"context"
	"io"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// axe is axe-core 4.14.1, which checks the accessibility of a page. It is vendored as
// published under MPL 2.0, and runs in tests only.
var axe = sync.OnceValues(func() (string, error) {
	file, err := os.Open("testdata/axe/axe-4.14.1.min.js.gz")
	if err != nil {
		return "", err
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return "", err
	}
	source, err := io.ReadAll(unpacked)
	return string(source), err
})

// A barrier is a violation of a rule of axe, with its elements.
type barrier struct {
	Rule  string
	Help  string
	Where []string
}

// checkAccessible checks the open page.
func (b *browser) checkAccessible(t *testing.T, where string) {
	t.Helper()
	source, err := axe()
	require.NoError(t, err)
	b.do(t, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := chromedp.Evaluate[chromedp.Void](source+";undefined")(ctx, tab)
		return err
	}))
	found := evaluate[[]barrier](t, b, `axe.run(document, {resultTypes: ["violations"]}).then(result => result.violations.map(v => (
		{Rule: v.id, Help: v.help, Where: v.nodes.map(n => n.html.slice(0, 300) + " " + (n.failureSummary || ""))})))`)
	assert.Empty(t, found, where)
}
