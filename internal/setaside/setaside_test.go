package setaside

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestRename sets more files aside than are kept.
func TestRename(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "state"), filepath.Join(dir, "state2")
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	require.NoError(t, os.WriteFile(other, []byte("other"), 0o600))
	var last string
	for i := range Kept + 2 {
		require.NoError(t, os.WriteFile(path, []byte{byte('0' + i)}, 0o600))
		aside, err := Rename(path, now.Add(time.Duration(i)*time.Second))
		require.NoError(t, err)
		require.NoFileExists(t, path)
		require.True(t, Is(filepath.Base(aside)))
		last = aside
	}
	require.Equal(t, path+".damaged-20261129T120004.000", last)
	files, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	require.Len(t, files, Kept+1, "the bound, and the other file")
	data, err := os.ReadFile(last)
	require.NoError(t, err)
	require.Equal(t, "4", string(data), "the newest are kept")
	require.FileExists(t, other)
	require.False(t, Is("state2"))
	_, err = Rename(filepath.Join(dir, "missing"), now)
	require.ErrorContains(t, err, "missing: is damaged")
}
