package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/webtest"
)

// berlin is the zone of most tests: it has summer time, and is not that of a machine.
func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return zone
}

func settings(t *testing.T) web.Settings {
	t.Helper()
	return web.Settings{Zone: berlin(t), Now: func() time.Time { return webtest.Now }}
}

// page is a handler over a team.
func page(t *testing.T, team *webtest.Team) http.Handler {
	t.Helper()
	return web.New(webtest.Panels(), team, settings(t))
}

func get(t *testing.T, h http.Handler, address string) *httptest.ResponseRecorder {
	t.Helper()
	return do(t, h, http.MethodGet, address)
}

func do(t *testing.T, h http.Handler, method, address string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, address, nil))
	return w
}

// parse reads an answer as a browser does.
func parse(t *testing.T, w *httptest.ResponseRecorder) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(w.Body.String()))
	require.NoError(t, err)
	return doc
}

// attr is an element's attribute.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// byID finds an element.
func byID(doc *html.Node, id string) *html.Node {
	for n := range doc.Descendants() {
		if attr(n, "id") == id {
			return n
		}
	}
	return nil
}

// text is what is written in an element, with single spaces.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// firstPrompt is the id of the newest prompt.
func firstPrompt(t *testing.T, team *webtest.Team) string {
	t.Helper()
	var answer struct{ Prompts []struct{ ID string } }
	decode(t, get(t, page(t, team), "/api/prompts.json?limit=1"), &answer)
	return answer.Prompts[0].ID
}
