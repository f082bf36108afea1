package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPageSessionTimeline shows a session with a gap and with two prompts at the same time,
// at three widths, in both themes and without scripts.
func TestPageSessionTimeline(t *testing.T) {
	t.Parallel()
	s := startSearched(t)
	s.prompt("ada", "s-one", "p-first", 0, 60, 100_000)
	s.prompt("ada", "s-one", "p-failed", 1260, 120, 400_000, "Bash")
	s.prompt("ada", "s-one", "p-beside", 1300, 300, 200_000)
	s.add("tool_decision", "ada", "s-one", "p-beside", 1400, map[string]any{"tool_name": "Write", "decision": "reject", "source": "user_reject", "permission_mode": "default"})
	s.prompt("ada", "s-one", "p-last", 1660, 30, 100_000)
	s.send(t, 4)
	b := openBrowser(t, s.url())
	const path = "/session?session=s-one"
	b.requireNotCut(t, path)
	b.visit(t, path)
	require.Equal(t, []string{"p-first", "p-failed", "p-beside", "p-last"}, evaluate[[]string](t, b, `[...document.querySelectorAll(".moment a")].map(a => a.textContent.trim())`))
	require.Equal(t, []string{"20 min without a prompt", "1 min without a prompt"}, evaluate[[]string](t, b, `[...document.querySelectorAll(".gap")].map(e => e.textContent.replaceAll("\u00a0", " "))`))
	require.Equal(t, []string{"o-ok", "o-ok", "o-rejected", "o-failed"}, evaluate[[]string](t, b, `[...document.querySelectorAll(".strip rect")].map(r => r.getAttribute("class"))`))

	// Prompts at the same time are side by side, and in lanes of their own.
	require.True(t, evaluate[bool](t, b, `(([a, b]) => a.left < b.left && a.top === b.top)([...document.querySelectorAll(".parallel .moment")].map(e => e.getBoundingClientRect()))`))
	require.True(t, evaluate[bool](t, b, `(([, , b, a]) => a.left < b.left && b.left < a.right && a.bottom <= b.top)([...document.querySelectorAll(".strip rect")].map(e => e.getBoundingClientRect()))`))
	require.True(t, evaluate[bool](t, b, `(([a, , b]) => b.width > 4 * a.width)([...document.querySelectorAll(".moment .bar rect:not(.rail)")].map(e => e.getBoundingClientRect()))`), "bars have the length of their duration")
	summary := evaluate[string](t, b, `document.querySelector("#summary").innerText`)
	for _, part := range []string{"ada", "acme", "default", "All prompts of this session · 1 failed · 1 rejected"} {
		require.Contains(t, summary, part)
	}
	for _, scheme := range []string{"light", "dark"} {
		b.prefer(t, scheme)
		b.checkAccessible(t, path+" "+scheme)
	}
	b.checkKeyboard(t, path)
	b.requireQuiet(t)
	b.withoutScripts(t)
	b.visit(t, path)
	require.Equal(t, 4, strings.Count(evaluate[string](t, b, `document.querySelector("#timeline").innerText`), "p-"))
}
