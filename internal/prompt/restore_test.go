package prompt

import (
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A disk is a storage in memory.
type disk map[string][]byte

func (d disk) apply(changes []Change) {
	for _, c := range changes {
		if c.Value == nil {
			delete(d, c.Key)
		} else {
			d[c.Key] = c.Value
		}
	}
}

// checkpoint stores the changes of a tracker and the parts that were not delivered.
func (d disk) checkpoint(t *Tracker, waiting []Trace) {
	var changes []Change
	for i := range waiting {
		changes, _ = waiting[i].Save(changes)
	}
	for more := true; more; {
		changes, more = t.Snapshot(changes, 3)
	}
	d.apply(changes)
}

// restored returns a tracker that was restored from a disk.
func (d disk) restored(tb require.TestingT, set Settings, now time.Time) *Tracker {
	tr := tracker(set)
	require.Empty(tb, tr.Restore(now, maps.All(d)))
	tr.consistent(tb)
	return tr
}

var durable = Settings{Durable: true}

// TestRestart closes the same prompts as the run that did not stop.
func TestRestart(t *testing.T) {
	fill := func(tr *Tracker) {
		for i := range 10 {
			id := attributes{"prompt.id": "p" + strconv.Itoa(i), "session.id": "s" + strconv.Itoa(i%2), "user.id": "u", "tool_name": "Bash"}
			tr.addAll(t, noon.Add(time.Duration(i)*time.Second), request(i, "r", id), eventOf("tool_result", 20+i, id), eventOf("user_prompt", i, id))
		}
		tr.addAll(t, noon.Add(20*time.Second), request(99, "", attributes{"session.id": nil}))
	}
	tr := tracker(durable)
	fill(tr)
	d := disk{}
	d.checkpoint(tr, nil)
	require.Len(t, d, 11)

	again := d.restored(t, durable, noon.Add(30*time.Second))
	require.Equal(t, 11, again.Stats().Open)
	require.Equal(t, []Verdict{Duplicate, Counted}, again.addAll(t, noon.Add(30*time.Second),
		request(3, "r", attributes{"prompt.id": "p3", "session.id": "s1"}), eventOf("brand_new", 50, attributes{"prompt.id": "p3", "session.id": "s1"})))
	tr.addAll(t, noon.Add(30*time.Second), eventOf("brand_new", 50, attributes{"prompt.id": "p3", "session.id": "s1"}))

	want, got := tr.closeAll(), again.closeAll()
	require.Len(t, got, 11)
	for i := range want {
		require.Equal(t, want[i].sender.logs, got[i].sender.logs)
		for _, trace := range []*Trace{&want[i], &got[i]} {
			trace.sender, trace.kept = nil, false
		}
	}
	require.Equal(t, want, got, "in the same order, too")
	again.consistent(t)
}

// TestRestartExpires closes only the prompts that became idle while nothing ran.
func TestRestartExpires(t *testing.T) {
	tr := tracker(durable)
	tr.addAll(t, noon, request(1, "r", attributes{"prompt.id": "old"}))
	tr.addAll(t, noon.Add(time.Minute), request(1, "r", attributes{"prompt.id": "young"}))
	d := disk{}
	d.checkpoint(tr, nil)
	again := d.restored(t, durable, noon.Add(90*time.Second))
	again.Expire(noon.Add(90 * time.Second))
	traces := again.Take(nil)
	require.Len(t, traces, 1)
	require.Equal(t, "old", traces[0].PromptID)
	require.Equal(t, 1, again.Stats().Open)
}

// TestRestartOfClosedPrompts recognises duplicates and continues the parts.
func TestRestartOfClosedPrompts(t *testing.T) {
	tr := tracker(durable)
	d := disk{}
	tr.addAll(t, noon, eventOf("user_prompt", 1, attributes{"cowork.prompt.origin": "agent"}))
	d.checkpoint(tr, nil)
	d.apply(dropAll(tr.closeAll()))
	d.checkpoint(tr, nil)
	require.Len(t, d, 1, "the closed prompt")

	again := d.restored(t, durable, noon)
	require.Empty(t, again.Take(nil))
	require.Equal(t, Stats{Remembered: 1}, again.Stats())
	next := eventOf("user_prompt", 9, attributes{"prompt.id": "next"})
	require.Equal(t, []Verdict{Duplicate, Counted, Counted}, again.addAll(t, noon, eventOf("user_prompt", 1, nil), request(2, "r", nil), next))
	traces := again.closeAll()
	require.Equal(t, 1, traces[0].Part)
	require.True(t, traces[0].Complete)
	require.Equal(t, cowork.OriginAgent, traces[0].Origin)
	require.Empty(t, traces[1].Origin)
	require.Equal(t, onePrompt, traces[1].Previous, "sessions are restored")

	d.checkpoint(again, nil)
	again.Expire(noon.Add(24 * time.Hour))
	d.checkpoint(again, nil)
	require.Empty(t, d, "a dropped prompt is deleted from the storage")
}

func dropAll(traces []Trace) (changes []Change) {
	for i := range traces {
		changes = traces[i].Drop(changes)
	}
	return changes
}

// TestRestartWithUndelivered has summaries wait when the collector dies, of prompts
// of which some went on.
func TestRestartWithUndelivered(t *testing.T) {
	tr := tracker(Settings{Durable: true, MaxOpen: 1})
	d := disk{}
	first, second := attributes{"prompt.id": "first"}, attributes{"prompt.id": "second"}
	tr.addAll(t, noon, request(1, "r1", first))
	d.checkpoint(tr, nil)
	tr.addAll(t, noon, request(2, "r2", first), request(1, "r", second), request(3, "r3", first))
	waiting := tr.Take(nil)
	require.Len(t, waiting, 2)
	d.checkpoint(tr, waiting)
	d.checkpoint(tr, waiting) // each is stored once
	require.Empty(t, must(waiting[0].Save(nil)))
	require.Len(t, dropAll(waiting), 2, "both have something to drop")

	again := d.restored(t, durable, noon)
	traces := again.Take(nil)
	require.Len(t, traces, 2)
	slices.SortFunc(traces, func(a, b Trace) int { return int(a.Sums[Events] - b.Sums[Events]) })
	require.Equal(t, "second", traces[0].PromptID)
	require.Equal(t, "first", traces[1].PromptID)
	require.Equal(t, int64(2), traces[1].Sums[APIRequests], "with the events after the checkpoint")
	require.Equal(t, Evicted, traces[1].Reason)
	require.Zero(t, again.Stats().Closed, "the previous run counted them")

	d.apply(dropAll(traces))
	d.checkpoint(again, nil)
	third := d.restored(t, durable, noon)
	require.Empty(t, third.Take(nil), "once delivered they are gone")
	traces = third.closeAll()
	require.Len(t, traces, 1)
	require.Equal(t, 1, traces[0].Part)
	require.Equal(t, int64(1), traces[0].Sums[APIRequests])
}

func must[T any](value T, _ bool) T { return value }

// TestRestartWithHalfABatch has a part in the storage that its prompt left behind,
// since a storage that is no database wrote one key and not the other.
func TestRestartWithHalfABatch(t *testing.T) {
	tr := tracker(durable)
	d := disk{}
	tr.addAll(t, noon, request(1, "r", nil))
	d.checkpoint(tr, nil)
	tr.closeAll()
	d.checkpoint(tr, nil)
	require.Len(t, d, 2)
	again := d.restored(t, durable, noon)
	traces := again.Take(nil)
	require.Len(t, traces, 1)
	require.Equal(t, int64(1), traces[0].Sums[APIRequests])
	require.Equal(t, 1, again.Stats().Remembered)
}

// TestRestartWithLess has been configured to fewer prompts.
func TestRestartWithLess(t *testing.T) {
	tr := tracker(durable)
	for i := range 10 {
		tr.addAll(t, noon.Add(time.Duration(i)*time.Second), request(1, "r", attributes{"prompt.id": strconv.Itoa(i)}))
	}
	d := disk{}
	d.checkpoint(tr, nil)
	again := d.restored(t, Settings{Durable: true, MaxOpen: 4, MaxClosed: 2}, noon.Add(10*time.Second))
	require.Equal(t, 4, again.Stats().Open)
	require.Equal(t, 2, again.Stats().Remembered)
	traces := again.Take(nil)
	require.Len(t, traces, 6)
	require.Equal(t, "0", traces[0].PromptID)
	require.Equal(t, Evicted, traces[0].Reason)
}

// TestRestoreCorrupt changes every byte of every record.
func TestRestoreCorrupt(t *testing.T) {
	tr := tracker(durable)
	tr.addAll(t, noon, request(1, "r", nil), request(1, "r", attributes{"prompt.id": "closed"}))
	tr.Expire(noon.Add(time.Minute))
	tr.addAll(t, noon, request(2, "r2", nil))
	d := disk{}
	d.checkpoint(tr, tr.Take(nil))
	require.Len(t, d, 4)
	for key, value := range d {
		for i := range value {
			bad := slices.Clone(value)
			bad[i]++
			fresh := tracker(durable)
			require.Equal(t, []string{key}, fresh.Restore(noon, maps.All(disk{key: bad})))
			require.Equal(t, Stats{}, fresh.Stats())
		}
		require.Equal(t, []string{"other"}, tracker(durable).Restore(noon, maps.All(disk{"other": value})), "of another key")
	}
}

// TestSnapshotIsOfWhatChanged writes nothing twice.
func TestSnapshotIsOfWhatChanged(t *testing.T) {
	tr := tracker(durable)
	tr.addAll(t, noon, request(1, "r", nil), request(2, "r2", nil), request(1, "r", attributes{"prompt.id": "other"}))
	changes, more := tr.Snapshot(nil, 1)
	require.Len(t, changes, 1)
	require.True(t, more)
	changes, more = tr.Snapshot(changes, 1)
	require.Len(t, changes, 2)
	require.False(t, more)
	tr.addAll(t, noon, request(1, "r", nil))
	changes, _ = tr.Snapshot(nil, 9)
	require.Empty(t, changes, "a duplicate changes nothing")

	quiet := tracker(Settings{})
	quiet.addAll(t, noon, request(1, "r", nil))
	changes, _ = quiet.Snapshot(nil, 9)
	require.Empty(t, changes)
	traces := quiet.closeAll()
	require.Empty(t, dropAll(traces), "what was not stored is not deleted")
}
