package coworkdashboardexporter

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/config/configauth"
	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.opentelemetry.io/collector/extension/extensionauth"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/metadata"
)

// A rig is a running exporter.
type rig struct {
	exporter.Logs
	tel *componenttest.Telemetry
	url string
}

func start(t *testing.T, host component.Host, change func(*Config)) rig {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	require.NoError(t, listener.Close())
	cfg := createDefaultConfig().(*Config)
	cfg.Server.NetAddr.Endpoint, cfg.Database, cfg.FlushInterval = address, database.Name(filepath.Join(t.TempDir(), "d.db")), 10*time.Millisecond
	cfg.TimeZone = "UTC"
	change(cfg)
	tel := componenttest.NewTelemetry()
	set := exportertest.NewNopSettings(metadata.Type)
	set.TelemetrySettings = tel.NewTelemetrySettings()
	e, err := NewFactory().CreateLogs(t.Context(), set, cfg)
	require.NoError(t, err)
	require.NoError(t, e.Start(t.Context(), host))
	t.Cleanup(func() {
		require.NoError(t, e.Shutdown(context.Background()))
		require.NoError(t, tel.Shutdown(context.Background()))
	})
	return rig{e, tel, "http://" + address}
}

// get requests a path of the page and returns the status and the body.
func (r rig) get(t *testing.T, path string, headers ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+path, http.NoBody)
	require.NoError(t, err)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(body)
}

// counter returns the sum over all series of a counter.
func (r rig) counter(name string) (sum int64) {
	m, err := r.tel.GetMetric("otelcol_exporter_cowork_dashboard_" + name)
	if err != nil {
		return 0
	}
	data, _ := m.Data.(metricdata.Sum[int64])
	for _, p := range data.DataPoints {
		sum += p.Value
	}
	return sum
}

func request(id string, at time.Time) eventtest.Event {
	return eventtest.Event{Kind: "api_request", At: at, Attrs: map[string]any{
		"request_id": id, "model": "opus", "cost_usd_micros": 1_250_000, "user.account_uuid": "ada", "prompt.id": "p1", "event.sequence": 1,
	}}
}

// TestServes checks that the cost of an event arrives on the page.
func TestServes(t *testing.T) {
	r := start(t, componenttest.NewNopHost(), func(*Config) {})
	now := time.Now()
	require.NoError(t, r.ConsumeLogs(t.Context(), eventtest.Logs(request("r1", now), request("r1", now), request("r2", now))))
	require.Eventually(t, func() bool { return r.counter("commits") > 0 }, 10*time.Second, 5*time.Millisecond)
	status, body := r.get(t, "/api/panels/cost.json?range=24h")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, "2.5")
	status, body = r.get(t, "/")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, "$2.50")
	require.Equal(t, int64(2), r.counter("events"))
	require.Equal(t, int64(1), r.counter("duplicates"))
	status, _ = r.get(t, "/prompts/p1")
	require.Equal(t, http.StatusOK, status)
}

// TestCountersAreReached checks that every counter can increase.
func TestCountersAreReached(t *testing.T) {
	r := start(t, componenttest.NewNopHost(), func(cfg *Config) {
		cfg.MaxUsers, cfg.MaxNames, cfg.MaxSteps, cfg.MaxPending, cfg.MaxEvents = 1, 1, 1, 1000, 10_000
		cfg.FlushInterval = time.Minute
	})
	now := time.Now()
	second, old, early, odd := request("r2", now), request("r3", now.AddDate(-5, 0, 0)), request("r4", time.Unix(5, 0)), request("r5", now)
	second.Attrs["user.account_uuid"], odd.Attrs["cost_usd_micros"], odd.Attrs["model"] = "bob", "-7", strings.Repeat("m", 1000)
	odd.Attrs["text"] = strings.Repeat("x", 5000)
	batch := eventtest.Logs(request("r1", now), second, old, early, odd)
	for i := range 1500 {
		e := request("", now)
		e.Attrs["event.sequence"], e.Attrs["session.id"], e.Attrs["prompt.id"] = i+10, strconv.Itoa(i), strings.Repeat("p", i%90)
		eventtest.Logs(e).ResourceLogs().MoveAndAppendTo(batch.ResourceLogs())
	}
	require.NoError(t, r.ConsumeLogs(t.Context(), batch))
	require.NoError(t, r.Shutdown(t.Context()))
	for _, name := range []string{"commits", "cut_names", "cut_records", "dropped", "events", "invalid", "lost", "misdated", "old", "overflow"} {
		require.Positive(t, r.counter(name), name)
	}
}

// A password is an authenticator that accepts one token.
type password struct {
	component.StartFunc
	component.ShutdownFunc
}

var _ extensionauth.Server = password{}

func (password) Authenticate(ctx context.Context, headers map[string][]string) (context.Context, error) {
	if got := headers["Authorization"]; len(got) == 1 && got[0] == "Bearer right" {
		return ctx, nil
	}
	return ctx, errors.New("no")
}

type guarded struct{ component.Host }

func (guarded) GetExtensions() map[component.ID]component.Component {
	return map[component.ID]component.Component{component.MustNewID("password"): password{}}
}

// TestAuthentication checks that every path requires authentication.
func TestAuthentication(t *testing.T) {
	r := start(t, guarded{componenttest.NewNopHost()}, func(cfg *Config) {
		cfg.Server.Auth = configoptional.Some(confighttp.AuthConfig{Config: configauth.Config{AuthenticatorID: component.MustNewID("password")}})
	})
	for _, path := range []string{"/", "/prompts", "/setup", "/api/panels/cost.json", "/api/state"} {
		status, _ := r.get(t, path)
		require.Equal(t, http.StatusUnauthorized, status, path)
		status, _ = r.get(t, path, "Authorization", "Bearer wrong")
		require.Equal(t, http.StatusUnauthorized, status, path)
		status, _ = r.get(t, path, "Authorization", "Bearer right")
		require.Equal(t, http.StatusOK, status, path)
	}
}

// TestStartFails checks the errors of a failed start, and that nothing is left open.
func TestStartFails(t *testing.T) {
	check := func(want string, change func(*Config)) {
		t.Helper()
		cfg := createDefaultConfig().(*Config)
		cfg.Server.NetAddr.Endpoint, cfg.Database = "localhost:0", ""
		change(cfg)
		e, err := NewFactory().CreateLogs(t.Context(), exportertest.NewNopSettings(metadata.Type), cfg)
		require.NoError(t, err)
		require.ErrorContains(t, e.Start(t.Context(), componenttest.NewNopHost()), want)
		require.NoError(t, e.Shutdown(t.Context()))
	}
	check("is a directory (set a file that the collector's user can create and write)", func(cfg *Config) { cfg.Database = database.Name(t.TempDir()) })
	check("endpoint: listen tcp: address", func(cfg *Config) { cfg.Server.NetAddr.Endpoint = "localhost:99999" })
	taken, err := net.Listen("tcp", "localhost:0")
	require.NoError(t, err)
	defer taken.Close()
	check("already in use (stop the process that listens there, or set another endpoint)", func(cfg *Config) { cfg.Server.NetAddr.Endpoint = taken.Addr().String() })
	check("not found", func(cfg *Config) {
		cfg.Server.Auth = configoptional.Some(confighttp.AuthConfig{Config: configauth.Config{AuthenticatorID: component.MustNewID("nobody")}})
	})
}

// TestCollectorHeaders checks that the setup check shows the configured headers.
func TestCollectorHeaders(t *testing.T) {
	r := start(t, componenttest.NewNopHost(), func(cfg *Config) {
		cfg.CollectorHeaders = map[string]string{"X-Team": "<name>", "Authorization": "Bearer <token>"}
	})
	status, body := r.get(t, "/setup")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, "<code>Authorization=Bearer &lt;token&gt;</code> <code>X-Team=&lt;name&gt;</code>")
}
