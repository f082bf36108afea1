package coworktracesconnector

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// FuzzSpans derives spans from any OTLP.
func FuzzSpans(f *testing.F) {
	files, err := filepath.Glob("../../testdata/captures/*/*_logs.*")
	require.NoError(f, err)
	require.NotEmpty(f, files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(data)
	}
	c := &tracesConnector{cfg: Config{Content: true}}
	f.Fuzz(func(t *testing.T, data []byte) {
		req := plogotlp.NewExportRequest()
		if req.UnmarshalProto(data) != nil {
			req = plogotlp.NewExportRequest()
			if req.UnmarshalJSON(data) != nil {
				t.Skip("no OTLP")
			}
		}
		checkSpans(t, c.spans(req.Logs(), newBatchCounts(), testNow))
	})
}
