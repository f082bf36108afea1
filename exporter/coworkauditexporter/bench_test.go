package coworkauditexporter

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.opentelemetry.io/collector/pdata/plog"
)

// capturedLogs returns recorded events, one batch, and the size of the same as OTLP/JSON.
func capturedLogs(b *testing.B) (ld plog.Logs, size int) {
	b.Helper()
	files, err := filepath.Glob("../../testdata/captures/*/*_logs.json")
	require.NoError(b, err)
	require.NotEmpty(b, files)
	ld = plog.NewLogs()
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(b, err)
		one, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(text)
		require.NoError(b, err)
		one.ResourceLogs().MoveAndAppendTo(ld.ResourceLogs())
	}
	text, err := (&plog.JSONMarshaler{}).MarshalLogs(ld)
	require.NoError(b, err)
	return ld, len(text)
}

// BenchmarkBesideFile writes the same batches with cowork_audit and with the stock exporter
// file, in turn, and reports time and size as ratios. The stock exporter does not wait for
// the disk.
func BenchmarkBesideFile(b *testing.B) {
	ld, size := capturedLogs(b)
	records := float64(ld.LogRecordCount())
	for _, sync := range []string{syncInterval, syncEachBatch} {
		b.Run(sync, func(b *testing.B) {
			dir := b.TempDir()
			audit := newTestExporter(b, filepath.Join(dir, "audit"), componenttest.NewTelemetry())
			audit.cfg.Sync, audit.cfg.MaxSegmentBytes = sync, 64<<20
			require.NoError(b, audit.start(b.Context(), componenttest.NewNopHost()))
			file := newFileExporter(b, filepath.Join(dir, "logs.json"))
			var auditTime, fileTime time.Duration
			b.SetBytes(int64(size))
			for b.Loop() {
				begin := time.Now()
				require.NoError(b, file.ConsumeLogs(b.Context(), ld))
				middle := time.Now()
				require.NoError(b, audit.push(b.Context(), ld))
				fileTime += middle.Sub(begin)
				auditTime += time.Since(middle)
			}
			require.NoError(b, audit.shutdown(b.Context()))
			require.NoError(b, file.Shutdown(b.Context()))
			b.ReportMetric(float64(auditTime)/float64(fileTime), "times_file")
			b.ReportMetric(float64(auditTime.Nanoseconds())/float64(b.N)/records, "ns/record")
			b.ReportMetric(float64(fileTime.Nanoseconds())/float64(b.N)/records, "file-ns/record")
			b.ReportMetric(float64(sizeOf(b, filepath.Join(dir, "audit", "audit-*.jsonl")))/float64(sizeOf(b, filepath.Join(dir, "logs.json"))), "size_of_file")
			b.ReportMetric(float64(sizeOf(b, filepath.Join(dir, "audit", "audit-*.jsonl")))/float64(b.N)/records, "B/record")
		})
	}
}

func newFileExporter(b *testing.B, path string) exporter.Logs {
	b.Helper()
	factory := fileexporter.NewFactory()
	cfg := factory.CreateDefaultConfig().(*fileexporter.Config)
	cfg.Path, cfg.Rotation = path, nil
	e, err := factory.CreateLogs(b.Context(), exportertest.NewNopSettings(factory.Type()), cfg)
	require.NoError(b, err)
	require.NoError(b, e.Start(b.Context(), componenttest.NewNopHost()))
	return e
}

// sizeOf returns the bytes of files.
func sizeOf(b *testing.B, pattern string) (n int64) {
	b.Helper()
	names, err := filepath.Glob(pattern)
	require.NoError(b, err)
	for _, name := range names {
		info, err := os.Stat(name)
		require.NoError(b, err)
		n += info.Size()
	}
	return n
}
