package coworkauditexporter

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/cowork-otel/collector/exporter/coworkauditexporter/internal/metadatatest"
)

// observed returns an exporter whose log is observed, and has started.
func observed(t *testing.T, dir string, tel *componenttest.Telemetry) (*auditExporter, *observer.ObservedLogs) {
	t.Helper()
	e := newTestExporter(t, dir, tel)
	core, logs := observer.New(zap.WarnLevel)
	e.set.Logger = zap.New(core)
	require.NoError(t, e.start(t.Context(), componenttest.NewNopHost()))
	return e, logs
}

// TestRemovedFolder removes the folder while the exporter runs: the next batch begins a new
// chain, which is logged and counted. A regression test: records were written to files that no
// folder had.
func TestRemovedFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "audit")
	tel := componenttest.NewTelemetry()
	e, logs := observed(t, dir, tel)
	require.NoError(t, e.push(t.Context(), testLogs("a")))
	require.NoError(t, os.RemoveAll(dir))
	require.NoError(t, e.push(t.Context(), testLogs("b")))
	require.NoError(t, e.push(t.Context(), testLogs("c")))
	require.Equal(t, 1, logs.FilterMessageSnippet("was removed while the collector wrote to it").Len())
	require.Equal(t, 1, logs.FilterMessageSnippet("a new chain begins").Len())
	metadatatest.AssertEqualExporterCoworkAuditRemovals(t, tel, one(1), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
	require.NoError(t, e.shutdown(t.Context()))
	require.Equal(t, map[string]int{"b": 1, "c": 1}, payloadCounts(t, dir))
	require.NoError(t, tel.Shutdown(t.Context()))
}

// TestRemovedSegment removes the open segment: batches fail until it is back, and then continue
// its chain.
func TestRemovedSegment(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "audit")
	tel := componenttest.NewTelemetry()
	e, _ := observed(t, dir, tel)
	require.NoError(t, e.push(t.Context(), testLogs("a")))
	segment := filepath.Join(dir, "audit-00000001.jsonl")
	require.NoError(t, os.Rename(segment, segment+".away"))
	for range 2 {
		require.ErrorContains(t, e.push(t.Context(), testLogs("b")), "records were removed from the end")
		e.tick(t.Context())
	}
	require.NoError(t, os.Rename(segment+".away", segment))
	require.NoError(t, e.push(t.Context(), testLogs("b")))
	metadatatest.AssertEqualExporterCoworkAuditRemovals(t, tel, one(1), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
	metadatatest.AssertEqualExporterCoworkAuditFailures(t, tel, one(4), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
	require.NoError(t, e.shutdown(t.Context()))
	require.Equal(t, map[string]int{"a": 1, "b": 1}, payloadCounts(t, dir))
	require.NoError(t, tel.Shutdown(t.Context()))
}

// TestReadOnlyFolder takes the right to write to the folder away: batches fail, which is logged
// once and counted, until it is given back.
func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root can write to a folder without the right")
	}
	dir := filepath.Join(t.TempDir(), "audit")
	tel := componenttest.NewTelemetry()
	e, logs := observed(t, dir, tel)
	require.NoError(t, e.push(t.Context(), testLogs("a")))
	require.NoError(t, os.Chmod(dir, 0o500))
	for range 2 {
		require.ErrorIs(t, e.push(t.Context(), testLogs("b")), os.ErrPermission)
	}
	require.Equal(t, 1, logs.FilterMessage("cannot write to the folder").Len())
	metadatatest.AssertEqualExporterCoworkAuditFailures(t, tel, one(2), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
	require.NoError(t, os.Chmod(dir, 0o700))
	require.NoError(t, e.push(t.Context(), testLogs("b")))
	require.NoError(t, e.shutdown(t.Context()))
	require.Equal(t, map[string]int{"a": 1, "b": 1}, payloadCounts(t, dir))
	require.NoError(t, tel.Shutdown(t.Context()))
}

// TestRetries checks the counter of replacements that were tried again.
func TestRetries(t *testing.T) {
	tel := componenttest.NewTelemetry()
	e, _ := observed(t, filepath.Join(t.TempDir(), "audit"), tel)
	for range 2 {
		e.writer.Retries += 2 // as on Windows while another program has the head open
		require.NoError(t, e.push(t.Context(), testLogs("a")))
	}
	metadatatest.AssertEqualExporterCoworkAuditRetries(t, tel, one(4), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
	require.NoError(t, e.shutdown(t.Context()))
	require.NoError(t, tel.Shutdown(t.Context()))
}
