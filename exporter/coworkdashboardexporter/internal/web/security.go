package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// The limits of an address, in bytes.
const (
	maxPath  = 512
	maxQuery = 4096
)

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
func secure(hosts []string, reject func(http.ResponseWriter, *http.Request, error), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range securityHeaders {
			w.Header().Set(h[0], h[1])
		}
		if err := checkRequest(hosts, r); err != nil {
			reject(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func checkRequest(hosts []string, r *http.Request) error {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead && (r.Method != http.MethodPost || actions[r.URL.Path] == nil):
		return errMethod
	case len(hosts) > 0 && !slices.Contains(hosts, hostname(r.Host)):
		return errHost
	case isCrossSite(r):
		return errCrossSite
	case len(r.URL.Path) > maxPath || len(r.URL.RawQuery) > maxQuery:
		return errTooLong
	case path.Clean(r.URL.Path) != r.URL.Path || strings.ContainsAny(r.URL.Path, "\\\x00"):
		return errNotFound // a path with "..", doubled slashes or the like is not redirected
	}
	return nil
}

// isCrossSite reports whether another website makes a request. A link to the page is no
// such request. It protects the time of the database: a website cannot read responses.
func isCrossSite(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return (site == "cross-site" || site == "same-site") && r.Header.Get("Sec-Fetch-Mode") != "navigate"
}

// hostname returns the name in a Host header, without its port and brackets.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}

// A forgeryGuard refuses changes that another website requests through a browser. A
// change must come from this origin, and have a token that only the page has: another
// origin cannot read it. It is immutable and safe for concurrent use.
type forgeryGuard struct {
	key    [32]byte
	origin *http.CrossOriginProtection
}

// tokenHours is how long a token is valid. The page of an older one must be loaded again.
const tokenHours = 12

func newForgeryGuard() *forgeryGuard {
	g := &forgeryGuard{origin: http.NewCrossOriginProtection()}
	_, _ = rand.Read(g.key[:]) // never fails
	return g
}

// token returns the token of an hour for a purpose, such as the address of a form.
func (g *forgeryGuard) token(purpose string, now time.Time) string {
	return g.tokenOf(purpose, now.Unix()/3600)
}

func (g *forgeryGuard) tokenOf(purpose string, hour int64) string {
	mac := hmac.New(sha256.New, g.key[:])
	var text [8]byte
	binary.BigEndian.PutUint64(text[:], uint64(hour))
	mac.Write(text[:])
	mac.Write([]byte(purpose))
	return hex.EncodeToString(mac.Sum(nil))
}

// check returns why a change is refused, nil if it is not.
func (g *forgeryGuard) check(r *http.Request, purpose, token string, now time.Time) error {
	if g.origin.Check(r) != nil {
		return errCrossSite
	}
	for hour := now.Unix() / 3600; hour > now.Unix()/3600-tokenHours; hour-- {
		if hmac.Equal([]byte(token), []byte(g.tokenOf(purpose, hour))) {
			return nil
		}
	}
	return errToken
}
