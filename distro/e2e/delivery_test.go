package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
)

// TestRefusedBatchCountsOnce lets one exporter refuse a batch, which its sender repeats. It
// was counted each time by metrics, summaries and traces.
func TestRefusedBatchCountsOnce(t *testing.T) {
	t.Parallel()
	end := newBackend(t)
	file := filepath.Join(t.TempDir(), "refusing.yaml")
	require.NoError(t, os.WriteFile(file, []byte(`
exporters:
  otlp_http: {endpoint: "`+end.URL+`", encoding: json, compression: none, sending_queue: {enabled: false}, retry_on_failure: {enabled: false}}
service: {pipelines: {logs/backend: {receivers: [forward], exporters: [otlp_http]}}}
`), 0o600))
	c := start(t, "default:", file)
	const prompts = 20
	for _, status := range []int{http.StatusServiceUnavailable, http.StatusServiceUnavailable, http.StatusOK, http.StatusOK} {
		end.answer(status)
		got, answer := c.post(t, batch(1, 0, prompts))
		require.Equal(t, status, got, answer)
	}
	c.stop()

	requests, marked, tokens := 0, 0, int64(0)
	for e := range eventsOf(t, end.received("logs")) {
		switch e.Name() {
		case "api_request":
			requests++
			if e.Redelivered() {
				marked++
			}
		case "prompt_summary":
			require.Equal(t, int64(1), number(t, e, "cowork.prompt.event_count"))
			tokens += number(t, e, "cowork.prompt.input_tokens")
		}
	}
	require.Equal(t, prompts, requests, "the exporter that refused has the batch once")
	require.Equal(t, prompts, marked)
	want := int64(prompts * (prompts - 1) / 2)
	require.Equal(t, want, tokens, "the summaries")
	require.Equal(t, want, inputTokens(t, c.lines(t, "metrics")), "the metrics")
	spans := 0
	for _, line := range c.lines(t, "traces") {
		td, err := (&ptrace.JSONUnmarshaler{}).UnmarshalTraces(line)
		require.NoError(t, err)
		spans += td.SpanCount()
	}
	require.Equal(t, 2*prompts, spans, "a request and a root for each prompt")
}

// eventsOf returns the events of batches.
func eventsOf(t *testing.T, bodies [][]byte) func(func(cowork.Event) bool) {
	t.Helper()
	return func(yield func(cowork.Event) bool) {
		for _, body := range bodies {
			ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(body)
			require.NoError(t, err)
			for e := range cowork.Events(ld) {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// inputTokens returns the sum of the deltas of input tokens.
func inputTokens(t *testing.T, lines [][]byte) (n int64) {
	t.Helper()
	for _, line := range lines {
		md, err := (&pmetric.JSONUnmarshaler{}).UnmarshalMetrics(line)
		require.NoError(t, err)
		for _, rm := range md.ResourceMetrics().All() {
			for _, m := range rm.ScopeMetrics().At(0).Metrics().All() {
				if m.Name() != "cowork.token.usage" {
					continue
				}
				for _, p := range m.Sum().DataPoints().All() {
					if kind, _ := p.Attributes().Get("type"); kind.Str() == "input" {
						n += p.IntValue()
					}
				}
			}
		}
	}
	return n
}

// TestKilledInFlight kills the collector while a batch is on its way to a backend, after a
// checkpoint that has its prompts. The sender repeats the batch. It was answered with 200 and
// dropped as a duplicate.
func TestKilledInFlight(t *testing.T) {
	t.Parallel()
	k := killing{T: t, dir: t.TempDir(), end: newBackend(t)}
	c := k.start("1h")
	k.send(c, 1, 0, 10)
	release := k.end.pause()
	t.Cleanup(func() { release() })
	go k.trySend(c, 1, 10, 30)
	marker := []byte(promptID(29))
	require.Eventually(t, func() bool {
		files, err := filepath.Glob(filepath.Join(k.dir, "*"))
		require.NoError(t, err)
		for _, file := range files {
			if data, err := os.ReadFile(file); err == nil && bytes.Contains(data, marker) {
				return true
			}
		}
		return false
	}, waitLimit, 20*time.Millisecond, "no checkpoint:\n%s", c.log)
	c.kill()
	k.end.answer(http.StatusServiceUnavailable) // the request that was waiting is not stored
	release()
	release = func() {}
	require.Eventually(t, func() bool { return k.end.waiting() == 0 }, waitLimit, 5*time.Millisecond)
	k.end.answer(http.StatusOK)

	c = k.start("1h")
	k.send(c, 1, 10, 30) // again
	k.send(c, 1, 10, 30) // was delivered
	c.stop()
	got := map[string]int{}
	for _, e := range k.records("api_request") {
		got[e.PromptID()]++
	}
	for i := range 30 {
		require.Equal(t, 1, got[promptID(i)], fmt.Sprint("prompt ", i))
	}
	require.Len(t, k.records("prompt_summary"), 30)
	for _, e := range k.records("prompt_summary") {
		require.Equal(t, int64(1), number(t, e, "cowork.prompt.event_count"))
	}
}
