package changedfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

// TestRead reads a file that changes, has an error, vanishes and returns.
func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list")
	f, now, parsed := At(path, 5), time.Now(), []string(nil)
	read := func() error {
		return f.Read(now, func(data []byte) error {
			parsed = append(parsed, string(data))
			if string(data) == "bad" {
				return errors.New("is bad")
			}
			return nil
		})
	}
	require.ErrorIs(t, read(), ErrUnreadable)
	require.EqualError(t, read(), "cannot be read: no such file or directory (a file that the user of the collector can read)")
	write(t, path, "one")
	require.NoError(t, read())
	require.NoError(t, read())
	write(t, path, "one") // another time, the same content
	require.NoError(t, read())
	require.Equal(t, []string{"one"}, parsed)
	write(t, path, "bad")
	require.EqualError(t, read(), "is bad")
	require.EqualError(t, read(), "is bad", "the error remains")
	require.Equal(t, []string{"one", "bad"}, parsed)
	require.NoError(t, os.Remove(path))
	require.ErrorIs(t, read(), ErrUnreadable)
	write(t, path, "bad")
	require.EqualError(t, read(), "is bad")
	write(t, path, "a long text")
	require.NoError(t, read())
	require.Equal(t, []string{"one", "bad", "a long"}, parsed, "one byte more than the limit")
}

func TestFolder(t *testing.T) {
	err := At(t.TempDir(), 1).Read(time.Now(), nil)
	require.ErrorIs(t, err, ErrUnreadable)
	require.EqualError(t, err, "is no file (a file that the user of the collector can read)")
}

// TestVersion is for a file that is written twice within the resolution of its time.
func TestVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list")
	write(t, path, "text")
	info, err := os.Stat(path)
	require.NoError(t, err)
	v := version{modified: info.ModTime(), size: info.Size(), read: info.ModTime().Add(3 * time.Second)}
	require.True(t, v.has(info))
	v.read = info.ModTime().Add(time.Second)
	require.False(t, v.has(info))
	v.read, v.size = info.ModTime().Add(3*time.Second), 1
	require.False(t, v.has(info))
	require.False(t, new(version).has(info))
}
