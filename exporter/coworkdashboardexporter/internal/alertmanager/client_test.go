package alertmanager

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

func serve(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	c := NewClient(server.Client(), server.URL+"/prefix/")
	t.Cleanup(c.Close)
	return c
}

// TestState reads silences and the alerts that they suppress.
func TestState(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body := `[{"labels":{"alertname":"a","fingerprint":"f1"},"status":{"silencedBy":["s2"]}},{"labels":{"alertname":"other"},"status":{"silencedBy":["s2"]}}]`
		if r.URL.Path == "/prefix/api/v2/silences" {
			body = `[{"id":"s1","status":{"state":"expired"}},
				{"id":"s3","status":{"state":"pending"},"endsAt":"2026-11-30T00:00:00Z","matchers":[{"name":"user","value":"a.*","isRegex":true,"isEqual":false}]},
				{"id":"s2","status":{"state":"active"},"createdBy":"ada","comment":"known","startsAt":"2026-11-28T00:00:00Z","endsAt":"2026-11-29T00:00:00Z","matchers":[{"name":"alertname","value":"a","isRegex":false}]}]`
		}
		_, _ = io.WriteString(w, body)
	})
	state, err := c.State(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[string][]string{"f1": {"s2"}}, state.By)
	require.Equal(t, []report.Silence{
		{
			ID: "s2", Who: "ada", Why: "known", Matchers: []report.Matcher{{Name: "alertname", Value: "a", Operator: "="}},
			Start: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC),
		},
		{ID: "s3", Matchers: []report.Matcher{{Name: "user", Value: "a.*", Operator: "!~"}}, End: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC), Pending: true},
	}, state.Silences)
}

// TestSilencesAreBounded returns the first silences, and the number of the others.
func TestSilencesAreBounded(t *testing.T) {
	list := make([]map[string]any, maxSilences+3)
	for i := range list {
		list[i] = map[string]any{"id": "s", "status": map[string]string{"state": "active"}}
	}
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/prefix/api/v2/silences" {
			_ = json.NewEncoder(w).Encode(list)
			return
		}
		_, _ = io.WriteString(w, "[]")
	})
	state, err := c.State(t.Context())
	require.NoError(t, err)
	require.Len(t, state.Silences, maxSilences)
	require.Equal(t, 3, state.Cut)
}

// TestCreateAndExpire checks the requests.
func TestCreateAndExpire(t *testing.T) {
	var requests []string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		requests = append(requests, r.Method+" "+r.RequestURI+" "+string(body))
		_, _ = io.WriteString(w, `{"silenceID":"s1"}`)
	})
	start := time.Date(2026, 11, 29, 12, 0, 0, 0, time.FixedZone("", 3600))
	id, err := c.Create(t.Context(), report.Silence{Who: "ada", Why: "known", Start: start, End: start.Add(time.Hour), Matchers: []report.Matcher{{Name: "fingerprint", Value: `f"1`}}})
	require.NoError(t, err)
	require.Equal(t, "s1", id)
	require.NoError(t, c.Expire(t.Context(), "a/../b"))
	require.Equal(t, []string{
		`POST /prefix/api/v2/silences {"matchers":[{"name":"fingerprint","value":"f\"1","isRegex":false,"isEqual":true}],"startsAt":"2026-11-29T11:00:00Z","endsAt":"2026-11-29T12:00:00Z","createdBy":"ada","comment":"known"}`,
		`DELETE /prefix/api/v2/silence/a%2F..%2Fb `,
	}, requests)
}

// TestErrors checks that errors name a remedy, and neither the address nor the response.
func TestErrors(t *testing.T) {
	respond := func(status int, body string) *Client {
		return serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://elsewhere.example/")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		})
	}
	for want, c := range map[string]*Client{
		"Alertmanager rejects the silence.":           respond(400, `"CANARY"`),
		"Alertmanager responds with status 302.":      respond(302, ""),
		"Alertmanager responds with status 500.":      respond(500, "CANARY"),
		string(errNoJSON):                             respond(200, "<html>CANARY"),
		string(errTooLarge):                           respond(200, strings.Repeat(" ", maxResponse+1)),
		string(errNoAnswer):                           NewClient(&http.Client{}, "http://user:CANARY@127.0.0.1:1"),
		string(statusErrors[http.StatusUnauthorized]): respond(401, ""),
	} {
		_, err := c.Create(t.Context(), report.Silence{})
		require.EqualError(t, err, want)
		var shown report.SilenceError
		require.ErrorAs(t, err, &shown)
	}
	block := make(chan struct{})
	slow := serve(t, func(http.ResponseWriter, *http.Request) { <-block })
	t.Cleanup(func() { close(block) })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.Equal(t, errTimeout, slow.Expire(ctx, "s"))
	for range maxRequests {
		slow.slots <- struct{}{}
	}
	require.Equal(t, errBusy, slow.Expire(ctx, "s"))
}
