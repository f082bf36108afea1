package audit

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// once returns a Visit that calls a function at the first record.
func once(f func()) func(Record) error {
	return func(r Record) error {
		if r.Seq == 1 {
			f()
		}
		return nil
	}
}

// TestErasedMeanwhile checks that a verification accepts what is erased after it has begun.
func TestErasedMeanwhile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 12)
	opt := testKeys
	opt.Visit = once(func() {
		_, err := eraseUser(dir, userOne)
		require.NoError(t, err)
	})
	sum, err := Verify(dir, opt)
	require.NoError(t, err)
	require.Positive(t, sum.Erased)
}

// TestHeldMeanwhile checks that nothing is erased if a hold is added while the records are
// read.
func TestHeldMeanwhile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 12)
	opt := testKeys
	opt.Visit = once(func() { require.NoError(t, AddHold(dir, Hold{"case", userOne})) })
	_, err := Erase(dir, EraseSettings{Name: "a", Key: testKey, Selection: userOne, Verify: opt}, testTime)
	require.EqualError(t, err, "holds were changed meanwhile: nothing was erased (try again)")
	sum, err := verify(dir)
	require.NoError(t, err)
	require.Zero(t, sum.Erased+sum.Erasing)
}

// TestWrittenMeanwhile verifies and exports a folder while a writer closes and deletes segments
// without a pause: neither finds a fault, and each export verifies. A regression test: an export
// had segments without their manifests, and a verification missed a segment that had begun after
// the folder was listed.
func TestWrittenMeanwhile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	set := settings(dir)
	set.Retention = time.Hour
	w, err := Open(set, testTime)
	require.NoError(t, err)
	stop, written := make(chan struct{}), make(chan error, 1)
	go func() { written <- writeUntil(stop, w) }()
	defer func() {
		close(stop)
		require.NoError(t, <-written)
	}()
	export := testKeys
	export.Export = true
	for i := range 30 {
		sum, err := Verify(dir, testKeys)
		require.NoError(t, err, "verification %d", i)
		out := filepath.Join(t.TempDir(), "out")
		_, exported, err := Export(dir, out, testKeys, userOne)
		require.NoError(t, err, "export %d", i)
		again, err := Verify(out, export)
		require.NoError(t, err, "verification of export %d", i)
		require.Equal(t, exported.Records, again.Records)
		require.GreaterOrEqual(t, exported.LastSeq, sum.LastSeq)
	}
}

// writeUntil writes segments of a few records, and keeps those of the last hour.
func writeUntil(stop <-chan struct{}, w *Writer) error {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return w.Close()
		default:
		}
		now := testTime.Add(time.Duration(i) * time.Minute)
		if err := w.Append(now, i%2 == 0, payload(i)); err != nil {
			return err
		}
		if _, err := w.Tick(now); err != nil {
			return err
		}
	}
}

// TestDeletedBetween checks an export from which the retention deletes segments after some of
// them have been copied: it has the others, and verifies.
func TestDeletedBetween(t *testing.T) {
	dir, out := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "out")
	set := settings(dir)
	set.Retention = time.Hour
	w, err := Open(set, testTime)
	require.NoError(t, err)
	for i := range 4 {
		require.NoError(t, w.Append(testTime, true, payload(i)))
		require.NoError(t, w.Rotate(testTime))
	}
	opt := testKeys
	opt.Visit = once(func() {
		deleted, err := w.Tick(testTime.Add(2 * time.Hour))
		require.NoError(t, err)
		require.Equal(t, 3, deleted)
	})
	kept, sum, err := Export(dir, out, opt, Selection{To: testTime})
	require.NoError(t, err)
	require.EqualValues(t, 1, kept)
	require.EqualValues(t, 1, sum.Records)
	require.EqualValues(t, 3, sum.DeletedTo)
	require.NoError(t, w.Close())
	again, err := Verify(out, testKeys)
	require.NoError(t, err)
	require.Equal(t, sum, again)
}
