package load

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/proof/result"
)

// TestRequests checks that batches have six events, and no identifier occurs in two runs.
func TestRequests(t *testing.T) {
	all, err := recorded("../../../testdata/captures")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, salt := range []int{1, 2} {
		batches := requests(all, salt, 60)
		require.Len(t, batches, 10)
		for _, b := range batches {
			require.Equal(t, batchSize, b.Logs().LogRecordCount())
			for _, rec := range b.Logs().ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().All() {
				if id, found := rec.Attributes().Get("request_id"); found {
					require.False(t, seen[id.Str()], id.Str())
					seen[id.Str()] = true
				}
			}
		}
	}
	require.NotEmpty(t, seen)
}

// TestTable checks that ratios are of the same round, and latencies are those added.
func TestTable(t *testing.T) {
	var s result.Section
	bare := []sample{{perSecond: 100, latencies: []time.Duration{time.Millisecond}}, {perSecond: 50, latencies: []time.Duration{time.Millisecond}}}
	own := []sample{{perSecond: 50, latencies: []time.Duration{3 * time.Millisecond}}, {perSecond: 25, latencies: []time.Duration{3 * time.Millisecond}, rss: 7 << 20}}
	addStage(&s, "all", own, bare)
	require.Equal(t, [][]string{{"all", "38", "0.50", "3.00 ms", "3.00 ms", "2.00 ms", "2.00 ms", "7"}}, s.Rows)
}

func TestStages(t *testing.T) {
	require.Contains(t, stages[2].config, "processors:\n  cowork_event:\n  cowork_redaction:\n")
	require.Contains(t, stages[2].config, "processors: [cowork_event, cowork_redaction]")
}
