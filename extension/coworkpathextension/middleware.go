package coworkpathextension

import (
	"context"
	"net/http"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/extensionmiddleware"
)

var signalPaths = []string{"/v1/logs", "/v1/metrics", "/v1/traces"}

// A middleware rewrites the paths of requests, and the status of responses to bodies that
// are too large. It has no state.
type middleware struct {
	component.StartFunc
	component.ShutdownFunc
}

var _ extensionmiddleware.HTTPServer = middleware{}

// GetHTTPHandler returns a function that wraps the handler of a server.
func (middleware) GetHTTPHandler(context.Context) (extensionmiddleware.WrapHTTPHandlerFunc, error) {
	return func(_ context.Context, next http.Handler) (http.Handler, error) {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := &limitedBody{ReadCloser: r.Body}
			r = r.WithContext(r.Context()) // a copy: the caller's request must not change
			r.Body = body
			if path := signalPath(r.URL.Path); path != r.URL.Path {
				u := *r.URL
				u.Path, u.RawPath = path, ""
				r.URL = &u
			}
			next.ServeHTTP(largeWriter{w, body}, r)
		}), nil
	}, nil
}

// signalPath returns the path of the signal that a path ends in, else the path unchanged.
func signalPath(path string) string {
	trimmed := strings.TrimRight(path, "/")
	for _, signal := range signalPaths {
		if strings.HasSuffix(trimmed, signal) {
			return signal
		}
	}
	return path
}
