package metric

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

var prompted = event("user_prompt", attrs{"user.account_uuid": "alice"})

func prompts(t *testing.T, points []shown) shown {
	t.Helper()
	return only(t, points, "cowork.prompts", nil)
}

// TestCumulative checks that a series begins with the value 0, then has its sum, and
// keeps its start time.
func TestCumulative(t *testing.T) {
	l := newLedger(Settings{})
	l.add(prompted)
	first := prompts(t, l.take())
	require.Zero(t, first.value)
	require.Equal(t, begin+second, first.start)
	for want := 1.0; want < 4; want++ {
		p := prompts(t, l.take())
		require.InDelta(t, want, p.value, 0)
		require.Equal(t, first.start, p.start)
		require.Equal(t, l.now, p.end)
		l.add(prompted)
	}
	for range 2 * maxIdle {
		l.take()
	}
	require.EqualValues(t, 4, prompts(t, l.take()).value, "an idle series is kept")
}

// TestCumulativeHistogram checks that histograms begin with 0 too.
func TestCumulativeHistogram(t *testing.T) {
	for _, exponential := range []bool{false, true} {
		l := newLedger(Settings{Exponential: exponential})
		l.add(request("req_1", nil))
		first := only(t, l.take(), "cowork.api.request.duration", nil)
		require.Zero(t, first.count)
		require.Zero(t, first.value)
		require.EqualValues(t, 1, only(t, l.take(), "cowork.api.request.duration", nil).count)
	}
}

// TestDelta checks that points have the changes and are contiguous.
func TestDelta(t *testing.T) {
	l := newLedger(Settings{Delta: true})
	l.add(prompted, prompted)
	p := prompts(t, l.take())
	require.EqualValues(t, 2, p.value)
	require.Equal(t, begin, p.start)
	require.Empty(t, l.take(), "nothing is new")
	between := l.now
	l.add(prompted)
	p = prompts(t, l.take())
	require.EqualValues(t, 1, p.value)
	require.Equal(t, between, p.start)
	require.Equal(t, l.now, p.end)
}

// TestDeltaIdle checks that an idle series is dropped, and that a later value begins a
// new one.
func TestDeltaIdle(t *testing.T) {
	l := newLedger(Settings{Delta: true})
	l.add(prompted)
	for range maxIdle + 1 {
		l.take()
		require.NotZero(t, l.Len())
	}
	l.take()
	require.Zero(t, l.Len())
	for range 3 {
		l.add(prompted)
		for range maxIdle {
			l.take()
		}
		require.NotZero(t, l.Len(), "a series with rare values is kept")
	}
	for range maxIdle {
		l.take()
	}
	require.Zero(t, l.Len())
	l.add(prompted)
	require.EqualValues(t, 1, prompts(t, l.take()).value)
}

// TestPutBack checks that the next snapshot includes what was not delivered.
func TestPutBack(t *testing.T) {
	for _, exponential := range []bool{false, true} {
		l := newLedger(Settings{Delta: true, Exponential: exponential})
		l.add(prompted, request("req_1", nil))
		s := l.Take(l.now)
		l.add(prompted, request("req_2", attrs{"duration_ms": 20000}))
		l.PutBack(s)
		points := l.take()
		require.EqualValues(t, 2, prompts(t, points).value)
		require.Equal(t, begin, prompts(t, points).start)
		took := only(t, points, "cowork.api.request.duration", nil)
		require.EqualValues(t, 2, took.count)
		require.InDelta(t, 20.9, took.value, 1e-9)
	}
}

// TestPutBackCumulative checks that a series is announced again if its first point was
// not delivered.
func TestPutBackCumulative(t *testing.T) {
	l := newLedger(Settings{})
	l.add(prompted)
	s := l.Take(l.now)
	require.True(t, s.Incomplete())
	l.PutBack(s)
	require.Zero(t, prompts(t, l.take()).value)
	s = l.Take(l.now + second)
	require.False(t, s.Incomplete())
	l.PutBack(s)
	require.EqualValues(t, 1, prompts(t, show(l.Take(l.now+2*second))).value)
}

// TestClock checks that points are in order although the clock is not.
func TestClock(t *testing.T) {
	for _, delta := range []bool{false, true} {
		l := newLedger(Settings{Delta: delta})
		last := begin
		for _, now := range []pcommon.Timestamp{begin + 60*second, begin - 60*second, 0, begin + 30*second, begin + 90*second} {
			l.now = now
			l.add(prompted)
			p := prompts(t, show(l.Take(now)))
			require.Less(t, p.start, p.end)
			require.Greater(t, p.end, last)
			last = p.end
		}
	}
}

// TestOrder checks that points are ordered, by metric first.
func TestOrder(t *testing.T) {
	of := func(users ...string) []shown {
		l := newLedger(Settings{Dimensions: []string{"user"}, MaxSeries: 12})
		for _, user := range users {
			l.add(request("", attrs{"user.account_uuid": user}))
		}
		return l.all()
	}
	points := of("bob", "alice", "carol")
	require.Equal(t, points, of("bob", "alice", "carol"))
	seen := map[string]string{}
	for i, p := range points {
		user, _ := p.labels["user"].(string)
		if i > 0 && points[i-1].name != p.name {
			require.NotContains(t, seen, p.name, "the points of a metric are adjacent")
		}
		if p.labels["type"] == nil && user != "" {
			require.Less(t, seen[p.name], user, p.name)
		}
		seen[p.name] = user
	}
	require.Equal(t, true, points[len(points)-1].labels[overflowKey], "the overflow is last")
}
