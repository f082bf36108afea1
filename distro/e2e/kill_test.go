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

	"github.com/cowork-otel/collector/internal/cowork"
)

// open is the number of open prompts when the collector is killed.
const open = 1000

// TestKill kills a collector with a thousand open prompts. The next one closes every
// prompt of the last checkpoint once, with the sums of the checkpoint.
func TestKill(t *testing.T) {
	t.Parallel()
	end := newBackend(t)
	k := killing{T: t, dir: t.TempDir(), end: end}
	c := k.start("1h")
	for round := range 2 {
		k.send(c, round, 0, open)
	}
	k.checkpointed(c)
	go func() { // until the collector has ended
		for at := 0; at < open && k.trySend(c, 2, at, at+10); at += 10 {
		}
	}()
	require.Eventually(t, func() bool { return len(k.records("api_error")) > 100 }, waitLimit, 5*time.Millisecond)
	c.kill()
	require.Empty(t, k.records("prompt_summary"))

	c = k.start("1s")
	require.Eventually(t, func() bool { return len(k.records("prompt_summary")) >= open+markers }, waitLimit, 50*time.Millisecond, "%s", c.log)
	c.stop()
	k.checkSums()

	c = k.start("1s")
	k.send(c, 2, open-1, open) // was not sent or not counted before
	k.send(c, 3, 0, 1)
	c.stop()
	summaries := k.records("prompt_summary")
	late := summaries[open+markers:]
	for _, e := range late {
		require.Equal(t, int64(1), number(t, e, "cowork.prompt.part"))
		require.Equal(t, int64(1), number(t, e, "cowork.prompt.event_count"))
	}
	require.NotEmpty(t, late)
	require.LessOrEqual(t, len(late), 2, "nothing else is sent again")
}

// A killing is a test with a backend and a storage that its collectors share.
type killing struct {
	*testing.T
	dir string
	end *backend
}

func (k killing) start(idle string) *collector {
	file := filepath.Join(k.TempDir(), "config.yaml")
	require.NoError(k, os.WriteFile(file, []byte(`
receivers:
  otlp: {protocols: {http: {endpoint: "${env:COWORK_OTLP_HTTP}"}}}
processors:
  cowork_event:
  cowork_redaction:
  cowork_correlation: {idle_timeout: `+idle+`, storage: file_storage, checkpoint_interval: 100ms}
exporters:
  otlp_http: {endpoint: "`+k.end.URL+`", encoding: json, compression: none, sending_queue: {enabled: false}}
extensions:
  health_check: {endpoint: "${env:COWORK_HEALTH}"}
  file_storage: {directory: "`+k.dir+`"}
service:
  extensions: [health_check, file_storage]
  pipelines:
    logs: {receivers: [otlp], processors: [cowork_event, cowork_redaction, cowork_correlation], exporters: [otlp_http]}
  telemetry: {metrics: {level: none}}
`), 0o600))
	return start(k.T, file)
}

// rounds lists the events of each prompt, in order.
var rounds = []string{"user_prompt", "api_request", "api_error", "tool_result"}

// batch returns an event for each of some prompts.
func batch(round, from, to int) request {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	records := rl.ScopeLogs().AppendEmpty().LogRecords()
	for i := from; i < to; i++ {
		m := records.AppendEmpty().Attributes()
		m.PutStr("event.name", rounds[round])
		m.PutStr("event.timestamp", time.Date(2026, 11, 21, 12, 0, round, 0, time.UTC).Format(time.RFC3339))
		m.PutInt("event.sequence", int64(round))
		m.PutStr("prompt.id", promptID(i))
		m.PutStr("session.id", promptID(i%10))
		m.PutInt("cost_usd_micros", costOf(i))
		if rounds[round] == "api_request" { // those of a user_prompt would count too
			m.PutInt("input_tokens", int64(i))
		}
		m.PutStr("model", "claude-opus-5-5")
	}
	body, _ := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
	return request{"batch", "logs", contentTypes["pb"], body}
}

func promptID(i int) string { return fmt.Sprintf("3f2504e0-4f89-41d3-9a0c-%012x", 0xabc000+i) }

func costOf(i int) int64 { return int64(1000 + i) }

// send sends an event for each of some prompts.
func (k killing) send(c *collector, round, from, to int) {
	status, answer := c.post(k.T, batch(round, from, to))
	require.Equal(k, http.StatusOK, status, answer)
}

// trySend is send to a collector that may have ended.
func (k killing) trySend(c *collector, round, from, to int) bool {
	r := batch(round, from, to)
	resp, err := http.Post("http://"+c.http+"/v1/logs", r.contentType, bytes.NewReader(r.body))
	if err != nil {
		return false
	}
	return resp.Body.Close() == nil
}

const markers = 2

// checkpointed waits until everything that was sent is stored: events before the first
// marker are in a transaction that ended before the second marker's began.
func (k killing) checkpointed(c *collector) {
	for i := range markers {
		k.send(c, 1, open+i, open+i+1)
		marker := []byte(promptID(open + i))
		require.Eventually(k, func() bool {
			files, err := filepath.Glob(filepath.Join(k.dir, "*"))
			require.NoError(k, err)
			for _, file := range files {
				if data, err := os.ReadFile(file); err == nil && bytes.Contains(data, marker) {
					return true
				}
			}
			return false
		}, waitLimit, 20*time.Millisecond, "no checkpoint:\n%s", c.log)
	}
}

// records returns the received events of a kind.
func (k killing) records(kind string) (found []cowork.Event) {
	for _, body := range k.end.received("logs") {
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(body)
		require.NoError(k, err)
		for e := range cowork.Events(ld) {
			if e.Name() == kind {
				found = append(found, e)
			}
		}
	}
	return found
}

// checkSums compares each summary with the sent events: all events of the checkpoint,
// and each later event completely or not at all.
func (k killing) checkSums() {
	seen := map[string]bool{}
	for _, e := range k.records("prompt_summary") {
		require.False(k, seen[e.PromptID()], "%s is summarised twice", e.PromptID())
		seen[e.PromptID()] = true
	}
	byID := map[string]cowork.Event{}
	for _, e := range k.records("prompt_summary") {
		byID[e.PromptID()] = e
	}
	require.Len(k, byID, open+markers)
	for i := range open {
		e, ok := byID[promptID(i)]
		require.True(k, ok, "%s is lost", promptID(i))
		require.Equal(k, int64(0), number(k, e, "cowork.prompt.part"))
		require.Equal(k, int64(1), number(k, e, "cowork.prompt.api_request_count"))
		require.Equal(k, int64(i), number(k, e, "cowork.prompt.input_tokens"))
		usd, _ := e.Float("cowork.prompt.cost_usd")
		require.InDelta(k, float64(costOf(i))/1e6, usd, 1e-12)
		late := number(k, e, "cowork.prompt.api_error_count")
		require.Contains(k, []int64{0, 1}, late)
		require.Equal(k, 2+late, number(k, e, "cowork.prompt.event_count"))
	}
}

func number(t require.TestingT, e cowork.Event, key string) int64 {
	n, ok := e.Int(key)
	require.True(t, ok, key)
	return n
}
