//go:build !windows

package audit

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestOwner checks that files which root writes to the folder of another user are that
// user's. A regression test: after a hold of root, the collector could not read the holds.
func TestOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("needs root, which can give files to another user")
	}
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 12)
	const user = 65534
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	for _, name := range append(names, dir) {
		require.NoError(t, os.Chown(name, user, user))
	}
	require.NoError(t, AddHold(dir, Hold{"case", Selection{Session: "s0"}}))
	done, err := eraseUser(dir, userOne)
	require.NoError(t, err)
	require.Positive(t, done.Records)
	after, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.Greater(t, len(after), len(names))
	for _, name := range after {
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.EqualValues(t, user, info.Sys().(*syscall.Stat_t).Uid, name)
	}
}

// TestLinks checks that no link in the folder is followed. With one, the owner of the folder
// could make root write another file, or change its owner.
func TestLinks(t *testing.T) {
	for _, name := range []string{changeLock, "hold-case.json.new", segmentName(1) + ".new", erasureFile("request-1") + ".new"} {
		dir := filepath.Join(t.TempDir(), "a")
		fillUsers(t, dir, 12)
		target := filepath.Join(t.TempDir(), "target")
		require.NoError(t, os.WriteFile(target, []byte("unchanged"), 0o600))
		require.NoError(t, os.Symlink(target, filepath.Join(dir, name)))
		require.NoError(t, AddHold(dir, Hold{"case", Selection{Session: "none"}}))
		_, err := eraseUser(dir, userOne)
		if name == changeLock {
			require.ErrorIs(t, err, syscall.ELOOP)
		} else {
			require.NoError(t, err)
		}
		text, err := os.ReadFile(target)
		require.NoError(t, err)
		require.Equal(t, "unchanged", string(text))
	}
}
