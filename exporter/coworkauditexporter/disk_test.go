package coworkauditexporter

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/exporter/coworkauditexporter/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/audit"
	"github.com/cowork-otel/collector/internal/problem"
)

// The lifecycle test of mdatagen writes here.
func init() { _ = os.RemoveAll("testdata/lifecycle") }

// startExporter starts an exporter with its queue and its retries.
func startExporter(t *testing.T, tel *componenttest.Telemetry, configure func(*Config)) exporter.Logs {
	t.Helper()
	cfg := auditDefaults().(*Config)
	configure(cfg)
	require.NoError(t, cfg.Validate())
	set := metadatatest.NewSettings(tel)
	set.ID = component.NewIDWithName(component.MustNewType("cowork_audit"), strings.ToLower(t.Name()))
	e, err := NewFactory().CreateLogs(t.Context(), set, cfg)
	require.NoError(t, err)
	require.NoError(t, e.Start(t.Context(), componenttest.NewNopHost()))
	return e
}

// payloadCounts returns how often each text of a body is in the chain.
func payloadCounts(t *testing.T, dir string, keys ...ed25519.PublicKey) map[string]int {
	t.Helper()
	counts := map[string]int{}
	_, err := audit.Verify(dir, audit.Options{Keys: keys, Visit: func(r audit.Record) error {
		if _, rest, ok := bytes.Cut(r.Payload, []byte(`"body":{"stringValue":"`)); ok {
			text, _, _ := bytes.Cut(rest, []byte(`"`))
			counts[string(text)]++
		}
		return nil
	}})
	require.NoError(t, err)
	return counts
}

func one(value int64) []metricdata.DataPoint[int64] {
	return []metricdata.DataPoint[int64]{{Value: value}}
}

// TestFailingDisk makes writes fail for a minute after the records are in the segment. The
// health check fails meanwhile. Batches are retried, and each record is stored once, in the
// order of arrival.
func TestFailingDisk(t *testing.T) { synctest.Test(t, testFailingDisk) }

func testFailingDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "audit")
	tel := componenttest.NewTelemetry()
	e := startExporter(t, tel, func(c *Config) { c.Directory = dir })
	isDegraded := func() bool { return len(problem.Degraded(time.Now())) > 0 }
	require.NoError(t, e.ConsumeLogs(t.Context(), testLogs("before")))
	synctest.Wait()
	require.False(t, isDegraded())

	blocked := filepath.Join(dir, "head.json.new") // where the head is written first
	require.NoError(t, os.MkdirAll(filepath.Join(blocked, "full"), 0o700))
	want := map[string]int{"before": 1}
	for i := range 20 {
		text := fmt.Sprint("during ", i)
		want[text] = 1
		require.NoError(t, e.ConsumeLogs(t.Context(), testLogs(text)))
	}
	time.Sleep(time.Minute)
	require.True(t, isDegraded())
	require.Equal(t, dir, problem.List()[0].Subject)
	require.Equal(t, map[string]int{"before": 1}, payloadCounts(t, dir), "what was not acknowledged is not in the file")
	failures, err := tel.GetMetric("otelcol_exporter_cowork_audit_failures")
	require.NoError(t, err)
	require.Greater(t, failures.Data.(metricdata.Sum[int64]).DataPoints[0].Value, int64(1))

	require.NoError(t, os.RemoveAll(blocked))
	time.Sleep(time.Minute)
	require.False(t, isDegraded())
	require.Empty(t, problem.List())
	require.Equal(t, want, payloadCounts(t, dir))
	metadatatest.AssertEqualExporterCoworkAuditRecords(t, tel, one(21), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
	require.NoError(t, e.Shutdown(t.Context()))
	require.Equal(t, want, payloadCounts(t, dir))
	require.NoError(t, tel.Shutdown(t.Context()))
}

// TestFailingTick checks that a deletion that fails is a problem until it succeeds, and is
// counted, without a further record.
func TestFailingTick(t *testing.T) { synctest.Test(t, testFailingTick) }

func testFailingTick(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "audit")
	tel := componenttest.NewTelemetry()
	e := startExporter(t, tel, func(c *Config) {
		c.Directory, c.MaxSegmentAge, c.Retention = dir, time.Minute, time.Minute
	})
	require.NoError(t, e.ConsumeLogs(t.Context(), testLogs("a")))
	time.Sleep(2 * time.Minute)
	hold := filepath.Join(dir, "hold-damaged.json")
	require.NoError(t, os.WriteFile(hold, []byte("{"), 0o600))
	require.NoError(t, e.ConsumeLogs(t.Context(), testLogs("b")))
	time.Sleep(2 * time.Minute)
	require.Len(t, problem.List(), 1)
	require.Equal(t, map[string]int{"a": 1, "b": 1}, payloadCounts(t, dir))
	require.NoError(t, os.Remove(hold))
	time.Sleep(time.Minute)
	require.Empty(t, problem.List())
	require.Equal(t, map[string]int{"b": 1}, payloadCounts(t, dir))
	metadatatest.AssertEqualExporterCoworkAuditDeleted(t, tel, one(1), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
	require.NoError(t, e.Shutdown(t.Context()))
	require.NoError(t, tel.Shutdown(t.Context()))
}

// TestCounters checks the counters of records that are too large and of what a start cuts.
func TestCounters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "audit")
	tel := componenttest.NewTelemetry()
	e := newTestExporter(t, dir, tel)
	require.NoError(t, e.start(t.Context(), componenttest.NewNopHost()))
	require.NoError(t, e.push(t.Context(), testLogs("a", strings.Repeat("x", audit.MaxPayload), "b")))
	require.NoError(t, e.push(t.Context(), testLogs(strings.Repeat("x", audit.MaxPayload))))
	require.NoError(t, e.shutdown(t.Context()))
	require.Equal(t, map[string]int{"a": 1, "b": 1}, payloadCounts(t, dir))
	metadatatest.AssertEqualExporterCoworkAuditTooLarge(t, tel, one(2), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
	metadatatest.AssertEqualExporterCoworkAuditRecords(t, tel, one(2), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())

	segment, err := os.OpenFile(filepath.Join(dir, "audit-00000001.jsonl"), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = segment.WriteString(`{"seq":3`)
	require.NoError(t, err)
	require.NoError(t, segment.Close())
	e = newTestExporter(t, dir, tel)
	require.NoError(t, e.start(t.Context(), componenttest.NewNopHost()))
	require.NoError(t, e.shutdown(t.Context()))
	metadatatest.AssertEqualExporterCoworkAuditCutBytes(t, tel, one(8), metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
	require.NoError(t, tel.Shutdown(t.Context()))
}

// TestSigned checks that segments and the head have the signature of key_file.
func TestSigned(t *testing.T) { synctest.Test(t, testSigned) }

func testSigned(t *testing.T) {
	dir, keyFile := filepath.Join(t.TempDir(), "audit"), filepath.Join(t.TempDir(), "key.pem")
	public, key, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	text, _, err := audit.EncodeKey(key)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(keyFile, text, 0o600))
	tel := componenttest.NewTelemetry()
	e := startExporter(t, tel, func(c *Config) {
		c.Directory, c.KeyFile, c.MaxSegmentAge, c.Sync = dir, keyFile, time.Minute, syncInterval
	})
	require.NoError(t, e.ConsumeLogs(t.Context(), testLogs("a")))
	time.Sleep(2 * time.Minute)
	require.NoError(t, e.ConsumeLogs(t.Context(), testLogs("b")))
	time.Sleep(2 * time.Second)
	sum, err := audit.Verify(dir, audit.Options{Keys: []ed25519.PublicKey{public}})
	require.NoError(t, err)
	require.Equal(t, 1, sum.Signed)
	require.Zero(t, sum.AfterHead, "sync: interval stores each second")
	require.Equal(t, map[string]int{"a": 1, "b": 1}, payloadCounts(t, dir, public))
	require.NoError(t, e.Shutdown(t.Context()))
	require.NoError(t, tel.Shutdown(t.Context()))
}

// TestBatch checks that a queue that joins batches keeps their order.
func TestBatch(t *testing.T) { synctest.Test(t, testBatch) }

func testBatch(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "audit")
	tel := componenttest.NewTelemetry()
	e := startExporter(t, tel, func(c *Config) {
		c.Directory = dir
		c.Queue.Get().Batch = configoptional.Some(exporterhelper.BatchConfig{
			FlushTimeout: time.Second, Sizer: exporterhelper.RequestSizerTypeBytes, MinSize: 1 << 20, MaxSize: 8 << 20,
		})
	})
	var want []string
	for i := range 50 {
		want = append(want, fmt.Sprint(i))
		require.NoError(t, e.ConsumeLogs(t.Context(), testLogs(want[i])))
	}
	require.Empty(t, payloadCounts(t, dir), "they wait for flush_timeout")
	time.Sleep(2 * time.Second)
	var got []string
	_, err := audit.Verify(dir, audit.Options{Visit: func(r audit.Record) error {
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(r.Payload)
		got = append(got, ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Body().Str())
		return err
	}})
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.NoError(t, e.Shutdown(t.Context()))
	require.NoError(t, tel.Shutdown(t.Context()))
}
