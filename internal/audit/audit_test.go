package audit

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	testTime = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	testKey  = ed25519.NewKeyFromSeed(make([]byte, 32))
)

func settings(dir string) Settings {
	return Settings{Dir: dir, Key: testKey, MaxSegmentBytes: 1150, MaxSegmentAge: time.Hour}
}

// fill writes n records in batches of two.
func fill(t *testing.T, dir string, n int) {
	t.Helper()
	w, err := Open(settings(dir), testTime)
	require.NoError(t, err)
	for i := 0; i < n; i += 2 {
		require.NoError(t, w.Append(testTime, false, fmt.Appendf(nil, `{"n":%d}`, i), fmt.Appendf(nil, `{"n":%d}`, i+1)))
	}
	require.NoError(t, w.Close())
}

func verify(dir string) (Summary, error) {
	return Verify(dir, Options{Keys: []ed25519.PublicKey{testKey.Public().(ed25519.PublicKey)}})
}

func copyDir(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(to, "d"), os.DirFS(from)))
	return filepath.Join(to, "d")
}

// TestTampering changes, removes, repeats and swaps lines of segments, changes bytes of
// segments and manifests, and removes files: each is found, and the untouched folder is not.
func TestTampering(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fill(t, dir, 20)
	sum, err := verify(dir)
	require.NoError(t, err)
	require.EqualValues(t, 20, sum.Records)
	require.Greater(t, sum.Closed, 2)
	require.Equal(t, sum.Closed, sum.Signed)
	segments, manifests, err := listSegments(dir)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	change := func(name, what string, edit func([]byte) []byte) {
		bad := copyDir(t, dir)
		path := filepath.Join(bad, name)
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		if edited := edit(bytes.Clone(text)); edited == nil {
			require.NoError(t, os.Remove(path))
		} else {
			require.NotEqual(t, text, edited)
			require.NoError(t, os.WriteFile(path, edited, 0o600))
		}
		_, err = verify(bad)
		require.Error(t, err, "%s of %s", what, name)
	}
	flip := func(b []byte) []byte {
		b[random.IntN(len(b))] ^= byte(1 + random.IntN(255))
		return b
	}
	remove := func([]byte) []byte { return nil }
	for _, n := range segments {
		lines := func(edit func([][]byte) [][]byte) func([]byte) []byte {
			return func(b []byte) []byte { return bytes.Join(edit(bytes.SplitAfter(b, []byte("\n"))), nil) }
		}
		change(segmentName(n), "removal of a line", lines(func(l [][]byte) [][]byte { return l[1:] }))
		change(segmentName(n), "removal of the last line", lines(func(l [][]byte) [][]byte { return l[:len(l)-2] }))
		change(segmentName(n), "repetition", lines(func(l [][]byte) [][]byte { return append(l[:1:1], l...) }))
		change(segmentName(n), "order", lines(func(l [][]byte) [][]byte { l[0], l[1] = l[1], l[0]; return l }))
		change(segmentName(n), "removal", remove)
		for range 50 {
			change(segmentName(n), "change of a byte", flip)
		}
	}
	for _, n := range manifests {
		change(manifestName(n), "removal", remove)
		for range 30 {
			change(manifestName(n), "change of a byte", flip)
		}
	}
}

// TestNamesFirstFault checks that a fault has the place of the record.
func TestNamesFirstFault(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 4)
	path := filepath.Join(dir, segmentName(1))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, bytes.Replace(text, []byte(`{"n":2}`), []byte(`{"n":9}`), 1), 0o600))
	_, err = verify(dir)
	require.EqualError(t, err, "audit-00000001.jsonl:3: record 3 of 2026-11-30T12:00:00Z: was changed: its payload has another hash")
}

// TestTornTail cuts the file at every byte of the last record: it verifies, the writer
// continues, and only the incomplete record is lost.
func TestTornTail(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	w, err := Open(settings(dir), testTime)
	require.NoError(t, err)
	require.NoError(t, w.Append(testTime, false, []byte(`{"n":1}`)))
	whole := w.size
	require.NoError(t, w.Append(testTime, false, []byte(`{"n":2}`)))
	end := w.size
	dir = copyDir(t, dir) // as a killed writer leaves it: nothing was stored durably
	require.NoError(t, w.Close())
	for at := whole; at < end; at++ {
		torn := copyDir(t, dir)
		require.NoError(t, os.Truncate(filepath.Join(torn, segmentName(1)), at))
		sum, err := verify(torn)
		require.NoError(t, err)
		require.Equal(t, at > whole, sum.Torn)
		if (at-whole)%13 > 1 {
			continue // a start waits for the disk several times
		}
		w, err := Open(settings(torn), testTime.Add(-time.Hour)) // the clock was set back
		require.NoError(t, err)
		require.Equal(t, at-whole, w.Cut)
		require.NoError(t, w.Append(testTime, false, []byte(`{"n":3}`)))
		require.NoError(t, w.Close())
		sum, err = verify(torn)
		require.NoError(t, err)
		require.EqualValues(t, 3, sum.Records)
		require.EqualValues(t, 1, sum.Restarts)
	}
}

// TestChangedLastLine checks that a last line with its end is never cut: it was changed by hand.
func TestChangedLastLine(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 2)
	path := filepath.Join(dir, segmentName(1))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	changed := bytes.Replace(text, []byte(`{"n":1}`), []byte(`{"n":9}`), 1)
	require.NoError(t, os.WriteFile(path, changed, 0o600))
	_, err = Open(settings(dir), testTime)
	require.EqualError(t, err, "audit-00000001.jsonl: the record after number 1 was changed (see coworkctl audit verify)")
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, changed, after)
	_, err = verify(dir)
	require.ErrorContains(t, err, "record 2")
}

// TestTwoWriters checks that a folder has one writer.
func TestTwoWriters(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(settings(dir), testTime)
	require.NoError(t, err)
	_, err = Open(settings(dir), testTime)
	require.ErrorIs(t, err, errLocked)
	require.NoError(t, w.Close())
}

// A fullFile writes only the first bytes, as a full disk does.
type fullFile struct {
	segmentFile
	room int
}

func (f *fullFile) Write(b []byte) (int, error) {
	if len(b) > f.room {
		n, _ := f.segmentFile.Write(b[:f.room])
		return n, syscall.ENOSPC
	}
	return f.segmentFile.Write(b)
}

// TestDiskFull checks that a failed write leaves nothing, and that the next one succeeds.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(settings(dir), testTime)
	require.NoError(t, err)
	require.NoError(t, w.Append(testTime, false, []byte(`{"n":1}`)))
	file := w.file
	w.file = &fullFile{file, 50}
	require.ErrorIs(t, w.Append(testTime, false, []byte(`{"n":2}`)), syscall.ENOSPC)
	w.file = file
	require.NoError(t, w.Append(testTime, false, []byte(`{"n":2}`)))
	require.NoError(t, w.Close())
	sum, err := verify(dir)
	require.NoError(t, err)
	require.EqualValues(t, 2, sum.Records)
}

// TestRetention checks that old segments are deleted in order, up to a hold, and that the rest
// verifies.
func TestRetention(t *testing.T) {
	dir := t.TempDir()
	set := settings(dir)
	set.Retention = 24 * time.Hour
	w, err := Open(set, testTime)
	require.NoError(t, err)
	for day := range 5 {
		now := testTime.AddDate(0, 0, day)
		require.NoError(t, w.Append(now, false, []byte(`{}`)))
		require.NoError(t, w.Rotate(now))
	}
	require.NoError(t, AddHold(dir, Hold{"case-1", Selection{From: testTime.AddDate(0, 0, 2), To: testTime.AddDate(0, 0, 2)}}))
	deleted, err := w.Tick(testTime.AddDate(0, 0, 30))
	require.NoError(t, err)
	require.Equal(t, 2, deleted)
	sum, err := verify(dir)
	require.NoError(t, err)
	require.EqualValues(t, 2, sum.DeletedTo)
	require.NoError(t, RemoveHold(dir, "case-1"))
	deleted, err = w.Tick(testTime.AddDate(0, 0, 30))
	require.NoError(t, err)
	require.Equal(t, 2, deleted)
	require.NoError(t, w.Close())
	require.NoError(t, os.Remove(filepath.Join(dir, segmentName(5))))
	_, err = verify(dir)
	require.Error(t, err)
}

// TestDeletedMeanwhile checks that a verification continues after segments that the retention
// deletes after their folder was listed. A regression test: it named them as removed.
func TestDeletedMeanwhile(t *testing.T) {
	dir := t.TempDir()
	set := settings(dir)
	set.Retention = time.Hour
	w, err := Open(set, testTime)
	require.NoError(t, err)
	for range 4 {
		require.NoError(t, w.Append(testTime, true, []byte(`{}`)))
		require.NoError(t, w.Rotate(testTime))
	}
	v := newVerifier(dir, testKeys)
	v.start, err = v.readStart()
	require.NoError(t, err)
	deleted, err := w.Tick(testTime.Add(2 * time.Hour))
	require.NoError(t, err)
	require.Equal(t, 3, deleted)
	require.NoError(t, v.readSegment(false))
	require.NoError(t, v.readSegment(true))
	require.EqualValues(t, 1, v.sum.Records)
	require.EqualValues(t, 4, v.sum.LastSeq)
	require.NoError(t, w.Close())
	require.NoError(t, os.Remove(filepath.Join(dir, segmentName(4))))
	_, err = verify(dir)
	require.ErrorContains(t, err, "audit-00000004.jsonl: is missing: records from 4 were removed")
}

// FuzzParseRecord checks that a line that is accepted is the only form of its record.
func FuzzParseRecord(f *testing.F) {
	r := Record{Seq: 1, Time: testTime, Kind: KindRecord, Payload: []byte(`{}`), PayloadHash: Salt{}.hashPayload([]byte(`{}`))}
	r.Hash = r.computeHash()
	f.Add(r.appendLine(nil))
	f.Fuzz(func(t *testing.T, text []byte) {
		if r, err := parseRecord(text); err == nil && !bytes.Equal(r.appendLine(nil), text) {
			t.Fatal("has two forms")
		}
	})
}
