package coworkalertexporter

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

type attributes map[string]any

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// recordsOf returns a batch of alert records, made at a time.
func recordsOf(t *testing.T, at time.Time, records ...attributes) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	logs := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, own := range records {
		rec := logs.AppendEmpty()
		rec.SetEventName("cowork.alert")
		rec.SetTimestamp(pcommon.NewTimestampFromTime(at))
		rec.SetSeverityNumber(plog.SeverityNumberError)
		all := attributes{"event.name": "cowork.alert", "alert.name": "api_error", "alert.status": firing, "alert.fingerprint": "0f", "alert.message": "API error"}
		maps.Copy(all, own)
		require.NoError(t, rec.Attributes().FromRaw(all))
	}
	return ld
}

var resolvedRecord = attributes{"alert.status": resolved}

// A peer is an Alertmanager that answers as a test wants it to.
type peer struct {
	*httptest.Server
	mu    sync.Mutex
	plan  []http.HandlerFunc // the next answers; then 200
	calls int
	got   []notice // of requests that were answered with 200
}

func newPeer(t *testing.T, plan ...http.HandlerFunc) *peer {
	t.Helper()
	p := &peer{plan: plan}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *peer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	if len(p.plan) > 0 {
		answer := p.plan[0]
		p.plan = p.plan[1:]
		answer(w, r)
		return
	}
	p.accept(w, r)
}

func (p *peer) accept(w http.ResponseWriter, r *http.Request) {
	var got []notice
	if r.URL.Path != "/api/v2/alerts" || json.NewDecoder(r.Body).Decode(&got) != nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	p.got = append(p.got, got...)
}

// told returns names and statuses as they arrived, repeats left out.
func (p *peer) told() (told []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := map[string]string{}
	for _, n := range p.got {
		status := firing
		if !n.EndsAt.After(time.Now()) {
			status = resolved
		}
		id := n.Labels[nameLabel] + n.Labels[fingerprintLabel]
		if last[id] != status {
			told = append(told, n.Labels[nameLabel]+" "+status)
		}
		last[id] = status
	}
	return told
}

func (p *peer) called() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls
}

// status answers with one, and with what the sender must not repeat.
func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		http.Error(w, secret, code)
	}
}

const secret = "canary-3f1c"

// A rig is an exporter at work.
type rig struct {
	exporter.Logs
	tel *componenttest.Telemetry
	end func() // once: exporterhelper does not end twice
}

func start(t *testing.T, host component.Host, configure func(*Config)) *rig {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	cfg.Retry.InitialInterval = 10 * time.Millisecond
	cfg.Retry.MaxInterval = 20 * time.Millisecond
	cfg.MinimumFiring = 0
	configure(cfg)
	r := &rig{tel: componenttest.NewTelemetry()}
	set := exportertest.NewNopSettings(NewFactory().Type())
	set.ID = component.NewID(NewFactory().Type())
	set.TelemetrySettings = r.tel.NewTelemetrySettings()
	var err error
	r.Logs, err = NewFactory().CreateLogs(t.Context(), set, cfg)
	require.NoError(t, err)
	require.NoError(t, r.Start(t.Context(), host))
	r.end = sync.OnceFunc(func() { require.NoError(t, r.Shutdown(context.Background())) })
	t.Cleanup(func() {
		r.end()
		require.NoError(t, r.tel.Shutdown(context.Background()))
	})
	return r
}

func (r *rig) send(t *testing.T, ld plog.Logs) {
	t.Helper()
	require.NoError(t, r.ConsumeLogs(t.Context(), ld))
}

const soon = 20 * time.Second

func eventually(t *testing.T, what func() bool, text string) {
	t.Helper()
	require.Eventually(t, what, soon, 10*time.Millisecond, text)
}
