package web_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

func TestRoutes(t *testing.T) {
	src := newFakeSource()
	h := page(t, src)
	check := func(address string, code int, kind string) {
		t.Helper()
		w := get(t, h, address)
		require.Equal(t, code, w.Code, address)
		require.Contains(t, w.Header().Get("Content-Type"), kind, address)
	}
	id := firstPrompt(t, src)
	for _, address := range []string{"/", "/prompts", "/prompts/" + id, "/events", "/setup", "/?range=24h", "/?from=2026-11-01&to=2026-11-02"} {
		check(address, http.StatusOK, "text/html; charset=utf-8")
	}
	for _, address := range []string{"/api/panels", "/api/panels/cost.json", "/api/prompts.json", "/api/setup.json", "/api/events.json", "/api/events/state", "/api/state"} {
		check(address, http.StatusOK, "application/json")
	}
	check("/api/panels/cost_by_user.csv", http.StatusOK, "text/csv")
	check("/healthz", http.StatusOK, "text/plain")
	for _, address := range []string{
		"/nothing", "/prompts/none", "/prompts/" + strings.Repeat("a", 300), "/setup/", "/static/", "/static/x/page.css",
		"/static/../settings.go", "/static/%2e%2e/settings.go", "//etc/passwd", "/a/../setup", "/prompts/..", "/prompts/%2e%2e%2fsetup", `/static/..%5csettings.go`,
	} {
		check(address, http.StatusNotFound, "text/html")
	}
	check("/api/none", http.StatusNotFound, "application/json")
	check("/api/panels/none.json", http.StatusNotFound, "application/json")
	check("/api/panels/cost.xml", http.StatusNotFound, "application/json")
}

func TestMethods(t *testing.T) {
	h := page(t, newFakeSource())
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, http.MethodTrace, "BREW"} {
		for _, address := range []string{"/", "/api/state", "/nothing"} {
			w := do(t, h, method, address)
			require.Equal(t, http.StatusMethodNotAllowed, w.Code, method)
			require.Equal(t, "GET, HEAD", w.Header().Get("Allow"))
		}
	}
	w := do(t, h, http.MethodHead, "/")
	require.Equal(t, http.StatusOK, w.Code)
}

func TestHeaders(t *testing.T) {
	h := page(t, newFakeSource())
	for _, address := range []string{"/", "/setup", "/nothing", "/api/state", "/api/panels/cost.csv", "/?range=bad"} {
		header := get(t, h, address).Header()
		csp := header.Get("Content-Security-Policy")
		require.Contains(t, csp, "default-src 'none'")
		require.Contains(t, csp, "frame-ancestors 'none'")
		require.NotContains(t, csp, "unsafe")
		require.NotContains(t, csp, "*")
		require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"))
		require.Equal(t, "no-referrer", header.Get("Referrer-Policy"))
		require.Equal(t, "no-store", header.Get("Cache-Control"), address)
	}
}

func TestStatic(t *testing.T) {
	h := page(t, newFakeSource())
	doc := parse(t, get(t, h, "/"))
	n := 0
	for e := range doc.Descendants() {
		address := attr(e, "src")
		if e.Data == "link" {
			address = attr(e, "href")
		}
		if address == "" {
			continue
		}
		n++
		w := get(t, h, address)
		require.Equal(t, http.StatusOK, w.Code, address)
		require.Contains(t, w.Header().Get("Cache-Control"), "immutable")
		require.NotEmpty(t, w.Header().Get("ETag"))
		require.NotContains(t, w.Header().Get("Content-Type"), "text/plain")
	}
	require.Greater(t, n, 6)
	script := attr(byID(doc, "main").Parent, "data-assets") + "main.js"
	for _, name := range []string{"charts.js", "filters.js", "format.js", "live.js"} {
		require.Equal(t, http.StatusOK, get(t, h, strings.Replace(script, "main.js", name, 1)).Code, name)
	}
	require.Equal(t, http.StatusNotFound, get(t, h, strings.Replace(script, "main.js", "vendor/uplot/README.md", 1)).Code)
}

func TestHosts(t *testing.T) {
	set := settings(t)
	set.Hosts = []string{"localhost", "127.0.0.1", "::1"}
	h := web.New(pagesOf(panels), newFakeSource(), set)
	check := func(host string, code int) {
		t.Helper()
		require.Equal(t, code, get(t, h, "http://"+host+"/").Code, host)
	}
	check("localhost:4320", http.StatusOK)
	check("LOCALHOST", http.StatusOK)
	check("127.0.0.1:4320", http.StatusOK)
	check("[::1]:4320", http.StatusOK)
	check("rebound.example.com:4320", http.StatusMisdirectedRequest)
	check("localhost.example.com", http.StatusMisdirectedRequest)
}

// TestCrossSite checks that requests which other websites make are rejected, and that links
// to the page are not.
func TestCrossSite(t *testing.T) {
	h := page(t, newFakeSource())
	check := func(code int, site, mode string) {
		t.Helper()
		for _, address := range []string{"/", "/api/panels/cost_by_user.csv", "/api/prompts.json"} {
			r := httptest.NewRequest(http.MethodGet, address, nil)
			r.Header.Set("Sec-Fetch-Site", site)
			r.Header.Set("Sec-Fetch-Mode", mode)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			require.Equal(t, code, w.Code)
			require.Empty(t, w.Header().Get("Access-Control-Allow-Origin"))
		}
	}
	check(http.StatusOK, "same-origin", "cors")
	check(http.StatusOK, "none", "navigate")
	check(http.StatusOK, "cross-site", "navigate")
	check(http.StatusForbidden, "cross-site", "no-cors")
	check(http.StatusForbidden, "cross-site", "cors")
	check(http.StatusForbidden, "same-site", "cors")
}

// TestAssetsLoadNothingElse checks that no static file refers to another server.
func TestAssetsLoadNothingElse(t *testing.T) {
	root := os.DirFS("static")
	n := 0
	require.NoError(t, fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".md") || path.Base(name) == "LICENSE" {
			return err
		}
		n++
		content, err := fs.ReadFile(root, name)
		text := strings.ReplaceAll(string(content), `xmlns="http://www.w3.org/2000/svg"`, "")
		text = strings.ReplaceAll(text, "https://github.com/leeoniya/uPlot", "") // in a comment on its origin
		require.NotRegexp(t, `https?:|url\(|@import|eval\(|new Function`, text, name)
		return err
	}))
	require.Greater(t, n, 8)
}
