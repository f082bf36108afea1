package coworkalertexporter

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
)

// TestRetries sends an alert and its end to Alertmanagers that fail at first. Each
// accepts both, in order and once.
func TestRetries(t *testing.T) {
	for name, plan := range map[string][]http.HandlerFunc{
		"200": nil,
		"429": {respondWith(http.StatusTooManyRequests, "Retry-After", "1")},
		"500": {respondWith(http.StatusInternalServerError), respondWith(http.StatusBadGateway)},
		"503": {respondWith(http.StatusServiceUnavailable, "Retry-After", "nonsense")},
		"reset": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		}},
		"timeout": {func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // a server notices a closed connection only after it has read the body
			<-r.Context().Done()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			am := newFakeAlertmanager(t, plan...)
			e := startExporter(t, componenttest.NewNopHost(), func(cfg *Config) {
				cfg.Client.Endpoint = am.URL
				cfg.Client.Timeout = time.Second
			})
			began := time.Now()
			e.consume(t, recordsOf(t, noon, nil))
			e.consume(t, recordsOf(t, noon.Add(time.Minute), resolvedRecord))
			eventually(t, func() bool { return len(am.changes()) >= 2 }, "both arrive")
			require.Equal(t, []string{"api_error firing", "api_error resolved"}, am.changes())
			if name == "429" {
				require.GreaterOrEqual(t, time.Since(began), time.Second, "Retry-After is obeyed")
			}
		})
	}
}

// TestPermanentStatus checks that no alert is lost while credentials or URL are wrong,
// although the queue drops the records.
func TestPermanentStatus(t *testing.T) {
	for _, code := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			am := newFakeAlertmanager(t, respondWith(code), respondWith(code))
			e := startExporter(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = am.URL })
			e.consume(t, recordsOf(t, noon, nil))
			e.consume(t, recordsOf(t, noon.Add(time.Minute), resolvedRecord))
			eventually(t, func() bool { return len(am.changes()) >= 2 }, "both arrive")
			require.Equal(t, []string{"api_error firing", "api_error resolved"}, am.changes())
		})
	}
}

// TestRejectedAlert checks that one rejected alert does not prevent the delivery of the
// other alerts in its batch, and is not sent again.
func TestRejectedAlert(t *testing.T) {
	for _, code := range []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			var am *fakeAlertmanager
			rejectRule7 := func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if strings.Contains(string(body), "rule7") {
					respondWith(code)(w, r)
					return
				}
				r.Body = io.NopCloser(strings.NewReader(string(body)))
				am.accept(w, r)
			}
			plan := make([]http.HandlerFunc, 100)
			for i := range plan {
				plan[i] = rejectRule7
			}
			am = newFakeAlertmanager(t, plan...)
			e := startExporter(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = am.URL })
			var records []attributes
			for i := range 20 {
				records = append(records, attributes{"alert.name": fmt.Sprintf("rule%d", i)})
			}
			e.consume(t, recordsOf(t, noon, records...))
			eventually(t, func() bool { return len(am.changes()) == 19 }, "the others arrive")
			require.NotContains(t, am.changes(), "rule7 firing")
			eventually(t, func() bool { return e.metric("refused") == 1 }, "the rejected alert is counted")
			requests := am.requestCount()
			for i, name := range []string{"next", "last"} { // two batches, each of which could send it again
				e.consume(t, recordsOf(t, noon, attributes{"alert.name": name}))
				eventually(t, func() bool { return len(am.changes()) == 20+i }, "the next alert arrives")
			}
			require.Equal(t, requests+2, am.requestCount(), "the rejected alert is not sent again")
		})
	}
}

// TestRedirect checks that a redirect is not followed: a POST that becomes a GET is
// answered with 200 without a delivery.
func TestRedirect(t *testing.T) {
	target := newFakeAlertmanager(t)
	am := newFakeAlertmanager(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target.URL+"/api/v2/status", http.StatusMovedPermanently)
	})
	target.replan(func(http.ResponseWriter, *http.Request) {})
	e := startExporter(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = am.URL })
	e.consume(t, recordsOf(t, noon, nil))
	eventually(t, func() bool { return len(am.changes()) == 1 }, "sent again after the redirect")
	require.Zero(t, target.requestCount())
}

// TestParseRetryAfter parses Retry-After as seconds, as a date and as an invalid value.
func TestParseRetryAfter(t *testing.T) {
	check := func(header string, want time.Duration) {
		t.Helper()
		require.Equal(t, want, parseRetryAfter(header, noon))
	}
	check("", 0)
	check("soon", 0)
	check("-5", 0)
	check("7", 7*time.Second)
	check("99999999999", maxRetryAfter)
	check(noon.Add(time.Minute).Format(http.TimeFormat), time.Minute)
	check(noon.Add(-time.Minute).Format(http.TimeFormat), 0)
}
