package web

import (
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
)

// maxPath is the longest address that is looked at.
const maxPath = 512

// headers go with each answer. The page may use its own files and nothing else: what
// a hostile name might smuggle in could neither run nor call home.
var headers = [][2]string{
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

// guard sets the headers and turns away what no route should see.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range headers {
			w.Header().Set(h[0], h[1])
		}
		if err := s.admit(r); err != nil {
			s.refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *server) admit(r *http.Request) error {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return errMethod
	case len(s.set.Hosts) > 0 && !slices.Contains(s.set.Hosts, hostname(r.Host)):
		return errHost
	case len(r.URL.Path) > maxPath || len(r.URL.RawQuery) > maxQuery:
		return errLong
	case !straight(r.URL.Path):
		return errUnknown
	}
	return nil
}

// straight reports whether a path says where it leads: without "..", doubled slashes
// and the like, encoded or not. None is redirected to what it might have meant.
func straight(p string) bool {
	return path.Clean(p) == p && !strings.ContainsAny(p, "\\\x00")
}

// hostname is the name in a Host header, without its port and brackets.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}
