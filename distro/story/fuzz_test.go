package story

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// FuzzPipeline sends any input that decodes as OTLP through the processors: nothing
// panics, no record is lost, and cleaning a second time changes nothing.
func FuzzPipeline(f *testing.F) {
	files, err := filepath.Glob("../../testdata/captures/*/*_logs.*")
	require.NoError(f, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		req := plogotlp.NewExportRequest()
		if req.UnmarshalProto(data) != nil {
			req = plogotlp.NewExportRequest()
			if req.UnmarshalJSON(data) != nil {
				t.Skip("not OTLP")
			}
		}
		n := req.Logs().LogRecordCount()
		once := cleaned(t, req.Logs(), false)
		require.Equal(t, n, once.LogRecordCount())
		first := marshal(t, once)
		require.Equal(t, first, marshal(t, cleaned(t, once, true)))
	})
}

// cleaned passes a batch through cowork_event and cowork_redaction, which change it in
// place. With trustMarks it does so as a second collector.
func cleaned(t *testing.T, ld plog.Logs, trustMarks bool) plog.Logs {
	t.Helper()
	settings := confmap.NewFromStringMap(map[string]any{"cowork_event": map[string]any{"trust_marks": trustMarks}})
	p := &pipeline{storyRun: &storyRun{settings: settings, storage: statefultest.NewDisk()}, head: consumertest.NewNop()}
	p.cleaners(t)
	require.NoError(t, p.head.ConsumeLogs(t.Context(), ld))
	p.stop(t)
	return ld
}

func marshal(t *testing.T, ld plog.Logs) string {
	t.Helper()
	data, err := (&plog.JSONMarshaler{}).MarshalLogs(ld)
	require.NoError(t, err)
	return string(data)
}
