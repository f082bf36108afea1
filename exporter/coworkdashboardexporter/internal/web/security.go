package web

import (
	"net"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// maxPath bounds the length of a path.
const maxPath = 512

// securityHeaders are the headers of every response. The page may load its own files
// only, so that markup injected through a name can neither run nor send data.
var securityHeaders = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
		"connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "no-referrer"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	{"X-Robots-Tag", "noindex"},
	{"Cache-Control", "no-store"},
}

// secure sets the security headers and rejects requests by method, host and path.
func secure(hosts []string, errs errorWriter, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range securityHeaders {
			w.Header().Set(h[0], h[1])
		}
		if err := checkRequest(hosts, r); err != nil {
			errs.writeError(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func checkRequest(hosts []string, r *http.Request) error {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return errMethod
	case len(hosts) > 0 && !slices.Contains(hosts, hostname(r.Host)):
		return errHost
	case isCrossSite(r):
		return errCrossSite
	case len(r.URL.Path) > maxPath || len(r.URL.RawQuery) > urlquery.MaxLength:
		return errTooLong
	case !canonicalPath(r.URL.Path):
		return errNotFound
	}
	return nil
}

// isCrossSite reports whether another website makes a request. A link to the page is no
// such request. It protects the time of the database: a website cannot read responses.
func isCrossSite(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return (site == "cross-site" || site == "same-site") && r.Header.Get("Sec-Fetch-Mode") != "navigate"
}

// canonicalPath reports whether a path has no "..", doubled slashes or the like. Other
// paths are not redirected to their canonical form.
func canonicalPath(p string) bool {
	return path.Clean(p) == p && !strings.ContainsAny(p, "\\\x00")
}

// hostname returns the name in a Host header, without its port and brackets.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}
