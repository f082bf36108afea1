package web

import (
	"net/http"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// oldSections are the pages of the sections that the address / had.
var oldSections = map[string]string{
	"at-a-glance": "/", "cost": "/cost", "use": "/people", "tools-and-connectors": "/tools",
	"api": "/api-requests", "alerts": "/alerts",
}

// oldParameters are the parameters that the address / had and the overview does not take.
var oldParameters = []string{"range", "from", "to", "user", "model"}

// redirectOldAddress redirects an address of a section to its page, and one with a time
// range to the first page that takes it. It reports false for other addresses.
func redirectOldAddress(site urlquery.Site, w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path != "/" {
		return false
	}
	query := r.URL.Query()
	path, known := oldSections[query.Get("section")]
	timed := !site["/{$}"].Times && slices.ContainsFunc(oldParameters, query.Has)
	if !known && (query.Has("section") || !timed) {
		return false
	}
	if timed && (!known || path == "/") {
		path = "/cost"
	}
	query.Del("section")
	if text := query.Encode(); text != "" {
		path += "?" + text
	}
	http.Redirect(w, r, path, http.StatusMovedPermanently) //nolint:gosec // the path is one of this page
	return true
}
