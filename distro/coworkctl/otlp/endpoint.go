package otlp

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// An endpoint is a place to send to, taken apart.
type endpoint struct {
	secure bool
	host   string // with the port, where one was given
	path   string // what stands before /v1/logs, without a slash at the end
}

// signals are what OTLP paths end in.
var signals = []string{"/v1/logs", "/v1/metrics", "/v1/traces"}

// parseEndpoint reads an endpoint in any of the forms that people write.
// Without a scheme a loopback address means plain text and any other means TLS,
// so that nothing crosses a network in the clear unless somebody says so.
func parseEndpoint(s string) (endpoint, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return endpoint{}, errors.New("endpoint: is missing (would be like http://localhost:4318)")
	}
	if !strings.Contains(s, "://") {
		scheme := "https://"
		if loopback(s) {
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
		return endpoint{}, errors.New("endpoint: has a user name in it (give an authorization header instead)")
	case u.RawQuery != "" || u.Fragment != "":
		return endpoint{}, errors.New("endpoint: has a query or a fragment in it (would end with the path)")
	case u.Hostname() == "":
		return endpoint{}, errors.New("endpoint: has no host (would be like http://localhost:4318)")
	}
	return endpoint{u.Scheme == "https", u.Host, base(u.EscapedPath())}, nil
}

// loopback reports whether an address without a scheme is of this machine.
func loopback(s string) bool {
	host, _, _ := strings.Cut(s, "/")
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// base returns a path without the signal's part at its end, which some vendors
// tell administrators to write and some clients then double.
func base(path string) string {
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

// url returns where a signal of OTLP/HTTP goes.
func (e endpoint) url(signal string) string { return e.String() + "/v1/" + signal }

// String returns the endpoint as a base URL.
func (e endpoint) String() string {
	if e.secure {
		return "https://" + e.host + e.path
	}
	return "http://" + e.host + e.path
}

// target returns what to dial for OTLP/gRPC, which has no paths.
func (e endpoint) target() (string, error) {
	if e.path != "" {
		return "", fmt.Errorf("endpoint: has the path %q, and gRPC has none (would be %q)", e.path, e.host)
	}
	if _, _, err := net.SplitHostPort(e.host); err == nil {
		return e.host, nil
	}
	return net.JoinHostPort(strings.Trim(e.host, "[]"), "4317"), nil
}
