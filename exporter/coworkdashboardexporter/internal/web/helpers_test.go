package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// berlin is the zone of most tests. It has summer time.
func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return zone
}

func settings(t *testing.T) web.Settings {
	t.Helper()
	return web.Settings{
		Zone: berlin(t), Now: func() time.Time { return now }, Redacted: true,
		Servers: func() []report.Server {
			return []report.Server{{Receiver: "otlp", Transport: "http", Address: "0.0.0.0:4318"}}
		},
	}
}

// pagesOf returns the overview, and pages about one name, each with some panels.
func pagesOf(panels []report.Panel) []report.Page {
	list := []report.Page{{Path: "/", Title: "Overview", Panels: panels}}
	for _, name := range urlquery.AllNames {
		list = append(list, report.Page{Path: "/" + name, Title: name, Subject: name, Panels: panels})
	}
	return list
}

// page returns a handler for a source.
func page(t *testing.T, src *fakeSource) http.Handler {
	t.Helper()
	return web.New(pagesOf(panels), src, settings(t))
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

// parse parses a page.
func parse(t *testing.T, w *httptest.ResponseRecorder) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(w.Body.String()))
	require.NoError(t, err)
	return doc
}

// attr returns an element's attribute.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// byID returns the element with an id.
func byID(doc *html.Node, id string) *html.Node {
	for n := range doc.Descendants() {
		if attr(n, "id") == id {
			return n
		}
	}
	return nil
}

// linksIn returns the addresses of the links in an element.
func linksIn(n *html.Node) (list []string) {
	for d := range n.Descendants() {
		if href := attr(d, "href"); d.Data == "a" && href != "" {
			list = append(list, href)
		}
	}
	return list
}

// textOf returns the text in an element, with single spaces.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// firstPrompt returns the id of the latest prompt.
func firstPrompt(t *testing.T, src *fakeSource) string {
	t.Helper()
	var answer struct{ Prompts []struct{ ID string } }
	decode(t, get(t, page(t, src), "/api/prompts.json?limit=1"), &answer)
	return answer.Prompts[0].ID
}
