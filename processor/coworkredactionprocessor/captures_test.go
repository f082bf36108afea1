package coworkredactionprocessor

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// TestCaptures checks that the schema knows every attribute with a long text that real
// clients send, and that no text of the recorded prompts is left.
func TestCaptures(t *testing.T) {
	files, err := filepath.Glob("../../testdata/captures*/*/*_v1_*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	prompts := []string{"Look at @customers.csv please", "run a workflow ultracode", "<task-notification>"}
	replaced := map[string]int64{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		r := redactorOf(t, defaults)
		var out []byte
		switch {
		case strings.HasSuffix(file, "_logs.json"):
			req := plogotlp.NewExportRequest()
			require.NoError(t, req.UnmarshalJSON(body))
			r.redactBatch(func(r *redactor) { redactLogs(r, req.Logs()) })
			out, err = req.MarshalJSON()
		case strings.HasSuffix(file, "_traces.json"):
			req := ptraceotlp.NewExportRequest()
			require.NoError(t, req.UnmarshalJSON(body))
			r.redactBatch(func(r *redactor) { redactTraces(r, req.Traces()) })
			out, err = req.MarshalJSON()
		default:
			req := pmetricotlp.NewExportRequest()
			require.NoError(t, req.UnmarshalJSON(body))
			r.redactBatch(func(r *redactor) { redactMetrics(r, req.Metrics()) })
			out, err = req.MarshalJSON()
		}
		require.NoError(t, err)
		for _, prompt := range prompts {
			require.NotContains(t, string(out), prompt, file)
		}
		for f, n := range r.counters.findings {
			replaced[f.pattern] += n
			require.NotEqual(t, "unknown_content", f.pattern, "%s: %s", file, f.attribute)
			if f.pattern == "prompt_repeat" {
				t.Logf("%s: %s of %s repeats a prompt %d times", file, f.attribute, f.kind, n)
			}
		}
	}
	require.Positive(t, replaced["prompt"])
	require.Positive(t, replaced["response"])
	require.Positive(t, replaced["api_body"])
}
