package coworkrulesconnector

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

type attributes = map[string]any

// event returns a batch of one event of now.
func event(kind string, more attributes) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.SetEventName(kind)
	rec.SetTimestamp(pcommon.NewTimestampFromTime(time.Now()))
	for _, key := range slices.Sorted(maps.Keys(more)) {
		_ = rec.Attributes().PutEmpty(key).FromRaw(more[key])
	}
	return ld
}

// call returns a batch of one tool_result of a connector.
func call(connector string, success bool) plog.Logs {
	return event("tool_result", attributes{
		"tool_name": "mcp_tool", "mcp_server.name": connector, "success": success, "duration_ms": 1200,
		"prompt.id": onePrompt, "session.id": oneSession,
	})
}

const (
	onePrompt  = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
	oneSession = "f4e2b124-f977-4412-8b09-da2871d3f914"
)

// A rig is a connector at work, in a bubble of time.
type rig struct {
	*testing.T
	connector.Logs
	sink *statefultest.Sink
	tel  *componenttest.Telemetry
}

// run starts a connector for a test, with settings in YAML.
func run(t *testing.T, settings string, test func(*rig)) {
	t.Helper()
	statefultest.InBubble(t, func(t *testing.T) {
		test(start(t, componenttest.NewNopHost(), settings))
	})
}

// configOf reads settings.
func configOf(t *testing.T, settings string) *Config {
	t.Helper()
	retrieved, err := confmap.NewRetrievedFromYAML([]byte(settings))
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	cfg := createDefaultConfig().(*Config)
	require.NoError(t, conf.Unmarshal(cfg))
	return cfg
}

// start starts a connector and shuts it down when the test ends.
func start(t *testing.T, host component.Host, settings string) *rig {
	t.Helper()
	cfg := configOf(t, settings)
	require.NoError(t, confmap.Validate(cfg))
	r := &rig{T: t, sink: &statefultest.Sink{}, tel: componenttest.NewTelemetry()}
	set := connectortest.NewNopSettings(NewFactory().Type())
	set.ID = component.NewID(NewFactory().Type())
	set.TelemetrySettings = r.tel.NewTelemetrySettings()
	set.BuildInfo.Version = "1.2.3"
	var err error
	r.Logs, err = NewFactory().CreateLogsToLogs(t.Context(), set, cfg, r.sink)
	require.NoError(t, err)
	require.False(t, r.Capabilities().MutatesData)
	require.NoError(t, r.Start(t.Context(), host))
	t.Cleanup(r.end)
	return r
}

// end shuts the connector down, twice as a collector may.
func (r *rig) end() {
	require.NoError(r, r.Shutdown(context.Background()))
	require.NoError(r, r.Shutdown(context.Background()))
}

// send passes batches through the connector and returns the alerts that it sent.
func (r *rig) send(batches ...plog.Logs) []string {
	r.Helper()
	for _, ld := range batches {
		ld.MarkReadOnly()
		require.NoError(r, r.ConsumeLogs(r.Context(), ld))
	}
	return r.takeAlerts()
}

// pass advances the clock and returns the alerts that were sent.
func (r *rig) pass(d time.Duration) []string {
	r.Helper()
	time.Sleep(d)
	return r.takeAlerts()
}

// takeAlerts returns the alerts sent since the last call, one per line.
func (r *rig) takeAlerts() (lines []string) {
	r.settled()
	for _, ev := range r.sink.Take() {
		lines = append(lines, line(ev))
	}
	return lines
}

// settled waits until the connector is idle.
func (*rig) settled() { synctest.Wait() }

// line formats an alert: time, status, rule, group and message.
func line(ev cowork.Event) string {
	words := []string{ev.Record().ObservedTimestamp().AsTime().Format("15:04:05")}
	for _, key := range []string{"alert.status", "alert.name", "connector", "alert.message"} {
		if s, ok := ev.Str(key); ok {
			words = append(words, s)
		}
	}
	return strings.Join(words, " ")
}

// times repeats a batch.
func times(n int, batch func() plog.Logs) (batches []plog.Logs) {
	for range n {
		batches = append(batches, batch())
	}
	return batches
}

// rules writes settings with rules only: lines of YAML below `rules:`.
func rules(lines string) string { return fmt.Sprintf("builtin_rules: []\nrules:\n%s\n", lines) }
