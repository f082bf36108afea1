package coworkpathextension

import (
	"context"
	"net/http"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/extensionmiddleware"
)

var signalPaths = []string{"/v1/logs", "/v1/metrics", "/v1/traces"}

// A middleware rewrites the paths of requests. It holds nothing.
type middleware struct {
	component.StartFunc
	component.ShutdownFunc
}

var _ extensionmiddleware.HTTPServer = middleware{}

// GetHTTPHandler returns what puts the rewriting before a server's handler.
func (middleware) GetHTTPHandler(context.Context) (extensionmiddleware.WrapHTTPHandlerFunc, error) {
	return func(_ context.Context, next http.Handler) (http.Handler, error) {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if path := signalPath(r.URL.Path); path != r.URL.Path {
				u := *r.URL
				u.Path, u.RawPath = path, ""
				r = r.WithContext(r.Context()) // a copy: the request is not ours to change
				r.URL = &u
			}
			next.ServeHTTP(w, r)
		}), nil
	}, nil
}

// signalPath returns the signal's path that a path ends in, or the path as it is.
func signalPath(path string) string {
	trimmed := strings.TrimRight(path, "/")
	for _, signal := range signalPaths {
		if strings.HasSuffix(trimmed, signal) {
			return signal
		}
	}
	return path
}
