package web_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// hostileNames are names with markup, control characters and the like.
var hostileNames = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `javascript:alert(1)`,
	`</title></style><svg/onload=alert(1)>`, `{{.}}`, `'; drop table users; --`, "a\u202egpj.exe", "tab\tnul\x00bell\x07",
	"not \xff utf-8", "\u2066isolated\u2069", strings.Repeat("long", 1<<18), `=HYPERLINK("http://example.com","x")`, "",
}

// TestNothingInline parses each page: whatever the names, it has no inline script, style
// or event handler, and loads nothing from other servers.
func TestNothingInline(t *testing.T) {
	src := newFakeSource()
	src.rename = assignNames(hostileNames)
	src.state.Problem = strings.Join(hostileNames[:10], " ")
	h := page(t, src)
	for _, address := range []string{"/", "/prompts", "/prompts/" + firstPrompt(t, src), "/setup", "/nothing", "/?user=" + strings.Repeat("x", 300)} {
		w := get(t, h, address)
		require.Less(t, w.Body.Len(), 1<<20, address)
		requireInert(t, w)
	}
	require.Contains(t, get(t, h, "/").Body.String(), "&lt;img src=x", "the names are there")
}

// assignNames returns a function that assigns each user one of some names.
func assignNames(names []string) func(string) string {
	given := map[string]string{}
	var mu sync.Mutex
	return func(user string) string {
		mu.Lock()
		defer mu.Unlock()
		if _, ok := given[user]; !ok {
			given[user] = names[len(given)%len(names)]
		}
		return given[user]
	}
}

// requireInert fails if a page can run inline code or load files of other servers.
func requireInert(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	for n := range parse(t, w).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		require.NotContains(t, []string{"style", "iframe", "object", "embed", "base", "img"}, n.Data)
		if n.Data == "script" {
			require.Nil(t, n.FirstChild, "inline script")
		}
		for _, a := range n.Attr {
			require.NotEqual(t, "style", a.Key)
			require.False(t, strings.HasPrefix(a.Key, "on"), a.Key)
			if a.Key == "href" || a.Key == "src" || a.Key == "action" {
				require.Regexp(t, `^(/($|[^/])|#)`, a.Val)
			}
		}
	}
}

func TestHostileNamesAreText(t *testing.T) {
	src := newFakeSource()
	src.rename = func(string) string { return "a\u202eb\x00c<b>" }
	doc := parse(t, get(t, page(t, src), "/"))
	ranking := textOf(byID(doc, "p-cost_by_user"))
	require.Contains(t, ranking, "a\ufffdb\ufffdc<b>")
	for n := range byID(doc, "p-cost_by_user").Descendants() {
		require.NotEqual(t, "b", n.Data)
		if n.Type == html.TextNode && strings.Contains(n.Data, "<b>") {
			require.Equal(t, "bdi", n.Parent.Data)
		}
	}
}

func TestLongNamesAreCut(t *testing.T) {
	src := newFakeSource()
	src.rename = func(string) string { return strings.Repeat("ä", 100) }
	doc := parse(t, get(t, page(t, src), "/"))
	for n := range byID(doc, "p-cost_by_user").Descendants() {
		if n.Data == "a" && strings.HasPrefix(textOf(n), "ä") {
			require.Equal(t, strings.Repeat("ä", 63)+"…", textOf(n))
			require.Equal(t, strings.Repeat("ä", 100), attr(n, "title"))
			return
		}
	}
	t.Fatal("the name is not there")
}

// TestErrorsAreNotShown checks that no response contains an error of the source, which
// may quote data.
func TestErrorsAreNotShown(t *testing.T) {
	const secret = "sk-ant-quoted"
	src := newFakeSource()
	for _, what := range []string{"cost", "cost_by_day", "choices", "prompts", "prompt", "setup"} {
		src.fail[what] = errors.New("near " + secret)
	}
	reported := map[string]error{}
	h := recordFailures(t, src, reported)
	check := func(address string, code int, want string) {
		t.Helper()
		w := get(t, h, address)
		require.Equal(t, code, w.Code, address)
		require.NotContains(t, w.Body.String(), secret)
		require.Contains(t, w.Body.String(), want)
	}
	check("/", http.StatusOK, "This could not be loaded.")
	check("/prompts", http.StatusOK, "This could not be loaded.")
	check("/setup", http.StatusOK, "This could not be loaded.")
	check("/prompts/x", http.StatusServiceUnavailable, "This could not be loaded.")
	check("/api/panels/cost.json", http.StatusServiceUnavailable, "Not available")
	check("/api/setup.json", http.StatusServiceUnavailable, "Not available")
	for _, what := range []string{"cost", "cost_by_day", "choices", "prompts", "prompt", "setup"} {
		require.ErrorContains(t, reported[what], secret, what)
	}
	doc := parse(t, get(t, h, "/"))
	require.Contains(t, textOf(byID(doc, "p-cost")), "could not be loaded")
	require.Contains(t, textOf(byID(doc, "p-cost_by_user")), "ada@example.com", "other panels are shown")
}
