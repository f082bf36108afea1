package coworkalertexporter

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// secret is a value that must not appear in a log, an error or a printed configuration.
const secret = "canary-3f1c"

// A fakeAlertmanager is an HTTP server that answers with planned responses and then
// accepts all alerts.
type fakeAlertmanager struct {
	*httptest.Server
	mu       sync.Mutex
	plan     []http.HandlerFunc // the next responses
	requests int
	accepted []postableAlert
}

func newFakeAlertmanager(t *testing.T, plan ...http.HandlerFunc) *fakeAlertmanager {
	t.Helper()
	am := &fakeAlertmanager{plan: plan}
	am.Server = httptest.NewServer(am)
	t.Cleanup(am.Close)
	return am
}

func (am *fakeAlertmanager) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	am.mu.Lock()
	defer am.mu.Unlock()
	am.requests++
	if len(am.plan) > 0 {
		respond := am.plan[0]
		am.plan = am.plan[1:]
		respond(w, r)
		return
	}
	am.accept(w, r)
}

func (am *fakeAlertmanager) accept(w http.ResponseWriter, r *http.Request) {
	var alerts []postableAlert
	if r.URL.Path != "/api/v2/alerts" || json.NewDecoder(r.Body).Decode(&alerts) != nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	am.accepted = append(am.accepted, alerts...)
}

// replan replaces the planned responses and clears the accepted alerts.
func (am *fakeAlertmanager) replan(plan ...http.HandlerFunc) {
	am.mu.Lock()
	defer am.mu.Unlock()
	am.plan, am.accepted = plan, nil
}

// changes returns names and statuses in the order they arrived, without resends.
func (am *fakeAlertmanager) changes() (changes []string) {
	am.mu.Lock()
	defer am.mu.Unlock()
	last := map[string]string{}
	for _, p := range am.accepted {
		status := statusByEnd(p)
		id := p.Labels[nameLabel] + p.Labels[fingerprintLabel]
		if last[id] != status {
			changes = append(changes, p.Labels[nameLabel]+" "+status)
		}
		last[id] = status
	}
	return changes
}

// statusOf returns the last status of the alert with a severity, "" if there is none.
func (am *fakeAlertmanager) statusOf(severity string) (status string) {
	am.mu.Lock()
	defer am.mu.Unlock()
	for _, p := range am.accepted {
		if p.Labels[severityLabel] == severity {
			status = statusByEnd(p)
		}
	}
	return status
}

// statusByEnd returns the status of an alert as Alertmanager derives it.
func statusByEnd(p postableAlert) string {
	if p.EndsAt.After(time.Now()) {
		return firing
	}
	return resolved
}

func (am *fakeAlertmanager) requestCount() int {
	am.mu.Lock()
	defer am.mu.Unlock()
	return am.requests
}

// respondWith answers with a status code, headers and a body that contains the secret.
func respondWith(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		http.Error(w, secret, code)
	}
}
