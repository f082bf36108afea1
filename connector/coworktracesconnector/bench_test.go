package coworktracesconnector

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// BenchmarkSpans derives spans from the recorded logs. records/s includes records without
// a span.
func BenchmarkSpans(b *testing.B) {
	files, err := filepath.Glob("../../testdata/captures/*/*_logs.json")
	require.NoError(b, err)
	batch := plog.NewLogs()
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(b, err)
		req := plogotlp.NewExportRequest()
		require.NoError(b, req.UnmarshalJSON(data))
		req.Logs().ResourceLogs().MoveAndAppendTo(batch.ResourceLogs())
	}
	c := &tracesConnector{cfg: *createDefaultConfig().(*Config)}
	n := c.spans(batch, newBatchCounts(), testNow).SpanCount()
	require.NotZero(b, n)
	b.ReportAllocs()
	for b.Loop() {
		c.spans(batch, newBatchCounts(), testNow)
	}
	b.ReportMetric(float64(b.N*batch.LogRecordCount())/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "spans/s")
}
