package audit

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestFrom checks that a verification from a time reads later segments only, that it finds
// each change of them, and of the chain of all manifests, and no change of earlier records.
func TestFrom(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(settings(dir), testTime)
	require.NoError(t, err)
	hashes := map[uint64]Hash{}
	for day := range 6 {
		at := testTime.AddDate(0, 0, day)
		require.NoError(t, w.Append(at, true, payload(day), payload(day)))
		seq, hash := w.Head()
		hashes[seq] = hash
		require.NoError(t, w.Rotate(at))
	}
	require.NoError(t, w.Close())
	opt := testKeys
	opt.From = testTime.AddDate(0, 0, 4)
	sum, err := Verify(dir, opt)
	require.NoError(t, err)
	require.Equal(t, 6, sum.Closed)
	require.Equal(t, 4, sum.Skipped)
	require.EqualValues(t, 4, sum.Records)
	require.EqualValues(t, 9, sum.FirstSeq)
	for _, seq := range []uint64{8, 10} { // the end of a skipped segment, and of one that is read
		hash := hashes[seq]
		opt.ExpectHead = &hash
		_, err := Verify(dir, opt)
		require.NoError(t, err)
	}
	opt.ExpectHead = nil

	for n := uint64(1); n <= 6; n++ {
		changed := copyDir(t, dir)
		path := filepath.Join(changed, segmentName(n))
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, bytes.Replace(text, []byte("session.id"), []byte("session.ID"), 1), 0o600))
		_, err = Verify(changed, opt)
		if n <= 4 {
			require.NoError(t, err)
		} else {
			require.ErrorContains(t, err, "its payload has another hash")
		}
		require.NoError(t, os.Remove(path))
		_, err = Verify(changed, opt)
		require.ErrorContains(t, err, "is missing")

		changed = copyDir(t, dir)
		require.NoError(t, os.WriteFile(filepath.Join(changed, manifestName(n)), encodeSigned(&Manifest{Segment: n, FirstSeq: 1, LastSeq: 2}, testKey), 0o600))
		_, err = Verify(changed, opt)
		require.Error(t, err, "another manifest of the segment %d", n)
	}
	opt.From = time.Time{}
	sum, err = Verify(dir, opt)
	require.NoError(t, err)
	require.Zero(t, sum.Skipped)
}
