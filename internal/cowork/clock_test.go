package cowork

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// arrivalTime is when the events of these tests arrive.
var arrivalTime = time.Date(2026, time.November, 29, 12, 0, 0, 0, time.UTC)

// sent returns an event of a session that is older than its arrival.
func sent(t *testing.T, session string, age time.Duration) Event {
	t.Helper()
	e := eventOf(t, map[string]any{"session.id": session})
	e.Record().SetTimestamp(pcommon.NewTimestampFromTime(arrivalTime.Add(-age)))
	return e
}

// TestClocks marks events whose times cannot be right, and distinguishes a wrong clock from a
// late delivery by what else the session sends.
func TestClocks(t *testing.T) {
	type batch struct{ age, newest time.Duration }
	const never = time.Duration(-1 << 62) // no batch, but an event on time
	for name, c := range map[string]struct {
		batches []batch
		want    Lag
		skew    time.Duration
		delay   time.Duration
	}{
		"slow clock":             {[]batch{{6 * time.Minute, 6 * time.Minute}}, Behind, 6 * time.Minute, 0},
		"slow clock again":       {[]batch{{6 * time.Minute, 6 * time.Minute}, {370 * time.Second, 365 * time.Second}}, Behind, 6 * time.Minute, 0},
		"clock that was set":     {[]batch{{6 * time.Minute, 6 * time.Minute}, {-time.Hour, -time.Hour}}, Ahead, -time.Hour, 0},
		"fast clock":             {[]batch{{-2 * time.Hour, -2 * time.Hour}}, Ahead, -2 * time.Hour, 0},
		"fast after on time":     {[]batch{{never, 0}, {-2 * time.Hour, -2 * time.Hour}}, Ahead, -2 * time.Hour, 0},
		"1970":                   {[]batch{{56 * 365 * 24 * time.Hour, 56 * 365 * 24 * time.Hour}}, Behind, 56 * 365 * 24 * time.Hour, 0},
		"old in a new batch":     {[]batch{{6 * time.Minute, 10 * time.Second}}, Late, 0, 6 * time.Minute},
		"after sleep":            {[]batch{{never, 0}, {2 * time.Hour, 2 * time.Hour}}, Late, 0, 2 * time.Hour},
		"replay of an old file":  {[]batch{{72 * time.Hour, 72 * time.Hour}}, Late, 0, 72 * time.Hour},
		"slow, then set, asleep": {[]batch{{6 * time.Minute, 6 * time.Minute}, {never, 0}, {time.Hour, time.Hour}}, Late, 0, time.Hour},
	} {
		var clocks Clocks
		arrival := pcommon.NewTimestampFromTime(arrivalTime)
		var e Event
		var lag Lag
		for i, b := range c.batches {
			if b.age == never {
				clocks.SetOnTime("s")
				continue
			}
			e = sent(t, "s", b.age)
			require.False(t, IsOnTime(e, arrival), name)
			var first bool
			lag, first = clocks.Mark(e, arrival, pcommon.NewTimestampFromTime(arrivalTime.Add(-b.newest)))
			require.True(t, first || i > 0, name)
		}
		require.Equal(t, c.want, lag, name)
		skew, _ := e.Int(clockSkew)
		delay, _ := e.Int(deliveryDelay)
		require.Equal(t, c.skew.Milliseconds(), skew, name)
		require.Equal(t, c.delay.Milliseconds(), delay, name)
	}
	require.True(t, IsOnTime(sent(t, "s", time.Minute), pcommon.NewTimestampFromTime(arrivalTime)))
	require.True(t, IsOnTime(sent(t, "s", -time.Minute), pcommon.NewTimestampFromTime(arrivalTime)))
}

// TestClocksCountSessionsOnce reports a session once for each reason.
func TestClocksCountSessionsOnce(t *testing.T) {
	var clocks Clocks
	arrival := pcommon.NewTimestampFromTime(arrivalTime)
	mark := func(session string, age time.Duration) bool {
		e := sent(t, session, age)
		_, first := clocks.Mark(e, arrival, e.Time())
		return first
	}
	require.True(t, mark("a", time.Hour))
	require.False(t, mark("a", time.Hour))
	require.True(t, mark("b", time.Hour))
	clocks.SetOnTime("a")
	require.True(t, mark("a", time.Hour), "late, after it was skewed")
	require.False(t, mark("a", time.Hour))
}

// TestClocksAreBounded fills the table: the sessions that sent last remain.
func TestClocksAreBounded(t *testing.T) {
	var clocks Clocks
	for i := range 3*maxClocks + 1 {
		clocks.SetOnTime(strconv.Itoa(i))
	}
	require.Len(t, clocks.sessions, 1)
	require.Len(t, clocks.previous, maxClocks)
	require.EqualValues(t, 2*maxClocks, clocks.TakeEvicted())
	require.Zero(t, clocks.TakeEvicted())
	arrival := pcommon.NewTimestampFromTime(arrivalTime)
	lag := func(i int) Lag {
		e := sent(t, strconv.Itoa(i), time.Hour)
		lag, _ := clocks.Mark(e, arrival, e.Time())
		return lag
	}
	require.Equal(t, Late, lag(3*maxClocks-1))
	require.Equal(t, Behind, lag(0), "forgotten")
}

// TestClocksKeepMarks leaves the marks of an earlier collector.
func TestClocksKeepMarks(t *testing.T) {
	var clocks Clocks
	e := sent(t, "s", time.Hour)
	e.Record().Attributes().PutInt(clockSkew, 1)
	clocks.Mark(e, pcommon.NewTimestampFromTime(arrivalTime), e.Time())
	skew, _ := e.Int(clockSkew)
	require.EqualValues(t, 1, skew)
}

// TestTimeAt corrects only times that cannot be.
func TestTimeAt(t *testing.T) {
	now := pcommon.NewTimestampFromTime(arrivalTime)
	const decades = 56 * 365 * 24 * time.Hour
	for name, c := range map[string]struct {
		age, skew, want time.Duration
		ok              bool
	}{
		"right":                {time.Second, 0, time.Second, true},
		"slow by minutes":      {time.Hour, time.Hour, time.Hour, true},
		"fast by hours":        {-time.Hour, -time.Hour, -time.Hour, true},
		"fast by days":         {-48*time.Hour - time.Second, -48 * time.Hour, -time.Second, true},
		"1970":                 {decades + time.Second, decades, time.Second, true},
		"1970 without skew":    {decades, 0, 0, false},
		"days without skew":    {-48 * time.Hour, 0, 0, false},
		"skew that is no help": {decades, time.Hour, 0, false},
	} {
		e := sent(t, "s", c.age)
		if c.skew != 0 {
			e.Record().Attributes().PutInt(clockSkew, c.skew.Milliseconds())
		}
		got, ok := TimeAt(e, now)
		require.Equal(t, c.ok, ok, name)
		require.Equal(t, arrivalTime.Add(-c.want), got.AsTime(), name)
	}
	e := sent(t, "s", 0)
	e.Record().SetTimestamp(1<<64 - 1)
	e.Record().Attributes().PutInt(clockSkew, 1)
	_, ok := TimeAt(e, now)
	require.False(t, ok)
	require.False(t, IsOnTime(e, now))
	lag, _ := new(Clocks).Mark(e, now, e.Time())
	require.Equal(t, Ahead, lag)
}
