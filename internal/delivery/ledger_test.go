package delivery

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/digest"
)

func idOf(n int) digest.Digest { return digest.Digest(n + 1).Sum() }

// pass passes a batch on and records its outcome.
func (l *Ledger) pass(accepted bool, ids ...digest.Digest) (states []State) {
	f := NewFlight(len(ids))
	l.Start(f)
	for _, d := range ids {
		states = append(states, l.Begin(f, d))
	}
	l.End(f, accepted)
	return states
}

func TestLedger(t *testing.T) {
	l := NewLedger(Settings{MaxDelivered: 100, MaxRefused: 100})
	a, b, c := idOf(1), idOf(2), idOf(3)
	check := func(want []State, accepted bool, ids ...digest.Digest) {
		t.Helper()
		require.Equal(t, want, l.pass(accepted, ids...))
	}
	check([]State{New, New, Delivered, New, New}, false, a, b, a, 0, 0)
	check([]State{Refused, New, New}, false, a, c, 0)
	check([]State{Refused, Refused}, true, a, b)
	check([]State{Delivered, Delivered, Refused}, true, a, b, c)
	require.Equal(t, Stats{Duplicates: 3, Redelivered: 4}, l.Stats())
	require.Empty(t, l.Snapshot(nil), "is not durable")
	require.Empty(t, l.inFlight)
}

// TestBlocking checks that an event blocks others only while its batch is on its way.
func TestBlocking(t *testing.T) {
	l := NewLedger(Settings{MaxDelivered: 100, MaxRefused: 100})
	f := NewFlight(1)
	require.Nil(t, l.Blocking([]digest.Digest{idOf(1)}))
	l.Start(f)
	l.Begin(f, idOf(1))
	require.Nil(t, l.Blocking([]digest.Digest{idOf(2)}))
	blocking := l.Blocking([]digest.Digest{idOf(2), idOf(1)})
	require.NotNil(t, blocking)
	l.End(f, true)
	<-blocking
	require.Nil(t, l.Blocking([]digest.Digest{idOf(1)}))
}

// TestBounds reaches the bounds of the memory and of the storage.
func TestBounds(t *testing.T) {
	const most, events = 2 * segmentSize, 20 * segmentSize
	l := NewLedger(Settings{MaxDelivered: most, MaxRefused: 100, Durable: true})
	disk := map[string][]byte{}
	for n := range events {
		l.pass(true, idOf(n))
		l.pass(false, idOf(events+n))
		if n%100 == 99 {
			apply(disk, l.Snapshot(nil))
		}
	}
	require.LessOrEqual(t, l.delivered.Len()+l.refused.Len()+int(l.Stats().Forgotten), 2*events)
	require.LessOrEqual(t, l.delivered.Len(), 2*digest.SlotsFor(most))
	require.LessOrEqual(t, l.refused.Len(), 2*digest.SlotsFor(100))
	require.Positive(t, l.Stats().Forgotten)
	require.LessOrEqual(t, len(disk), most/segmentSize+1)
	for n := events - most; n < events; n++ {
		require.True(t, l.delivered.Contains(idOf(n)))
	}

	before := l.Stats().Forgotten
	for n := range 4 * most {
		l.pass(true, idOf(3*events+n)) // the storage accepts nothing
	}
	require.LessOrEqual(t, len(l.segments.pending), most+segmentSize)
	require.Greater(t, l.Stats().Forgotten, before)
}

func apply(disk map[string][]byte, changes []Change) {
	for _, change := range changes {
		if change.Value == nil {
			delete(disk, change.Key)
		} else {
			disk[change.Key] = change.Value
		}
	}
}

// TestRestart restarts a Ledger at random moments: the events that were delivered before
// the last snapshot are recognised, and no others.
func TestRestart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := Settings{MaxDelivered: 100 * segmentSize, MaxRefused: 1000, Durable: true}
		l, disk, stored := NewLedger(set), map[string][]byte{}, 0
		next := 0
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			var ids []digest.Digest
			for range rapid.SampledFrom([]int{0, 1, 10, segmentSize - 1, segmentSize, 3 * segmentSize}).Draw(t, "events") {
				ids = append(ids, idOf(next))
				next++
			}
			require.NotContains(t, l.pass(true, ids...), Delivered)
			l.pass(false, idOf(1_000_000+next))
			if rapid.Bool().Draw(t, "snapshot") {
				apply(disk, l.Snapshot(nil))
				stored = next
			}
			if rapid.Bool().Draw(t, "crash") {
				l = NewLedger(set)
				require.Empty(t, l.Restore(maps.All(disk)))
				require.Equal(t, stored, l.delivered.Len())
				next = stored
			}
		}
		require.Equal(t, next, l.delivered.Len())
		for n := range next {
			if !l.delivered.Contains(idOf(n)) {
				t.Fatalf("%d is not recognised", n)
			}
		}
	})
}

// TestManyRestarts restarts a Ledger after each event. The room is that of the events, not
// of the restarts.
func TestManyRestarts(t *testing.T) {
	set := Settings{MaxDelivered: 2 * segmentSize, MaxRefused: 100, Durable: true}
	disk := map[string][]byte{}
	for n := range segmentSize + 50 {
		l := NewLedger(set)
		require.Empty(t, l.Restore(maps.All(disk)))
		require.Equal(t, n, l.delivered.Len())
		l.pass(true, idOf(n))
		apply(disk, l.Snapshot(nil))
		require.Len(t, disk, n/segmentSize+1)
	}
}

// TestDamagedSegments checks that segments which cannot be read are returned, and the
// others restored.
func TestDamagedSegments(t *testing.T) {
	set := Settings{MaxDelivered: 100 * segmentSize, MaxRefused: 1000, Durable: true}
	l, disk := NewLedger(set), map[string][]byte{}
	for n := range 3*segmentSize + 5 {
		l.pass(true, idOf(n))
	}
	apply(disk, l.Snapshot(nil))
	require.Len(t, disk, 4)
	disk[segmentKey(1)][17] ^= 1
	disk[segmentKey(3)] = disk[segmentKey(3)][:7]
	disk[keyPrefix+"x"], disk[keyPrefix+"007"], disk[keyPrefix+"8"] = disk[segmentKey(0)], disk[segmentKey(0)], nil
	again := NewLedger(set)
	require.ElementsMatch(t, []string{segmentKey(1), segmentKey(3), keyPrefix + "x", keyPrefix + "007", keyPrefix + "8"}, again.Restore(maps.All(disk)))
	require.Equal(t, 2*segmentSize, again.delivered.Len())
	again.pass(true, idOf(9999))
	require.Equal(t, segmentKey(3), again.Snapshot(nil)[0].Key, "follows the last one that was read, which is full")
	require.True(t, IsKey(segmentKey(3)))
	require.False(t, IsKey("0aa84ef60c1847208c5d4ba43985c011.0"))
}
