package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

// A searched is a page with known prompts, which the tests of searches share in form.
type searched struct {
	*dashboard
	start    time.Time // of the first session, two hours ago
	sequence int
	logs     plog.Logs
}

// startSearched starts a page. Prompts have their summary after a second.
func startSearched(t *testing.T) *searched {
	t.Helper()
	overlay := filepath.Join(t.TempDir(), "search.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(`processors: {cowork_correlation: {idle_timeout: 1s}}`), 0o600))
	return &searched{dashboard: startPage(t, overlay), start: time.Now().UTC().Add(-2 * time.Hour).Truncate(time.Second), logs: plog.NewLogs()}
}

// add adds an event of a prompt some seconds after the start.
func (s *searched) add(kind, user, session, prompt string, seconds int, attributes map[string]any) {
	if s.logs.ResourceLogs().Len() == 0 {
		r := s.logs.ResourceLogs().AppendEmpty()
		r.Resource().Attributes().PutStr("service.name", "cowork")
		r.ScopeLogs().AppendEmpty().Scope().SetName("com.anthropic.claude_code.events")
	}
	s.sequence++
	record := s.logs.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().AppendEmpty()
	at := s.start.Add(time.Duration(seconds) * time.Second)
	all := map[string]any{
		"event.name": kind, "event.timestamp": at.Format(time.RFC3339), "event.sequence": s.sequence, "session.id": session, "prompt.id": prompt,
		"user.account_uuid": user, "organization.id": "acme", "request_id": fmt.Sprint("r", s.sequence), "tool_use_id": fmt.Sprint("t", s.sequence),
	}
	maps.Copy(all, attributes)
	_ = record.Attributes().FromRaw(all) // of texts, integers and booleans
}

// prompt adds a prompt that takes some seconds, with the calls of a tool that fail.
func (s *searched) prompt(user, session, prompt string, start, seconds int, micros int64, failures ...string) {
	s.add("user_prompt", user, session, prompt, start, nil)
	s.add("api_request", user, session, prompt, start+seconds, map[string]any{"model": "claude-opus-4-6", "cost_usd_micros": micros, "duration_ms": 1000 * seconds, "input_tokens": 10})
	s.add("tool_result", user, session, prompt, start+seconds, map[string]any{"tool_name": "Read", "success": true, "duration_ms": 10})
	for _, tool := range failures {
		s.add("tool_result", user, session, prompt, start+seconds, map[string]any{"tool_name": tool, "success": false, "error_type": "ShellError", "duration_ms": 10})
	}
}

// send sends what was added, and waits until the page has it.
func (s *searched) send(t *testing.T, prompts int) {
	t.Helper()
	body, err := (&plog.JSONMarshaler{}).MarshalLogs(s.logs)
	require.NoError(t, err)
	status, answer := s.post(t, request{signal: "logs", contentType: contentTypes["json"], body: body})
	require.Equal(t, http.StatusOK, status, answer)
	require.Eventually(t, func() bool {
		closed := 0
		for _, p := range s.prompts(t, "") {
			if p.Closed {
				closed++
			}
		}
		return closed == prompts
	}, waitLimit, 100*time.Millisecond, "%s", s.log)
	s.awaitIdle(t)
}

// listed is an expression for the names of the rows of a list.
const listed = `[...document.querySelectorAll("#list tbody th a")].map(a => a.textContent.trim())`

// requireNotCut checks that nothing on the open page is wider than the window, at three
// widths.
func (b *browser) requireNotCut(t *testing.T, path string) {
	t.Helper()
	for _, width := range []int64{1920, 1400, 390} {
		b.do(t, chromedp.EmulateViewport(width, 900))
		b.visit(t, path)
		require.LessOrEqual(t, evaluate[int](t, b, `document.documentElement.scrollWidth`), int(width), "%s at %d pixels", path, width)
	}
	b.do(t, chromedp.EmulateViewport(windowWidth, windowHeight))
}

// TestPageSearch finds prompts with the form, sorts them by a column, and finds a session.
func TestPageSearch(t *testing.T) {
	t.Parallel()
	s := startSearched(t)
	s.prompt("ada", "s-one", "p-cheap", 0, 10, 100_000)
	s.prompt("ada", "s-one", "p-dear", 60, 20, 3_000_000, "Bash")
	s.prompt("bob", "s-two", "p-slow", 120, 600, 500_000)
	s.prompt("bob", "s-two", "q-other", 900, 5, 700_000)
	s.send(t, 4)
	b := openBrowser(t, s.url())
	b.visit(t, "/prompts")
	require.Equal(t, []string{"q-other", "p-slow", "p-dear", "p-cheap"}, evaluate[[]string](t, b, listed))
	b.do(t, chromedp.SendKeys(chromedp.CSS("#f-id"), "p-"), chromedp.SendKeys(chromedp.CSS("#f-min_cost"), "0.3"+kb.Enter))
	b.await(t, `location.search === "?range=30d&id=p-&min_cost=0.3" && document.readyState === "complete"`)
	require.Equal(t, []string{"p-slow", "p-dear"}, evaluate[[]string](t, b, listed))
	evaluate[bool](t, b, `[...document.querySelectorAll("#list thead a")].find(a => a.textContent.startsWith("Cost")).click(), true`)
	b.await(t, `document.querySelector("#list [aria-sort=descending]")?.textContent.startsWith("Cost")`)
	require.Equal(t, []string{"p-dear", "p-slow"}, evaluate[[]string](t, b, listed))
	require.Contains(t, evaluate[string](t, b, `document.querySelector("#list .shown").textContent`), "2 prompts by cost, the largest first")

	// A choice of an outcome keeps the rest of the search.
	b.do(t, chromedp.SendKeys(chromedp.CSS("#f-outcome"), "failed"), chromedp.SendKeys(chromedp.CSS("#f-id"), kb.Enter))
	b.await(t, `location.search.includes("outcome=failed") && location.search.includes("sort=cost") && document.readyState === "complete"`)
	require.Equal(t, []string{"p-dear"}, evaluate[[]string](t, b, listed))
	b.visit(t, "/prompts?outcome=refused")
	require.Contains(t, evaluate[string](t, b, `document.querySelector("#list").innerText`), "No prompt in this time range matches the search.")
	evaluate[bool](t, b, `[...document.querySelectorAll("#list a")].find(a => a.textContent === "Clear the search").click(), true`)
	b.await(t, `location.pathname + location.search === "/prompts" && document.readyState === "complete"`)
	require.Len(t, evaluate[[]string](t, b, listed), 4)

	b.visit(t, "/sessions?tool=Bash&outcome=failed")
	require.Equal(t, []string{"s-one"}, evaluate[[]string](t, b, listed))
	for _, path := range []string{"/prompts?sort=cost", "/sessions?outcome=failed", "/prompts?outcome=refused"} {
		b.visit(t, path)
		b.checkAccessible(t, path)
		b.requireNotCut(t, path)
	}
	b.checkKeyboard(t, "/prompts?outcome=failed", "/sessions")
	b.requireQuiet(t)
	status, body := s.fetch(t, "/prompts?colour=red")
	require.Equal(t, http.StatusBadRequest, status)
	require.Contains(t, string(body), "outcome")
}
