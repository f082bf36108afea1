package e2e

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// longTexts are attributes of a tool_result that redaction scans but does not replace.
var longTexts = []string{"tool_input", "tool_parameters", "error"}

// longBatch returns events with long attributes.
func longBatch(events, size int) request {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	records := rl.ScopeLogs().AppendEmpty().LogRecords()
	for i := range events {
		m := records.AppendEmpty().Attributes()
		m.PutStr("event.name", "tool_result")
		m.PutStr("event.timestamp", time.Now().UTC().Format(time.RFC3339))
		m.PutInt("event.sequence", int64(i))
		m.PutStr("prompt.id", promptID(i))
		m.PutStr("session.id", promptID(0))
		m.PutStr("tool_name", "Bash")
		for _, key := range longTexts {
			m.PutStr(key, strings.Repeat("a line of \"plain\" words\n", size/24))
		}
	}
	body, _ := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
	return request{"long", "logs", contentTypes["pb"], body}
}

// TestKafkaTakesLargeBatches sends a full batch of a client, and records that are larger
// than a message. Both were dropped after the client got 200: a message is at most 1 MB.
func TestKafkaTakesLargeBatches(t *testing.T) {
	t.Parallel()
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, "cowork.logs", "cowork.metrics", "cowork.traces", "cowork.alerts"))
	require.NoError(t, err)
	t.Cleanup(cluster.Close)
	client, err := kgo.NewClient(kgo.SeedBrokers(cluster.ListenAddrs()...), kgo.ConsumeTopics("cowork.logs"))
	require.NoError(t, err)
	t.Cleanup(client.Close)
	c := startWith(t, []string{"KAFKA_BROKERS=" + cluster.ListenAddrs()[0]}, "../examples/kafka.yaml")
	full, long := batch(1, 0, 4000), longBatch(9, 120_000)
	require.Greater(t, len(full.body), 900_000)
	for _, r := range []request{full, long} {
		status, answer := c.post(t, r)
		require.Equal(t, http.StatusOK, status, answer)
	}
	names := map[string]map[string]bool{"api_request": {}, "tool_result": {}}
	arrived := func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		client.PollFetches(ctx).EachRecord(func(r *kgo.Record) {
			ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(r.Value)
			require.NoError(t, err)
			for e := range cowork.Events(ld) {
				names[e.Name()][e.PromptID()] = true
			}
		})
		return len(names["api_request"]) == 4000 && len(names["tool_result"]) == 9
	}
	require.Eventually(t, arrived, waitLimit, 50*time.Millisecond, "%s", c.log)
}
