package lifecycle

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFoldersOf(t *testing.T) {
	folders := foldersOf(map[string]any{
		"extensions": map[string]any{"file_storage/a": map[string]any{"directory": "state"}, "file_storage": nil, "zpages": map[string]any{"directory": "no"}},
		"exporters":  map[string]any{"cowork_dashboard": map[string]any{"database": "data/page.db"}, "cowork_dashboard/memory": map[string]any{"database": ""}, "cowork_dashboard/server": map[string]any{"database": "postgres://db.example.com/cowork"}},
	})
	slices.Sort(folders)
	require.Equal(t, []string{"data", "state"}, folders)
}

// TestCheckSpace checks that a folder with space passes and stays empty, and that a folder
// that does not exist is checked by the one above it.
func TestCheckSpace(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, checkSpace([]string{dir, filepath.Join(dir, "data", "state")}))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries)
	require.Equal(t, dir, existing(filepath.Join(dir, "data", "state")))
}
