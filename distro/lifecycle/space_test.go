package lifecycle

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/secrets"
)

func TestFoldersOf(t *testing.T) {
	folders := foldersOf(map[string]any{
		"service": map[string]any{
			"extensions": []any{"file_storage/a", "file_storage", "zpages"},
			"pipelines": map[string]any{"logs": map[string]any{
				"receivers": []any{"otlp"}, "exporters": []any{"cowork_dashboard", "cowork_dashboard/memory", "cowork_dashboard/server"},
			}},
		},
		"extensions": map[string]any{"file_storage/a": map[string]any{"directory": "state"}, "file_storage": nil, "zpages": map[string]any{"directory": "no"}, "file_storage/off": map[string]any{"directory": "off"}},
		"exporters":  map[string]any{"cowork_dashboard": map[string]any{"database": "data/page.db"}, "cowork_dashboard/memory": map[string]any{"database": ""}, "cowork_dashboard/server": map[string]any{"database": "postgres://db.example.com/cowork"}, "cowork_dashboard/off": map[string]any{"database": "off/page.db"}},
	})
	slices.Sort(folders)
	require.Equal(t, []string{"data", "state"}, folders)
}

// TestCheckFolders checks that a folder with space passes and stays empty, and that a folder
// that does not exist is checked by the one above it.
func TestCheckFolders(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, checkFolders([]string{dir, filepath.Join(dir, "data", "state")}))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries)
	place, err := existing(filepath.Join(dir, "data", "state"))
	require.NoError(t, err)
	require.Equal(t, dir, place)
}

// TestCheckFoldersNotWritable: a start in a folder without permission printed a stack trace
// and the name of a system call.
func TestCheckFoldersNotWritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	require.EqualError(t, checkFolders([]string{file}),
		file+": cannot be written: not a directory (set COWORK_DATA to a folder that the user of the collector can write)")
	if runtime.GOOS == "linux" {
		require.ErrorContains(t, checkFolders([]string{"/proc/none/state"}), "/proc/none/state: cannot be written: ")
	}
}

// TestCleanStartError checks that an error of the start check is printed alone.
func TestCleanStartError(t *testing.T) {
	err := clean(&secrets.Set{}, fmt.Errorf("failed to get config: %w", startErrorf("data: no space")))
	require.EqualError(t, err, "data: no space")
	require.NoError(t, clean(&secrets.Set{}, nil))
}
