package metric

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRequest(t *testing.T) {
	l := newLedger(who)
	l.add(request("req_1", nil), request("req_2", nil))
	points := l.all()
	require.Equal(t, []string{"cowork.events", "cowork.cost", "cowork.token.usage", "cowork.token.usage", "cowork.token.usage", "cowork.token.usage", "cowork.api.request.duration"}, names(points))
	cost := only(t, points, "cowork.cost", nil)
	require.Equal(t, map[string]any{"organization": "org", "user": "alice", "model": "claude-opus-5-5", "query_source": "sdk"}, cost.labels)
	require.InDelta(t, 0.030368, cost.value, 1e-15)
	require.Equal(t, begin+second, cost.start)
	require.Equal(t, begin+4*second, cost.end)
	require.EqualValues(t, 30000, only(t, points, "cowork.token.usage", map[string]any{"type": "cache_read"}).value)
	took := only(t, points, "cowork.api.request.duration", map[string]any{"outcome": "ok"})
	require.EqualValues(t, 2, took.count)
	require.InDelta(t, 1.8, took.value, 1e-12)
}
