package coworkalertexporter

// This file protects the API of the embedded Alertmanager, which has no authentication,
// from requests that a website makes in an administrator's browser.

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/netutil"
)

// Bounds of the server of the API.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = time.Minute
	maxHeaderBytes    = 64 << 10
	maxBodyBytes      = 1 << 20
	maxConnections    = 256
	shutdownTimeout   = 2 * time.Second
)

// newServer returns a server of the API for an address that it listens on.
func newServer(handler http.Handler, listener net.Listener, external *url.URL) *http.Server {
	return &http.Server{
		Handler:           newGuard(handler, listener.Addr(), external),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
	}
}

// limitListener returns a listener that accepts a bounded number of connections. Further
// ones wait until one is closed.
func limitListener(l net.Listener) net.Listener { return netutil.LimitListener(l, maxConnections) }

// A guard rejects requests of other websites, and requests under a host name that is not
// the server's. It is immutable and safe for concurrent use.
type guard struct {
	next     http.Handler
	hosts    []string // accepted names; nil for any
	external string   // host and port of the external URL
}

// newGuard returns a guard. On a loopback address only the server's own names are
// accepted, since DNS rebinding can point any name to 127.0.0.1.
func newGuard(next http.Handler, listenAddr net.Addr, external *url.URL) *guard {
	g := &guard{next: http.MaxBytesHandler(next, maxBodyBytes), external: external.Host}
	if tcp, ok := listenAddr.(*net.TCPAddr); ok && tcp.IP.IsLoopback() {
		g.hosts = []string{"localhost", "127.0.0.1", "::1", tcp.IP.String(), strings.ToLower(external.Hostname())}
	}
	return g
}

func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case g.hosts != nil && !slices.Contains(g.hosts, hostname(r.Host)):
		http.Error(w, "the API is not served under this name (localhost is one)", http.StatusMisdirectedRequest)
	case g.isCrossSite(r):
		http.Error(w, "the request comes from another website", http.StatusForbidden)
	default:
		// Without an Origin the API sends no CORS headers, which would let any website
		// read the alerts.
		r.Header.Del("Origin")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		g.next.ServeHTTP(w, r)
	}
}

// isCrossSite reports whether a website of another origin makes a request. A link to an
// address is no such request.
func (g *guard) isCrossSite(r *http.Request) bool {
	for _, origin := range r.Header.Values("Origin") {
		u, err := url.Parse(origin)
		if err != nil || u.Host == "" || u.Host != r.Host && u.Host != g.external {
			return true
		}
	}
	link := r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate"
	site := r.Header.Get("Sec-Fetch-Site")
	return !link && (site == "cross-site" || site == "same-site")
}

// hostname returns the name in a Host header, without its port and brackets.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}
