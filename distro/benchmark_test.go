package distro

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/redactionprocessor"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// contribPatterns lists regular expressions for the patterns of cowork_redaction, as an
// administrator would write them for the contrib redaction processor. They verify no
// checksums, read JSON as plain text and skip nested values.
const contribPatterns = `
redaction:
  allow_all_keys: true
  blocked_key_patterns: ['^(prompt|prompt_text|user_prompt|response)$']
  blocked_values:
    - '-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----'
    - '\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\b'
    - '[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s:@]+@'
    - '(?i)(password|passwd|secret|token|api[_-]?key)["'']?\s*[:=]\s*["'']?[^\s"'',;]{8,}'
    - '(?i)\bauthorization:\s*(bearer|basic|token)\s+[A-Za-z0-9._~+/=-]{8,}'
    - '\b(sk-|bai_|api_)[A-Za-z0-9_-]{16,}\b'
    - '\b(AKIA|ASIA)[0-9A-Z]{16}\b'
    - '\bgh[pousr]_[A-Za-z0-9]{36}\b'
    - '\bxox[abprs]-[A-Za-z0-9-]{10,}\b'
    - '\bAIza[0-9A-Za-z_-]{35}\b'
    - '\b(?:\d[ -]?){12,18}\d\b'
    - '\b\d{3}-\d{2}-\d{4}\b'
    - '\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b'
    - '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}'
    - '(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}\b'
    - '\+\d{1,3}[ .-]?\d{1,4}(?:[ .-]?\d{2,4}){2,4}\b'
    - '\b(?:\d{1,3}\.){3}\d{1,3}\b'
    - '\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\b'
`

// BenchmarkPipeline sends the recorded logs through cowork_event and cowork_redaction,
// and through the contrib redaction processor with regular expressions for the same
// patterns. Compare records/s within one run.
func BenchmarkPipeline(b *testing.B) {
	batch := recordedLogs(b)
	pipelines := []struct {
		name     string
		settings string
		with     []processor.Factory
	}{
		{"cowork", "", []processor.Factory{coworkeventprocessor.NewFactory(), coworkredactionprocessor.NewFactory()}},
		{"cowork_redaction alone", "", []processor.Factory{coworkredactionprocessor.NewFactory()}},
		{"contrib", contribPatterns, []processor.Factory{redactionprocessor.NewFactory()}},
	}
	for _, p := range pipelines {
		b.Run(p.name, func(b *testing.B) {
			var next consumer.Logs = consumertest.NewNop()
			for _, factory := range slices.Backward(p.with) {
				next = newLogs(b, factory, p.settings, next)
			}
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				ld := plog.NewLogs() // redaction changes a batch, so each iteration needs a copy
				batch.CopyTo(ld)
				b.StartTimer()
				require.NoError(b, next.ConsumeLogs(context.Background(), ld))
			}
			b.ReportMetric(float64(batch.LogRecordCount()*b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

func newLogs(b *testing.B, factory processor.Factory, settings string, next consumer.Logs) consumer.Logs {
	b.Helper()
	retrieved, err := confmap.NewRetrievedFromYAML([]byte(settings))
	require.NoError(b, err)
	conf, err := retrieved.AsConf()
	require.NoError(b, err)
	own, err := conf.Sub(factory.Type().String())
	require.NoError(b, err)
	cfg := factory.CreateDefaultConfig()
	require.NoError(b, own.Unmarshal(cfg))
	p, err := factory.CreateLogs(b.Context(), processortest.NewNopSettings(factory.Type()), cfg, next)
	require.NoError(b, err)
	require.NoError(b, p.Start(b.Context(), componenttest.NewNopHost()))
	return p
}

// recordedLogs returns all log records of the captures in one batch.
func recordedLogs(b *testing.B) plog.Logs {
	b.Helper()
	files, err := filepath.Glob("../testdata/captures/*/*_logs.*")
	require.NoError(b, err)
	all := plog.NewLogs()
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(b, err)
		req := plogotlp.NewExportRequest()
		if strings.HasSuffix(file, ".json") {
			require.NoError(b, req.UnmarshalJSON(body))
		} else {
			require.NoError(b, req.UnmarshalProto(body))
		}
		req.Logs().ResourceLogs().MoveAndAppendTo(all.ResourceLogs())
	}
	require.NotZero(b, all.LogRecordCount())
	return all
}
