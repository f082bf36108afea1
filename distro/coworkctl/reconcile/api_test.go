package reconcile

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestAPI lists sessions of both kinds from a fake of the API: in pages, while it is busy
// at times, and with each answer that is an error.
func TestAPI(t *testing.T) {
	from := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	busy := 2
	answer, text := 0, ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		switch {
		case r.Header.Get("x-api-key") != "right-key":
			w.WriteHeader(http.StatusUnauthorized)
		case answer != 0:
			w.Header().Set("Location", "/elsewhere")
			w.Header().Set("Retry-After", "999999")
			w.WriteHeader(answer)
			fmt.Fprint(w, text)
		case q.Get("limit") != "500" || q.Get("created_at.gte") != "2026-11-02T00:00:00Z" || q.Get("created_at.lt") != "2026-11-03T00:00:00Z":
			w.WriteHeader(http.StatusBadRequest)
		case busy > 0:
			busy--
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		case r.URL.Path == "/v1/compliance/apps/sessions/remote":
			fmt.Fprint(w, `{"data":[{"id":"cse_1","created_at":"2026-11-02T08:00:00Z"}],"next_page":null}`)
		case q.Get("page") == "":
			fmt.Fprint(w, `{"data":[{"id":"clls_1","created_at":"2026-11-02T08:00:00Z"}],"next_page":"b"}`)
		default:
			fmt.Fprint(w, `{"data":[{"id":"clls_1","created_at":"2026-11-02T08:00:00Z"},{"id":"clls_2","created_at":"2026-11-02T08:00:00Z"}],"next_page":null}`)
		}
	}))
	t.Cleanup(server.Close)
	var waits []time.Duration
	api := API{BaseURL: server.URL, Key: "right-key", Wait: func(_ context.Context, d time.Duration) error {
		waits = append(waits, d)
		return nil
	}}
	all, err := api.List(t.Context(), from, from.Add(24*time.Hour))
	require.NoError(t, err)
	require.Len(t, all, 3)
	require.True(t, all[2].Remote)
	require.Equal(t, []time.Duration{7 * time.Second, 7 * time.Second}, waits)

	for _, c := range []struct {
		answer     int
		text, want string
	}{
		{302, "secret", "api: local sessions: answer is 302, a redirect, which is not followed"},
		{403, "secret", "a key that may read sessions"},
		{404, "secret", "Enterprise plan"},
		{429, "secret", "answer is 429, repeatedly"},
		{500, "secret", "answer is 500"},
		{200, "secret", "is no list of sessions"},
		{200, `{"data":[{"secret":1}]}`, "is no list of sessions"},
	} {
		answer, text, waits = c.answer, c.text, nil
		_, err := api.List(t.Context(), from, time.Time{})
		require.ErrorContains(t, err, c.want)
		require.NotContains(t, err.Error(), "secret")
		require.NotContains(t, err.Error(), "right-key")
		for _, d := range waits {
			require.LessOrEqual(t, d, maxWait)
		}
		require.Less(t, len(waits), maxAttempts)
	}
	api.Key = "wrong"
	_, err = api.List(t.Context(), from, time.Time{})
	require.ErrorContains(t, err, "answer is 401 (a Compliance API key")
	for _, address := range []string{"http://example.com", "ftp://127.0.0.1", "https://user@example.com", "x"} {
		_, err = API{BaseURL: address}.List(t.Context(), from, time.Time{})
		require.ErrorContains(t, err, "address is not permitted")
	}
}

// TestPagesInACircle ends where a page leads back to one from before.
func TestPagesInACircle(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next := map[string]string{"": "b", "b": "c", "c": "b"}[r.URL.Query().Get("page")]
		fmt.Fprintf(w, `{"data":[{"id":"clls_1","created_at":"2026-11-02T08:00:00Z"}],"next_page":%q}`, next)
	}))
	t.Cleanup(server.Close)
	_, err := API{BaseURL: server.URL, Key: "x"}.List(t.Context(), time.Time{}, time.Time{})
	require.EqualError(t, err, "api: local sessions: next_page is a page from before (the next one would be right)")
}
