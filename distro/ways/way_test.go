package main

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
	"github.com/cowork-otel/collector/exporter/coworkalertexporter"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// isSent reports whether a test sends the record that is followed.
func isSent() bool { return os.Getenv(recordVariable) != "without" }

// The record of every way is an event of a real client, shortened.
func event(kind string, attributes map[string]any) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.Body().SetStr("claude_code." + kind)
	all := map[string]any{
		"event.name": kind, "event.timestamp": time.Now().UTC().Format(time.RFC3339Nano), "event.sequence": 3,
		"session.id": "c7f49d06-709d-42e8-81ab-e7fa17ea42a4", "prompt.id": "0aa84ef6-0c18-4720-8c5d-4ba43985c011",
		"organization.id": "11d6f3ce-0a1b-4b3c-8a4f-0d9c6a3e5b2f", "user.account_uuid": "82e1c95e-93ed-4541-8334-0cd530049ba7",
	}
	maps.Copy(all, attributes)
	if err := rec.Attributes().FromRaw(all); err != nil {
		panic(err)
	}
	return ld
}

// TestWayAttribute sends a tool_result through the two processors that every record
// passes, with and without its tool_parameters.
func TestWayAttribute(t *testing.T) {
	sink := &consumertest.LogsSink{}
	redaction := coworkredactionprocessor.NewFactory()
	second, err := redaction.CreateLogs(t.Context(), processortest.NewNopSettings(redaction.Type()), config(t, redaction, nil), sink)
	require.NoError(t, err)
	events := coworkeventprocessor.NewFactory()
	first, err := events.CreateLogs(t.Context(), processortest.NewNopSettings(events.Type()), config(t, events, nil), second)
	require.NoError(t, err)
	run(t, componenttest.NewNopHost(), second, first)
	attributes := map[string]any{"tool_name": "Bash", "tool_use_id": "toolu_01abcdefghijklmnopqrst", "success": "true", "duration_ms": "165"}
	if isSent() {
		attributes["tool_parameters"] = `{"bash_command":"curl","full_command":"curl -s -H 'Authorization: Bearer ghp_0123456789abcdefghijABCDEFGHIJ012345' https://example.com/x; ls","description":"List files"}`
	}
	require.NoError(t, first.ConsumeLogs(t.Context(), event("tool_result", attributes)))
	require.Equal(t, 1, sink.LogRecordCount())
}

// TestWayAlert sends an api_error through the rules to an Alertmanager.
func TestWayAlert(t *testing.T) {
	posted := make(chan struct{}, 1)
	alertmanager := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { posted <- struct{}{} }))
	defer alertmanager.Close()
	alerts := coworkalertexporter.NewFactory()
	last, err := alerts.CreateLogs(t.Context(), exportertest.NewNopSettings(alerts.Type()),
		config(t, alerts, map[string]any{"endpoint": alertmanager.URL, "sending_queue": map[string]any{"enabled": false}}))
	require.NoError(t, err)
	rules := coworkrulesconnector.NewFactory()
	first, err := rules.CreateLogsToLogs(t.Context(), connectortest.NewNopSettings(rules.Type()), config(t, rules, nil), last)
	require.NoError(t, err)
	run(t, componenttest.NewNopHost(), last, first)
	if isSent() {
		require.NoError(t, first.ConsumeLogs(t.Context(), event("api_error", map[string]any{"model": "claude-opus-5-5", "status_code": 529, "error": "overloaded", "attempt": 3, "duration_ms": 800})))
		<-posted
	} else {
		require.NoError(t, first.ConsumeLogs(t.Context(), plog.NewLogs()))
	}
}

// TestWayFigure sends an api_request to the page, and reads the page's cost.
func TestWayFigure(t *testing.T) {
	listener := httptest.NewServer(nil)
	address := listener.Listener.Addr().String()
	listener.Close()
	page := coworkdashboardexporter.NewFactory()
	e, err := page.CreateLogs(t.Context(), exportertest.NewNopSettings(page.Type()), config(t, page, map[string]any{
		"endpoint": address, "database": filepath.Join(t.TempDir(), "page.db"), "flush_interval": "10ms", "time_zone": "UTC",
	}))
	require.NoError(t, err)
	run(t, componenttest.NewNopHost(), e)
	if isSent() {
		require.NoError(t, e.ConsumeLogs(t.Context(), event("api_request", map[string]any{
			"model": "claude-opus-5-5", "request_id": "req_011CabcdefghijkLMNOPqrst", "cost_usd": 0.25, "input_tokens": 100, "output_tokens": 50, "duration_ms": 800,
		})))
	} else {
		require.NoError(t, e.ConsumeLogs(t.Context(), plog.NewLogs()))
	}
	url := "http://" + address + "/api/panels/cost_by_model.json?range=7d"
	for isSent() && !strings.Contains(get(t, url), "0.25") {
	}
	get(t, url)
}

func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(body)
}

func config(t *testing.T, factory component.Factory, keys map[string]any) component.Config {
	t.Helper()
	cfg := factory.CreateDefaultConfig()
	require.NoError(t, confmap.NewFromStringMap(keys).Unmarshal(cfg))
	require.NoError(t, confmap.Validate(cfg))
	return cfg
}

// run starts components, the last of the pipeline first, and shuts them down when the
// test ends.
func run(t *testing.T, host component.Host, components ...component.Component) {
	t.Helper()
	for _, c := range components {
		require.NoError(t, c.Start(t.Context(), host))
		t.Cleanup(func() { require.NoError(t, c.Shutdown(context.Background())) })
	}
}
