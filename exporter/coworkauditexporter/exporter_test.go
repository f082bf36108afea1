package coworkauditexporter

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/exporter/coworkauditexporter/internal/metadata"
	"github.com/cowork-otel/collector/exporter/coworkauditexporter/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/audit"
)

func newTestExporter(tb testing.TB, dir string, tel *componenttest.Telemetry) *auditExporter {
	tb.Helper()
	cfg := auditDefaults().(*Config)
	cfg.Directory = dir
	set := metadatatest.NewSettings(tel)
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	require.NoError(tb, err)
	return newExporter(cfg, set, telemetry)
}

func testLogs(bodies ...string) plog.Logs {
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, body := range bodies {
		records.AppendEmpty().Body().SetStr(body)
	}
	return ld
}

// TestRestart checks that acknowledged records are on disk and verify, that a restart continues
// the chain, and that records are counted.
func TestRestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "audit")
	tel := componenttest.NewTelemetry()
	for range 2 {
		e := newTestExporter(t, dir, tel)
		require.NoError(t, e.start(t.Context(), componenttest.NewNopHost()))
		require.NoError(t, e.push(t.Context(), testLogs("a", "b")))
		require.NoError(t, e.shutdown(t.Context()))
	}
	sum, err := audit.Verify(dir, audit.Options{})
	require.NoError(t, err)
	require.EqualValues(t, 5, sum.Records)
	require.EqualValues(t, 1, sum.Restarts)
	metadatatest.AssertEqualExporterCoworkAuditRecords(t, tel, []metricdata.DataPoint[int64]{{Value: 4}}, metricdatatest.IgnoreTimestamp())
	require.NoError(t, tel.Shutdown(t.Context()))
}

// TestStartRefuses checks that a start fails at a file that is no key.
func TestStartRefuses(t *testing.T) {
	tel := componenttest.NewTelemetry()
	e := newTestExporter(t, t.TempDir(), tel)
	e.cfg.KeyFile = filepath.Join(t.TempDir(), "key.pem")
	require.NoError(t, os.WriteFile(e.cfg.KeyFile, []byte("no key"), 0o600))
	require.ErrorContains(t, e.start(t.Context(), componenttest.NewNopHost()), "key_file: is no Ed25519 key")
	require.NoError(t, e.shutdown(t.Context()))
	require.NoError(t, tel.Shutdown(t.Context()))
}
