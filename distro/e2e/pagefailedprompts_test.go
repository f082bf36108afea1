package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPageFailedPrompts clicks from "3 failed" of a session, and from the tool that failed, to
// exactly these prompts, and from a prompt to its session and user.
func TestPageFailedPrompts(t *testing.T) {
	t.Parallel()
	s := startSearched(t)
	s.prompt("ada", "s-one", "p-good", 0, 10, 100_000)
	for i, id := range []string{"p-bash1", "p-bash2", "p-bash3"} {
		s.prompt("ada", "s-one", id, 60*(i+1), 10, 100_000, "Bash")
	}
	s.prompt("bob", "s-two", "p-grep", 300, 10, 100_000, "Grep")
	s.send(t, 5)
	b := openBrowser(t, s.url())
	failed := []string{"p-bash3", "p-bash2", "p-bash1"}

	b.visit(t, "/session?session=s-one")
	evaluate[bool](t, b, `[...document.querySelectorAll("#outcomes a")].find(a => a.textContent === "3 failed").click(), true`)
	b.await(t, `location.pathname === "/prompts" && document.readyState === "complete"`)
	require.Equal(t, failed, evaluate[[]string](t, b, listed))

	b.visit(t, "/sessions?range=24h")
	evaluate[bool](t, b, `[...document.querySelectorAll("#list a")].find(a => a.href.includes("session=s-one&") && a.href.includes("outcome=failed")).click(), true`)
	b.await(t, `location.pathname === "/prompts" && document.readyState === "complete"`)
	require.Equal(t, failed, evaluate[[]string](t, b, listed))

	b.visit(t, "/prompts?outcome=failed&tool=Bash&range=24h")
	require.Equal(t, failed, evaluate[[]string](t, b, listed))
	b.visit(t, "/prompts?outcome=failed&range=24h")
	require.Len(t, evaluate[[]string](t, b, listed), 4)
	b.visit(t, "/prompts?outcome=failed&tool=Read&range=24h")
	require.Empty(t, evaluate[[]string](t, b, listed), "Read did not fail")

	b.visit(t, "/prompts/p-bash1")
	evaluate[bool](t, b, `[...document.querySelectorAll("a")].find(a => a.pathname === "/session").click(), true`)
	b.await(t, `location.pathname === "/session" && document.readyState === "complete"`)
	evaluate[bool](t, b, `[...document.querySelectorAll("#summary a")].find(a => a.pathname === "/user").click(), true`)
	b.await(t, `location.pathname === "/user" && location.search.includes("user=ada") && document.readyState === "complete"`)
	b.requireQuiet(t)
}
