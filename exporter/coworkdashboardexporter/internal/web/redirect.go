package web

import (
	"net/http"
)

// oldSections are the pages of the sections that the address / had.
var oldSections = map[string]string{
	"at-a-glance": "/", "cost": "/cost", "use": "/people", "tools-and-connectors": "/tools",
	"api": "/api-requests", "alerts": "/alerts",
}

// redirectOldAddress redirects an address of a section to its page. It reports false for
// other addresses.
func redirectOldAddress(w http.ResponseWriter, r *http.Request) bool {
	query := r.URL.Query()
	path, known := oldSections[query.Get("section")]
	if !known || r.URL.Path != "/" {
		return false
	}
	query.Del("section")
	if text := query.Encode(); text != "" {
		path += "?" + text
	}
	http.Redirect(w, r, path, http.StatusMovedPermanently)
	return true
}
