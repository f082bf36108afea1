package otlp

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// An endpoint is a parsed endpoint.
type endpoint struct {
	secure bool
	host   string // with the port, if there is one
	path   string // prefix of /v1/logs, without a slash at the end
}

// signals are the ends of OTLP paths.
var signals = []string{"/v1/logs", "/v1/metrics", "/v1/traces"}

// parseEndpoint parses an endpoint in every accepted form. Without a scheme, a
// loopback address is plain text and every other address is TLS, so that plain text
// over a network must be explicit.
func parseEndpoint(s string) (endpoint, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return endpoint{}, errors.New("endpoint: is missing (would be like http://localhost:4318)")
	}
	if !strings.Contains(s, "://") {
		scheme := "https://"
		if isLoopback(s) {
			scheme = "http://"
		}
		s = scheme + s
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return endpoint{}, errors.New("endpoint: is no URL (would be like http://localhost:4318)")
	case u.Scheme != "http" && u.Scheme != "https":
		return endpoint{}, fmt.Errorf("endpoint: unknown scheme %q (have http, https)", u.Scheme)
	case u.User != nil:
		return endpoint{}, errors.New("endpoint: contains a user name (use an authorization header instead)")
	case u.RawQuery != "" || u.Fragment != "":
		return endpoint{}, errors.New("endpoint: contains a query or a fragment (would end with the path)")
	case u.Hostname() == "":
		return endpoint{}, errors.New("endpoint: has no host (would be like http://localhost:4318)")
	}
	return endpoint{u.Scheme == "https", u.Host, basePath(u.EscapedPath())}, nil
}

// isLoopback reports whether an address without a scheme is a loopback address.
func isLoopback(s string) bool {
	host, _, _ := strings.Cut(s, "/")
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// basePath returns a path without a signal's path at its end, which some vendors
// document and some clients append twice.
func basePath(path string) string {
	for again := true; again; {
		path, again = strings.TrimRight(path, "/"), false
		for _, signal := range signals {
			if rest, found := strings.CutSuffix(path, signal); found {
				path, again = rest, true
			}
		}
	}
	return path
}

// url returns the OTLP/HTTP URL of a signal.
func (e endpoint) url(signal string) string { return e.String() + "/v1/" + signal }

// String returns the endpoint as a base URL.
func (e endpoint) String() string {
	if e.secure {
		return "https://" + e.host + e.path
	}
	return "http://" + e.host + e.path
}

// target returns the address for OTLP/gRPC, which has no paths.
func (e endpoint) target() (string, error) {
	if e.path != "" {
		return "", fmt.Errorf("endpoint: has the path %q, but gRPC has no paths (would be %q)", e.path, e.host)
	}
	if _, _, err := net.SplitHostPort(e.host); err == nil {
		return e.host, nil
	}
	return net.JoinHostPort(strings.Trim(e.host, "[]"), "4317"), nil
}
