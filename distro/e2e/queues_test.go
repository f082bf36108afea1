package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/cowork"
)

// networkExporters maps the types of exporters that send to a peer to the largest
// batch in bytes that an example may send with them. Bytes are those of protobuf.
var networkExporters = map[string]int{"otlp_http": 4_000_000, "kafka": 900_000, "load_balancing": 4_000_000, "googlecloud": 4_000_000, "cowork_alert": 0}

// A queueConfig is the part of an exporter's configuration that decides what an outage
// of its peer loses.
type queueConfig struct {
	Queue struct {
		Storage, Sizer string
		Size           int `yaml:"queue_size"`
		Batch          struct {
			MinSize *int `yaml:"min_size"`
			MaxSize int  `yaml:"max_size"`
		}
	} `yaml:"sending_queue"`
	Retry struct {
		Enabled        bool
		MaxElapsedTime *time.Duration `yaml:"max_elapsed_time"`
	} `yaml:"retry_on_failure"`
}

// TestExamplesSurviveOutages checks the exporters of every example. They gave up after
// five minutes, and their queues had 1,000 places, which held 2 MB.
func TestExamplesSurviveOutages(t *testing.T) {
	files, err := filepath.Glob("../examples/*.yaml")
	require.NoError(t, err)
	checked := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var config struct{ Exporters map[string]yaml.Node }
		require.NoError(t, yaml.Unmarshal(referenced.ReplaceAll(text, []byte("$1")), &config))
		for id, node := range config.Exporters {
			kind, _, _ := strings.Cut(id, "/")
			limit, ok := networkExporters[kind]
			if !ok {
				continue
			}
			var c queueConfig
			require.NoError(t, node.Decode(&c))
			where := filepath.Base(file) + ": " + id
			require.Equal(t, "file_storage", c.Queue.Storage, where)
			require.Equal(t, "bytes", c.Queue.Sizer, where)
			require.GreaterOrEqual(t, c.Queue.Size, 64<<20, where)
			if kind != "cowork_alert" { // retries without limit, and sends small batches
				require.NotNil(t, c.Queue.Batch.MinSize, where)
				require.Zero(t, *c.Queue.Batch.MinSize, "%s: a refused batch costs one client's batch", where)
				require.Positive(t, c.Queue.Batch.MaxSize, where)
				require.LessOrEqual(t, c.Queue.Batch.MaxSize, limit, where)
				require.NotNil(t, c.Retry.MaxElapsedTime, where)
				if kind == "googlecloud" { // a batch with an internal error each time would be kept forever
					require.GreaterOrEqual(t, *c.Retry.MaxElapsedTime, 24*time.Hour, where)
				} else {
					require.Zero(t, *c.Retry.MaxElapsedTime, where)
				}
			}
			if kind == "load_balancing" {
				require.True(t, c.Retry.Enabled, "%s: retries are off by default", where)
			}
			checked++
		}
	}
	require.GreaterOrEqual(t, checked, 24)
}

// TestOutage sends more batches than the old queue had places while the backend is
// unavailable, and kills the collector meanwhile. Every event arrives.
func TestOutage(t *testing.T) {
	t.Parallel()
	const batches, size = 1200, 2
	end := newBackend(t)
	end.answer(http.StatusServiceUnavailable)
	c := newCollector(t)
	env := []string{"OTLP_ENDPOINT=" + end.URL}
	files := []string{"../examples/otlp-backend.yaml", quickRetries(t)}
	c.run(t, env, files...)
	send := func(from, to int) {
		for i := from; i < to; i += size {
			status, answer := c.post(t, batch(1, i, i+size))
			require.Equal(t, http.StatusOK, status, answer)
		}
	}
	send(0, batches*size/2)
	c.kill()
	c.run(t, env, files...)
	send(batches*size/2, batches*size)
	end.answer(http.StatusOK)
	require.Eventually(t, func() bool { return len(promptsOf(t, end)) == batches*size }, waitLimit, 50*time.Millisecond, "%s", c.log)
}

// quickRetries writes a configuration that shortens the time between retries.
func quickRetries(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "retries.yaml")
	require.NoError(t, os.WriteFile(file, []byte("exporters: {otlp_http/backend: {retry_on_failure: {initial_interval: 50ms, max_interval: 200ms}}}\n"), 0o600))
	return file
}

// promptsOf returns how often the backend received an event of each prompt.
func promptsOf(t *testing.T, b *backend) map[string]int {
	t.Helper()
	prompts := map[string]int{}
	for _, body := range b.received("logs") {
		ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(body)
		require.NoError(t, err)
		for e := range cowork.Events(ld) {
			prompts[e.PromptID()]++
		}
	}
	return prompts
}

// TestExpiredKey sends events while the backend does not accept the key. They were dropped;
// now they wait in the queue until the key is valid.
func TestExpiredKey(t *testing.T) {
	t.Parallel()
	end := newBackend(t)
	end.answer(http.StatusUnauthorized)
	c := startWith(t, []string{"OTLP_ENDPOINT=" + end.URL}, "../examples/otlp-backend.yaml", quickRetries(t))
	for i := range 20 {
		status, answer := c.post(t, batch(1, i, i+1))
		require.Equal(t, http.StatusOK, status, answer)
	}
	require.Eventually(t, func() bool { return end.refusals.Load() >= 20 }, waitLimit, 50*time.Millisecond, "%s", c.log)
	end.answer(http.StatusOK)
	require.Eventually(t, func() bool { return len(promptsOf(t, end)) == 20 }, waitLimit, 50*time.Millisecond, "%s", c.log)
}
