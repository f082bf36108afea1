package coworkegressprocessor

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/cowork-otel/collector/internal/egress"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/processor/coworkegressprocessor/internal/metadatatest"
)

type attrs = map[string]any

var ignoreTime = metricdatatest.IgnoreTimestamp()

// A fixture is a processor with its output, its metrics and its log.
type fixture struct {
	processor.Logs
	cfg  *Config
	sink *consumertest.LogsSink
	tel  *componenttest.Telemetry
	logs *observer.ObservedLogs
}

// newFixture returns a processor with a configuration in YAML, which is not started.
func newFixture(t *testing.T, text string) *fixture {
	t.Helper()
	f := &fixture{cfg: createDefaultConfig().(*Config), sink: new(consumertest.LogsSink), tel: componenttest.NewTelemetry()}
	retrieved, err := confmap.NewRetrievedFromYAML([]byte(text))
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	require.NoError(t, conf.Unmarshal(f.cfg))
	require.NoError(t, confmap.Validate(f.cfg))
	core, logs := observer.New(zapcore.DebugLevel)
	f.logs = logs
	factory := NewFactory()
	set := processortest.NewNopSettings(factory.Type())
	set.TelemetrySettings = f.tel.NewTelemetrySettings()
	set.Logger = zap.New(core)
	t.Cleanup(func() { require.NoError(t, f.tel.Shutdown(context.Background())) })
	f.Logs, err = factory.CreateLogs(t.Context(), set, f.cfg, f.sink)
	require.NoError(t, err)
	return f
}

func (f *fixture) start(t *testing.T) {
	t.Helper()
	require.NoError(t, f.Start(t.Context(), componenttest.NewNopHost()))
	t.Cleanup(func() { require.NoError(t, f.Shutdown(context.Background())) })
}

// judged passes an event through the processor and returns the attributes of verdicts.
func (f *fixture) judged(t *testing.T, resource, own attrs) attrs {
	t.Helper()
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	require.NoError(t, rl.Resource().Attributes().FromRaw(resource))
	rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	require.NoError(t, rec.Attributes().FromRaw(own))
	require.NoError(t, f.ConsumeLogs(t.Context(), ld))
	got := attrs{}
	all := f.sink.AllLogs()
	out := all[len(all)-1].ResourceLogs().At(0)
	for key, v := range out.ScopeLogs().At(0).LogRecords().At(0).Attributes().All() {
		if egress.IsAttribute(key) {
			got[key] = v.AsRaw()
		}
	}
	for key := range out.Resource().Attributes().All() {
		require.False(t, egress.IsAttribute(key))
	}
	return got
}

func fetch(host string) attrs {
	return attrs{"event.name": "tool_result", "tool_name": "WebFetch", "tool_input": `{"url":"https://` + host + `/"}`}
}

func count(n int64, labels ...attribute.KeyValue) metricdata.DataPoint[int64] {
	return metricdata.DataPoint[int64]{Value: n, Attributes: attribute.NewSet(labels...)}
}

// TestVerdicts checks the attributes and the counters, with lists of a group.
func TestVerdicts(t *testing.T) {
	f := newFixture(t, `
hosts: {allowed: [a.example], disabled: [d.example]}
connectors: {allowed: [crm]}
groups: [{teams: [Sales], hosts: {allowed: [s.example]}}]
`)
	f.start(t)
	require.Equal(t, attrs{"cowork.egress.verdict": "allowed", "cowork.egress.host": "a.example", "cowork.egress.allowed": []any{"a.example"}}, f.judged(t, nil, fetch("a.example")))
	sales := fetch("s.example")
	sales["cowork.team"] = "Sales"
	require.Equal(t, "allowed", f.judged(t, nil, sales)["cowork.egress.verdict"])
	require.Equal(t, "unlisted", f.judged(t, nil, fetch("s.example"))["cowork.egress.verdict"])
	require.Equal(t, attrs{"cowork.connector.verdict": "allowed"}, f.judged(t, nil, attrs{"event.name": "mcp_server_connection", "server_name": "CRM"}))
	forged := fetch("d.example")
	forged["cowork.egress.verdict"], forged["cowork.egress.allowed"] = "allowed", []any{"d.example"}
	require.Equal(t, attrs{"cowork.egress.verdict": "disabled", "cowork.egress.host": "d.example", "cowork.egress.disabled": []any{"d.example"}},
		f.judged(t, attrs{"cowork.egress.allowed": []any{"d.example"}}, forged))
	require.Equal(t, attrs{}, f.judged(t, nil, attrs{"event.name": "user_prompt", "cowork.connector.verdict": "allowed"}))
	require.Equal(t, "unlisted", f.judged(t, nil, attrs{"event.name": "tool_result", "tool_name": "Bash", "tool_input": strings.Repeat("ls ", 20000)})["cowork.egress.verdict"])
	require.Equal(t, "unlisted", f.judged(t, nil, attrs{"event.name": "tool_result", "tool_name": "Bash", "tool_input": "curl " + manyHosts(40)})["cowork.egress.verdict"])

	of := func(kind, verdict string) []attribute.KeyValue {
		return []attribute.KeyValue{attribute.String("of", kind), attribute.String("verdict", verdict)}
	}
	metadatatest.AssertEqualProcessorCoworkEgressEvents(t, f.tel, []metricdata.DataPoint[int64]{
		count(2, of("hosts", "allowed")...), count(3, of("hosts", "unlisted")...), count(1, of("hosts", "disabled")...), count(1, of("connector", "allowed")...),
	}, ignoreTime)
	metadatatest.AssertEqualProcessorCoworkEgressRemoved(t, f.tel, []metricdata.DataPoint[int64]{count(4)}, ignoreTime)
	metadatatest.AssertEqualProcessorCoworkEgressOmitted(t, f.tel, []metricdata.DataPoint[int64]{
		count(1, attribute.String("reason", "cut_text")), count(8, attribute.String("reason", "host")),
	}, ignoreTime)
	metadatatest.AssertEqualProcessorCoworkEgressEntries(t, f.tel, []metricdata.DataPoint[int64]{count(4)}, ignoreTime)
}

func manyHosts(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("h" + strings.Repeat("i", i) + ".example ")
	}
	return b.String()
}

// TestNoLists checks that without an entry nothing is written, except that what a sender
// wrote is removed.
func TestNoLists(t *testing.T) {
	f := newFixture(t, "file: ''")
	f.start(t)
	forged := fetch("a.example")
	forged["cowork.egress.verdict"] = "allowed"
	require.Empty(t, f.judged(t, nil, forged))
	require.Zero(t, f.logs.Len())
}

// TestReload changes the file while the processor runs: to another list, to one with
// errors, to none, and back.
func TestReload(t *testing.T) {
	path := filepath.Join(t.TempDir(), "egress.yaml")
	write := func(text string) { require.NoError(t, os.WriteFile(path, []byte(text), 0o600)) }
	write("hosts: {allowed: [a.example]}")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t, "hosts: {disabled: [d.example]}\nfile: "+path)
		f.start(t)
		check := func(want string, failures int) {
			t.Helper()
			time.Sleep(f.cfg.ReloadInterval)
			synctest.Wait()
			require.Equal(t, want, f.judged(t, nil, fetch("a.example"))["cowork.egress.verdict"])
			require.Equal(t, "disabled", f.judged(t, nil, fetch("d.example"))["cowork.egress.verdict"])
			require.Equal(t, failures, f.logs.FilterMessage("the list of hosts, connectors and plugins cannot be used: the one before stays in use").Len())
		}
		check("allowed", 0)
		write("hosts: {allowed: [b.example]}")
		check("unlisted", 0)
		write("hosts: {allowed: [https://a.example]}")
		check("unlisted", 1)
		check("unlisted", 1)
		require.Len(t, problem.List(), 1)
		require.Equal(t, "processor cowork_egress", problem.List()[0].Component)
		require.NoError(t, os.Remove(path))
		check("unlisted", 2)
		write("hosts: {allowed: [a.example]}")
		check("allowed", 2)
		require.Empty(t, problem.List())
		write(" \n") // verdicts were gone while a file was written
		check("allowed", 3)
		write("hosts: {}")
		check("unlisted", 3)
		metadatatest.AssertEqualProcessorCoworkEgressReloadFailures(t, f.tel, []metricdata.DataPoint[int64]{count(3)}, ignoreTime)
	})
}

func TestStartErrors(t *testing.T) {
	check := func(path, want string) {
		t.Helper()
		f := newFixture(t, "file: "+path)
		require.ErrorContains(t, f.Start(t.Context(), componenttest.NewNopHost()), want)
		require.NoError(t, f.Shutdown(t.Context()))
	}
	dir := t.TempDir()
	check(filepath.Join(dir, "none.yaml"), "file: cannot be read: no such file or directory")
	path := filepath.Join(dir, "egress.yaml")
	require.NoError(t, os.WriteFile(path, []byte("hosts: {allowed: ['a b']}"), 0o600))
	check(path, `file: hosts::allowed::0: "a b": is no host`)
}

func TestConfig(t *testing.T) {
	cfg := createDefaultConfig().(*Config)
	cfg.ReloadInterval = 1
	cfg.Hosts.Allowed = []string{"a b"}
	err := cfg.Validate()
	require.ErrorContains(t, err, "reload_interval: 1ns: must be from 100ms to 24h0m0s (10s is the default)")
	require.ErrorContains(t, err, `hosts::allowed::0: "a b": is no host`)
}

// TestHostsWithSecrets checks that the hosts of verdicts have no token. A token that leaves as
// the name of a host was listed in small letters, in which redaction does not find it.
func TestHostsWithSecrets(t *testing.T) {
	const (
		header    = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
		payload   = "eyJzdWIiOiAiTG9obUFiYzEyMyIsICJleHAiOiAxOTAwMDAwMDAwfQ"
		signature = "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJVxadQssw5c"
	)
	f := newFixture(t, "hosts: {disabled: [.evil.example]}")
	f.start(t)
	for host, want := range map[string]string{
		header + "." + payload + "." + signature + ".evil.example":   "[REDACTED_API_KEY].evil.example",
		"gh" + "p_kQH41S4SJpdyYXVLLwEnypR9toI6EZdaiZfC.evil.example": "[REDACTED_API_KEY].evil.example",
		"Data-7.Evil.example": "data-7.evil.example",
	} {
		got := f.judged(t, nil, fetch(host))
		require.Equal(t, want, got["cowork.egress.host"], "%s: %v", host, got)
		require.Equal(t, []any{want}, got["cowork.egress.disabled"])
		require.Equal(t, "disabled", got["cowork.egress.verdict"], "the host is judged as it is")
	}
}
