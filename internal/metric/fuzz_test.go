package metric

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// FuzzMetrics derives metrics from any OTLP.
func FuzzMetrics(f *testing.F) {
	files, err := filepath.Glob("../../testdata/captures/*/*_logs.*")
	require.NoError(f, err)
	require.NotEmpty(f, files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(data)
	}
	// One plan for all, so that an input takes the same way each time it is tried.
	plan := NewPlan(Settings{Dimensions: []string{"user", "organization", "department"}, MaxSeries: 50, GenAI: true})
	f.Fuzz(func(t *testing.T, data []byte) {
		req := plogotlp.NewExportRequest()
		if req.UnmarshalProto(data) != nil {
			req = plogotlp.NewExportRequest()
			if req.UnmarshalJSON(data) != nil {
				t.Skip("no OTLP")
			}
		}
		l := &ledger{plan.NewAccumulator(begin), plan.NewReader(), begin}
		l.add(req.Logs(), req.Logs())
		require.LessOrEqual(t, l.Len(), 50+len(l.plan.rows))
		for _, p := range l.all() {
			require.False(t, math.IsNaN(p.value) || math.IsInf(p.value, 0) || p.value < 0, p.name)
			for key, value := range p.labels {
				if text, ok := value.(string); ok {
					require.True(t, utf8.ValidString(text), key)
					require.LessOrEqual(t, len(text), MaxLabelBytes, key)
				}
			}
		}
	})
}
