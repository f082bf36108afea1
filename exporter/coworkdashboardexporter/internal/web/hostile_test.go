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

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/webtest"
)

// hostile are names that somebody could send.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `javascript:alert(1)`,
	`</title></style><svg/onload=alert(1)>`, `{{.}}`, `'; drop table users; --`, "a\u202egpj.exe", "tab\tnul\x00bell\x07",
	"not \xff utf-8", "\u2066isolated\u2069", strings.Repeat("long", 1<<18), `=HYPERLINK("http://example.com","x")`, "",
}

// TestNothingInline reads each page as a browser would: no script, style or handler is
// in it, whatever names came, and nothing is fetched from elsewhere.
func TestNothingInline(t *testing.T) {
	team := webtest.New()
	team.Names = spread(hostile)
	team.Status.Problem = strings.Join(hostile[:10], " ")
	h := page(t, team)
	for _, address := range []string{"/", "/prompts", "/prompts/" + firstPrompt(t, team), "/setup", "/nothing", "/?user=" + strings.Repeat("x", 300)} {
		w := get(t, h, address)
		require.Less(t, w.Body.Len(), 1<<20, address)
		inert(t, w)
	}
	require.Contains(t, get(t, h, "/").Body.String(), "&lt;img src=x", "the names are there")
}

// spread gives each user one of some names, the same each time.
func spread(names []string) func(string) string {
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

// inert fails where an answer could run or fetch something that is not the page's own.
func inert(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	for n := range parse(t, w).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		require.NotContains(t, []string{"style", "iframe", "object", "embed", "base", "img"}, n.Data)
		if n.Data == "script" {
			require.Nil(t, n.FirstChild, "a script within the page")
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
	team := webtest.New()
	team.Names = func(string) string { return "a\u202eb\x00c<b>" }
	doc := parse(t, get(t, page(t, team), "/"))
	ranking := text(byID(doc, "p-cost_by_user"))
	require.Contains(t, ranking, "a\ufffdb\ufffdc<b>")
	for n := range byID(doc, "p-cost_by_user").Descendants() {
		require.NotEqual(t, "b", n.Data)
		if n.Type == html.TextNode && strings.Contains(n.Data, "<b>") {
			require.Equal(t, "bdi", n.Parent.Data)
		}
	}
}

func TestLongNamesAreCut(t *testing.T) {
	team := webtest.New()
	team.Names = func(string) string { return strings.Repeat("ä", 100) }
	doc := parse(t, get(t, page(t, team), "/"))
	for n := range byID(doc, "p-cost_by_user").Descendants() {
		if n.Data == "a" && strings.HasPrefix(text(n), "ä") {
			require.Equal(t, strings.Repeat("ä", 63)+"…", text(n))
			require.Equal(t, strings.Repeat("ä", 100), attr(n, "title"))
			return
		}
	}
	t.Fatal("the name is not there")
}

// TestErrorsAreNotTold is for errors that quote what they stumbled over.
func TestErrorsAreNotTold(t *testing.T) {
	const secret = "sk-ant-quoted"
	team := webtest.New()
	for _, what := range []string{"cost", "cost_by_day", "choices", "prompts", "prompt", "setup"} {
		team.Fail[what] = errors.New("near " + secret)
	}
	told := map[string]error{}
	h := failing(t, team, told)
	check := func(address string, code int, want string) {
		t.Helper()
		w := get(t, h, address)
		require.Equal(t, code, w.Code, address)
		require.NotContains(t, w.Body.String(), secret)
		require.Contains(t, w.Body.String(), want)
	}
	check("/", http.StatusOK, "This could not be answered.")
	check("/prompts", http.StatusOK, "This could not be answered.")
	check("/setup", http.StatusOK, "This could not be answered.")
	check("/prompts/x", http.StatusServiceUnavailable, "This could not be answered.")
	check("/api/panels/cost.json", http.StatusServiceUnavailable, "Not answered")
	check("/api/setup.json", http.StatusServiceUnavailable, "Not answered")
	for _, what := range []string{"cost", "cost_by_day", "choices", "prompts", "prompt", "setup"} {
		require.ErrorContains(t, told[what], secret, what)
	}
	doc := parse(t, get(t, h, "/"))
	require.Contains(t, text(byID(doc, "p-cost")), "could not be answered")
	require.Contains(t, text(byID(doc, "p-cost_by_user")), "amara.t@example.com", "others stand")
}
