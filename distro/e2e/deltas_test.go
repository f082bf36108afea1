package e2e

import (
	"io"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// costSample is the clients' own cost on the page for Prometheus.
var costSample = regexp.MustCompile(`(?m)^claude_code_cost_usage_USD_total\{.*\} (\S+)`)

// TestTwoProcessesOfOneSeries sends the deltas of two processes without session.id, whose
// clocks differ by half a minute or an hour. Half of the cost was dropped.
func TestTwoProcessesOfOneSeries(t *testing.T) {
	for name, skew := range map[string]time.Duration{"interleaved": 30 * time.Second, "wrong clock": time.Hour} {
		t.Run(name, func(t *testing.T) {
			address := freePorts(t, 1)[0]
			c := startWith(t, []string{"COWORK_PROMETHEUS=" + address}, "../examples/prometheus.yaml")
			begin := time.Now().Add(-10 * time.Minute)
			for i := range 5 {
				at := begin.Add(time.Duration(i) * time.Minute)
				for _, at := range []time.Time{at, at.Add(-skew)} {
					code, answer := c.post(t, request{signal: "metrics", contentType: "application/x-protobuf", body: costDelta(t, at)})
					require.Equal(t, http.StatusOK, code, answer)
				}
			}
			require.Eventually(t, func() bool {
				resp, err := http.Get("http://" + address + "/metrics")
				if err != nil {
					return false
				}
				defer resp.Body.Close()
				page, err := io.ReadAll(resp.Body)
				require.NoError(t, err)
				m := costSample.FindSubmatch(page)
				return m != nil && string(m[1]) == "10"
			}, waitLimit, 50*time.Millisecond, "10 USD were sent:\n%s", c.log)
		})
	}
}

// costDelta returns a request with one USD of a minute.
func costDelta(t *testing.T, begin time.Time) []byte {
	t.Helper()
	md := pmetric.NewMetrics()
	rm := md.ResourceMetrics().AppendEmpty()
	rm.Resource().Attributes().PutStr("service.name", "cowork")
	sm := rm.ScopeMetrics().AppendEmpty()
	sm.Scope().SetName("com.anthropic.claude_code")
	m := sm.Metrics().AppendEmpty()
	m.SetName("claude_code.cost.usage")
	m.SetUnit("USD")
	sum := m.SetEmptySum()
	sum.SetIsMonotonic(true)
	sum.SetAggregationTemporality(pmetric.AggregationTemporalityDelta)
	p := sum.DataPoints().AppendEmpty()
	p.Attributes().PutStr("user.account_uuid", "u1")
	p.SetDoubleValue(1)
	p.SetStartTimestamp(pcommon.NewTimestampFromTime(begin))
	p.SetTimestamp(pcommon.NewTimestampFromTime(begin.Add(time.Minute)))
	body, err := (&pmetric.ProtoMarshaler{}).MarshalMetrics(md)
	require.NoError(t, err)
	return body
}
