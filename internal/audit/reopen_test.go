package audit

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var errInUse = errors.New("is in use")

// TestFileInUse makes replacements of the head fail as often as another program has it open on
// Windows: they are tried again, a limited number of times, and what fails is not stored.
func TestFileInUse(t *testing.T) {
	set := settings(t.TempDir())
	var waited time.Duration
	set.Wait = func(d time.Duration) { waited += d }
	w, err := Open(set, testTime)
	require.NoError(t, err)
	fails := 0
	w.isInUse = func(err error) bool { return errors.Is(err, errInUse) }
	w.rename = func(from, to string) error {
		if fails--; fails >= 0 {
			return errInUse
		}
		return os.Rename(from, to)
	}

	fails = 3
	require.NoError(t, w.Append(testTime, true, []byte(`{"n":1}`)))
	require.EqualValues(t, 3, w.Retries)
	require.Equal(t, 7*time.Millisecond, waited)
	fails = maxRetries + 1
	require.ErrorIs(t, w.Append(testTime, true, []byte(`{"n":2}`)), errInUse)
	require.EqualValues(t, 3+maxRetries, w.Retries)
	require.Less(t, waited, 300*time.Millisecond)
	w.isInUse = isInUse
	fails = 1
	require.ErrorIs(t, w.Append(testTime, true, []byte(`{"n":2}`)), errInUse)
	require.EqualValues(t, 3+maxRetries, w.Retries, "another error is not tried again")
	require.NoError(t, w.Append(testTime, true, []byte(`{"n":2}`)))
	require.NoError(t, w.Close())
	sum, err := verify(set.Dir)
	require.NoError(t, err)
	require.EqualValues(t, 2, sum.Records)
}

// TestRemoved removes the folder or a file while a writer has it open: no record is acknowledged
// that no one can read. A regression test: records were written to a removed file.
func TestRemoved(t *testing.T) {
	for what, remove := range map[string]func(dir string) error{
		"folder": os.RemoveAll,
		"folder, and created again": func(dir string) error {
			return errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700))
		},
		"segment": func(dir string) error { return os.Remove(filepath.Join(dir, segmentName(2))) },
		"segment, replaced by a copy": func(dir string) error {
			name := filepath.Join(dir, segmentName(2))
			text, err := os.ReadFile(name)
			return errors.Join(err, os.Remove(name), os.WriteFile(name, text, 0o600))
		},
	} {
		for _, durable := range []bool{true, false} {
			w := writeSegmentAndRecord(t)
			require.NoError(t, remove(w.set.Dir))
			require.ErrorIs(t, w.Append(testTime, durable, []byte(`{"n":3}`)), ErrRemoved, what)
			require.ErrorIs(t, w.Rotate(testTime), ErrRemoved, what)
			_ = w.Close()
		}
	}
}

// TestRemovedBetweenSegments removes the folder after a segment was closed: the next one is not
// begun in an empty folder.
func TestRemovedBetweenSegments(t *testing.T) {
	w := writeSegmentAndRecord(t)
	require.NoError(t, w.Rotate(testTime))
	require.NoError(t, os.RemoveAll(w.set.Dir))
	require.NoError(t, os.Mkdir(w.set.Dir, 0o700))
	require.ErrorIs(t, w.Append(testTime, true, []byte(`{"n":3}`)), ErrRemoved)
	require.NoError(t, w.Close())
}

// TestRemovedAfterFailure removes the segment after a failed write has closed it: it is not
// created again with zeros in place of its records.
func TestRemovedAfterFailure(t *testing.T) {
	w := writeSegmentAndRecord(t)
	require.NoError(t, w.file.Close())
	require.Error(t, w.Append(testTime, true, []byte(`{"n":3}`)), "and it cannot be truncated")
	require.Nil(t, w.file)
	path := filepath.Join(w.set.Dir, segmentName(2))
	require.NoError(t, os.Remove(path))
	require.ErrorIs(t, w.Append(testTime, true, []byte(`{"n":3}`)), ErrRemoved)
	require.NoFileExists(t, path)
	require.NoError(t, w.Close())
}

// writeSegmentAndRecord returns a writer with a closed segment and a record in the next one.
func writeSegmentAndRecord(t *testing.T) *Writer {
	t.Helper()
	w, err := Open(settings(filepath.Join(t.TempDir(), "a")), testTime)
	require.NoError(t, err)
	require.NoError(t, w.Append(testTime, true, []byte(`{"n":1}`)))
	require.NoError(t, w.Rotate(testTime))
	require.NoError(t, w.Append(testTime, true, []byte(`{"n":2}`)))
	return w
}
