package e2e

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// smallBounds lowers the bounds that 20,000 distinct values would not reach.
const smallBounds = `
processors:
  cowork_correlation: {max_prompts: 2000}
connectors:
  cowork_metrics: {max_series: 5000}
  cowork_rules:
    max_groups: 1000
    max_active: 100
    rules:
      - {name: by_user, events: [api_request], severity: info, group_by: [user], window: 1h, count: {above: 0}}
      - {name: by_prompt, events: [tool_result], severity: info, group_by: [tool, connector], window: 1h, count: {above: 0}}
      - {name: models, events: [api_request], severity: info, window: 1h, distinct: {attribute: model, above: 4000}}
exporters:
  cowork_dashboard: {max_users: 1000, max_names: 500, max_alerts: 200, max_pending: 20000, retention: {prompts: 1000}}
`

// letters returns a number as letters, which redaction does not take for an identifier.
func letters(n int) string {
	return string([]byte{'a' + byte(n%26), 'a' + byte(n/26%26), 'a' + byte(n/676%26), 'a' + byte(n/17576%26)})
}

// distinct returns a batch of requests and tool calls of which every one has its own user,
// organization, session, prompt, model, tool, connector, version and unknown attribute.
func distinct(t *testing.T, from, n int) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	now := time.Now()
	for i := from; i < from+n; i++ {
		rl := ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr("service.name", "cowork")
		rl.Resource().Attributes().PutStr("service.version", fmt.Sprintf("2.%d.%d", i%50, i/50))
		sl := rl.ScopeLogs().AppendEmpty()
		sl.Scope().SetName("com.anthropic.claude_code.events")
		for j, name := range []string{"user_prompt", "api_request", "tool_result"} {
			rec := sl.LogRecords().AppendEmpty()
			rec.SetTimestamp(pcommon.NewTimestampFromTime(now))
			rec.Body().SetStr("claude_code." + name)
			require.NoError(t, rec.Attributes().FromRaw(map[string]any{
				"event.name": name, "event.sequence": j, "event.timestamp": now.UTC().Format(time.RFC3339Nano),
				"user.account_uuid": fmt.Sprintf("00000000-0000-4000-8000-%012x", i),
				"organization.id":   fmt.Sprintf("00000001-0000-4000-8000-%012x", i),
				"session.id":        fmt.Sprintf("00000002-0000-4000-8000-%012x", i),
				"prompt.id":         fmt.Sprintf("00000003-0000-4000-8000-%012x", i),
				"model":             "model-" + letters(i), "tool_name": "Tool" + letters(i), "mcp_server.name": "server" + letters(i),
				"unknown_" + letters(i): strings.Repeat("word ", 60), "prompt": "hello", "success": true,
				"cost_usd": 0.01, "input_tokens": 10, "output_tokens": 10, "duration_ms": 100,
			}))
		}
	}
	return ld
}

// TestNetworkLabels sends 20,000 distinct values of each label, or 100,000 with
// COWORK_LONG. The second half needs neither more memory nor more disk than the first, and
// the counter of each bound has moved.
func TestNetworkLabels(t *testing.T) {
	n := 20_000
	if os.Getenv("COWORK_LONG") != "" {
		n = 100_000
	}
	overlay := filepath.Join(t.TempDir(), "bounds.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(smallBounds), 0o600))
	p := startPage(t, overlay)
	const batch = 500
	send := func(from, to int) {
		for ; from < to; from += batch {
			p.sendEvents(t, &p.sum, distinct(t, from, batch))
		}
		p.awaitIdle(t)
	}
	send(0, n/2)
	memory, disk := p.residentMiB(t), p.diskBytes(t)
	send(n/2, n)
	p.requireFlat(t, memory)
	t.Logf("state on disk: %d KiB after half, %d KiB at the end", disk>>10, p.diskBytes(t)>>10)
	require.Less(t, p.diskBytes(t), 2*disk, "the state on disk grew with the values")

	require.EventuallyWithT(t, func(t *assert.CollectT) { // some are counted when their component emits
		counters := p.counters(t)
		for _, want := range bounds {
			assert.True(t, slices.ContainsFunc(keys(counters), func(name string) bool {
				return strings.HasPrefix(name, want[0]) && strings.Contains(name, want[1]) && counters[name] > 0
			}), "%s %s has not moved", want[0], want[1])
		}
	}, waitLimit, time.Second)
}

// bounds are the counters of the bounds that distinct values reach, with a label of each.
var bounds = [][2]string{
	{"otelcol_connector_cowork_metrics_overflow", "cowork.cost"},
	{"otelcol_exporter_cowork_dashboard_overflow", "user"},
	{"otelcol_exporter_cowork_dashboard_overflow", "model"},
	{"otelcol_exporter_cowork_dashboard_overflow", "tool"},
	{"otelcol_exporter_cowork_dashboard_dropped", "prompt"},
	{"otelcol_processor_cowork_correlation_closed", "evicted"},
	{"otelcol_connector_cowork_rules_evicted", ""},
	{"otelcol_connector_cowork_rules_saturated", ""},
	{"otelcol_connector_cowork_rules_alerts_suppressed", ""},
	{"otelcol_processor_cowork_redaction_findings", `attribute="other"`},
	{"otelcol_processor_cowork_event_events", `client_version="other"`},
}

func keys(m map[string]float64) []string { return slices.Collect(maps.Keys(m)) }

// diskBytes returns the size of the page's database and of the state of the components.
func (c *collector) diskBytes(t *testing.T) (n int64) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(c.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".json" {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	}))
	return n
}
