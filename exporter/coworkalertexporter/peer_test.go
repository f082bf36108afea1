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

// TestPeers sends an alert and its end to receivers that have bad days. All of them
// learn of both, in order, and once.
func TestPeers(t *testing.T) {
	for name, plan := range map[string][]http.HandlerFunc{
		"200": nil,
		"429": {status(http.StatusTooManyRequests, "Retry-After", "1")},
		"500": {status(http.StatusInternalServerError), status(http.StatusBadGateway)},
		"503": {status(http.StatusServiceUnavailable, "Retry-After", "nonsense")},
		"reset": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		}},
		"hangs": {func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // a server sees that its client left once it has read
			<-r.Context().Done()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, plan...)
			r := start(t, componenttest.NewNopHost(), func(cfg *Config) {
				cfg.Client.Endpoint = p.URL
				cfg.Client.Timeout = time.Second
			})
			began := time.Now()
			r.send(t, recordsOf(t, noon, nil))
			r.send(t, recordsOf(t, noon.Add(time.Minute), resolvedRecord))
			eventually(t, func() bool { return len(p.told()) >= 2 }, "both arrive")
			require.Equal(t, []string{"api_error firing", "api_error resolved"}, p.told())
			if name == "429" {
				require.GreaterOrEqual(t, time.Since(began), time.Second, "Retry-After is obeyed")
			}
		})
	}
}

// TestUnauthorized checks that a key that was wrong for a while loses nothing.
func TestUnauthorized(t *testing.T) {
	for _, code := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, status(code), status(code))
			r := start(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = p.URL })
			r.send(t, recordsOf(t, noon, nil))
			r.send(t, recordsOf(t, noon.Add(time.Minute), resolvedRecord))
			eventually(t, func() bool { return len(p.told()) >= 2 }, "both arrive")
			require.Equal(t, []string{"api_error firing", "api_error resolved"}, p.told())
		})
	}
}

// TestRefused checks that one alert that is refused takes no other with it, and is
// not sent for ever.
func TestRefused(t *testing.T) {
	for _, code := range []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			var p *peer
			picky := func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if strings.Contains(string(body), "rule7") {
					status(code)(w, r)
					return
				}
				r.Body = io.NopCloser(strings.NewReader(string(body)))
				p.accept(w, r)
			}
			plan := make([]http.HandlerFunc, 100)
			for i := range plan {
				plan[i] = picky
			}
			p = newPeer(t, plan...)
			r := start(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = p.URL })
			var records []attributes
			for i := range 20 {
				records = append(records, attributes{"alert.name": fmt.Sprintf("rule%d", i)})
			}
			r.send(t, recordsOf(t, noon, records...))
			eventually(t, func() bool { return len(p.told()) == 19 }, "the others arrive")
			require.NotContains(t, p.told(), "rule7 firing")
			eventually(t, func() bool { return r.counter("exporter_cowork_alert_refused") == 1 }, "it is counted")
			calls := p.called()
			for i, name := range []string{"next", "last"} { // two turns, in each of which it could be said again
				r.send(t, recordsOf(t, noon, attributes{"alert.name": name}))
				eventually(t, func() bool { return len(p.told()) == 20+i }, "others follow")
			}
			require.Equal(t, calls+2, p.called(), "it is given up")
		})
	}
}
