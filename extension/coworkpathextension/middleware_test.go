package coworkpathextension

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMiddleware(t *testing.T) {
	wrap, err := middleware{}.GetHTTPHandler(t.Context())
	require.NoError(t, err)
	handler, err := wrap(t.Context(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(r.URL.Path + "?" + r.URL.RawQuery))
	}))
	require.NoError(t, err)
	check := func(path, want string) {
		t.Helper()
		r := httptest.NewRequest(http.MethodPost, path, http.NoBody)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		require.Equal(t, want, w.Body.String())
		require.Equal(t, path, r.URL.RequestURI(), "the caller's request is unchanged")
	}
	check("/v1/logs?", "/v1/logs?")
	check("/v1/logs/v1/logs?a=b", "/v1/logs?a=b")
	check("/otlp/v1/metrics?", "/v1/metrics?")
	check("/v1/logs/v1/traces/?", "/v1/traces?")
	check("/a%2Fb/v1/logs?", "/v1/logs?")
	check("/?", "/?")
	check("/v1/logsx?", "/v1/logsx?")
	check("/xv1/logs?", "/xv1/logs?")
	check("/v1/profiles?", "/v1/profiles?")
}

// TestTooLarge responds 413 to a body over the limit, and 400 to other mistakes. The
// receiver responded 400 to both.
func TestTooLarge(t *testing.T) {
	wrap, err := middleware{}.GetHTTPHandler(t.Context())
	require.NoError(t, err)
	handler, err := wrap(t.Context(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if body, err := io.ReadAll(r.Body); err != nil || len(body) == 0 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusOK)
		assert.NoError(t, http.NewResponseController(w).Flush())
	}))
	require.NoError(t, err)
	for body, want := range map[string]int{"": http.StatusBadRequest, "short": http.StatusOK, "too long": http.StatusRequestEntityTooLarge} {
		r := httptest.NewRequest(http.MethodPost, "/v1/logs", strings.NewReader(body))
		w := httptest.NewRecorder()
		r.Body = http.MaxBytesReader(w, r.Body, 6)
		handler.ServeHTTP(w, r)
		require.Equal(t, want, w.Code, body)
	}
}
