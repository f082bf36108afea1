package charttest

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata")

// TestRenderings checks that testdata has what the chart and the manifests render to, and
// the checksums of all their files, by which the collector's tests see that it is current.
func TestRenderings(t *testing.T) {
	for name, render := range renderings {
		compare(t, name+".yaml", render(t))
	}
	var sums strings.Builder
	for _, folder := range []string{"helm", "kubernetes"} {
		require.NoError(t, filepath.WalkDir("../"+folder, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(file) == ".go" {
				return err
			}
			data, err := os.ReadFile(file)
			fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), filepath.ToSlash(file))
			return err
		}))
	}
	compare(t, "inputs.sha256", sums.String())
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o750))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "%s: run make charts and review the difference", name)
}
